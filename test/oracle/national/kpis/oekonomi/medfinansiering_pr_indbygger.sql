-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- What is posted on 4.62.81, operation, for each who lived there on 1 January.
with lines as (
  select question, period, area, expected, 'kr' as what, exists (from came where source = 'oekonomi.posteringer' and came.code = place.code and came.kommune = place.kommune) as has_come,
    (select coalesce(sum(beloeb), 0) from oekonomi_posteringer as p where p.kommune = place.kommune and p.periode = place.code and p.funktion = '46281' and p.dranst = '1') as amount
  from place where unit = 'M'
  union all
  select question, period, area, expected, 'people', exists (from came where source = 'borger.personer' and came.code = place.code || 'M01' and came.kommune = place.kommune),
    (select count(*) from borger_personer as p where p.kommune = place.kommune and p.periode = place.code || 'M01')
  from place where unit = 'primo'
), summed as (
  select question, period, area,
    sum(amount) filter (what = 'kr') as kr, sum(amount) filter (what = 'people') as n,
    count(*) filter (what = 'kr' and expected) as wanted,
    worse(silence(count(*) filter (what = 'kr' and expected), count(*) filter (what = 'kr' and expected and has_come), 1),
      silence(count(*) filter (what = 'people' and expected), count(*) filter (what = 'people' and expected and has_come), 1)) as status
  from lines group by all
)
select question, area, period, case when status = 'ok' and n > 0 then kr::double / n end as value,
  case when status = 'ok' and n = 0 then 'undefined' else status end as status
from summed where wanted > 0 or kr <> 0 or n > 0;
