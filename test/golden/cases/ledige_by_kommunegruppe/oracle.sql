-- Christiansø is in no group, and groups still add up to the country.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, gruppe as area, expected from geo;
select area as kommunegruppe, value, status, delivered, expected from added_up(0.85, 'mean');
