-- Thousands of kroner spent, without what came back; and kroner, with it.
select kommune, if(months >= 3 or kommune = '259', value, null) as value, if(months >= 3 or kommune = '259', 'ok', 'below_coverage') as status,
  if(kommune = '259', 0, months) as delivered, if(kommune = '259', 0, 12) as expected
from (select kommune, sum(beloeb)::double / 1000 as value, count(distinct month) as months from bilag where month >= '2026' and beloeb > 0 group by kommune);
create or replace temp table figure as from udgift;
create or replace temp table place as select kommune, '2026M' || lpad(m::varchar, 2, '0') as month, '' as period, kommune as area, expected from bilag_geo, range(1, 13) as months (m);
select area as kommune, value, status, delivered, expected from added_up(0.25, 'sum');
