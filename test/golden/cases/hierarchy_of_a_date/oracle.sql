-- June in the structure of January.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, region_before as area, expected from geo;
select area as region, value, status, delivered, expected from added_up(0.85, 'mean');
