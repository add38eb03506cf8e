create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M03' as month, '' as period, region as area, expected from geo;
select area as region, value, status, delivered, expected from added_up(0.85, 'mean');
-- March is wholly of the second delivery: the first one's fifth voucher of Odense is gone.
create or replace temp table figure as from antal_bilag;
create or replace temp table place as select kommune, '2026M03' as month, '' as period, region as area, expected from bilag_geo;
select area as region, value, status, delivered, expected from added_up(0.25, 'sum');
