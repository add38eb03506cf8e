-- Everything in the newest month, June, also Christiansø.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, '' as area, expected from geo;
select value, status, delivered, expected from added_up(0.85, 'mean');
