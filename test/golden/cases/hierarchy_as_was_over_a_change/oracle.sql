-- The mean of Hovedstaden is one of three months, that of Østdanmark of the three others.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, month, '' as period, if(kvartal = '2026K1', region_before, region) as area, expected from geo, span;
select area as region, value, status, delivered, expected from added_up(0.85, 'mean');
