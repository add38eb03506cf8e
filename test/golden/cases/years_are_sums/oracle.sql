-- 2025 has 3 of the 48 kommune-months that are expected, 2026 has 12 and 13.
create or replace temp table place as
  select kommune, aar || 'M' || lpad(m::varchar, 2, '0') as month, aar as period, land as area, expected
  from bilag_geo, (values ('2025'), ('2026')) as years (aar), range(1, 13) as months (m);
create or replace temp table figure as from udgift;
select area as land, period as aar, value, status, delivered, expected from added_up(0.25, 'sum');
create or replace temp table figure as from antal_bilag;
select area as land, period as aar, value, status, delivered, expected from added_up(0.25, 'sum');
