create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, month, '' as period, region as area, expected from geo, span where kvartal = '2026K1';
select area as region, value, status, delivered, expected from added_up(0.85, 'mean');
