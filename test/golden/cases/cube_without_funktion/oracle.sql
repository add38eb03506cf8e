-- København's and Odense's own sums by main account are never added.
create or replace temp table place as
  select kommune, '2026M' || lpad(m::varchar, 2, '0') as month, '2026K' || ((m + 2) // 3) as period, land as area, expected from bilag_geo, range(1, 13) as months (m);
create or replace temp table figure as from udgift;
select area as land, period as kvartal, value, status, delivered, expected from added_up(0.25, 'sum');
create or replace temp table figure as from antal_bilag;
select area as land, period as kvartal, value, status, delivered, expected from added_up(0.25, 'sum');
