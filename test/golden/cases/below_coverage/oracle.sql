-- In April Roskilde sent nothing: 3 of 4.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M04' as month, '' as period, region as area, expected from geo;
select area as region, value, status, delivered, expected from added_up(0.85, 'mean');
select area as region, value, status, delivered, expected from added_up(1, 'mean');
