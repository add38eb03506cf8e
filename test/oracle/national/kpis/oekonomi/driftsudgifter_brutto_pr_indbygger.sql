-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Operation and state refunds of main accounts 0 to 6, the expenditure side alone, for each who lived there on 1 July of the year.
with july as (
  select kommune, left(periode, 4) as year, count(*) as n from borger_personer where right(periode, 2) = '07' group by all
), spent as (
  select kommune, periode, sum(beloeb) as kr from oekonomi_posteringer where dranst in ('1', '2') and funktion < '7' and art >= '10' and art < '70' group by all
), above as (
  select question, period, area, sum(kr) as kr, count(*) filter (expected) as expected,
    count(*) filter (expected and (place.kommune, code) in (select (kommune, code) from came where source = 'oekonomi.posteringer')) as present
  from place left join spent on spent.kommune = place.kommune and periode = code where unit = 'M' group by all
), below as (
  select question, period, area, sum(n) as n, count(*) filter (expected) as expected, count(n) filter (expected) as present
  from place left join july on july.kommune = place.kommune and year = code where unit = 'primo' group by all
), said as (
  select question, period, area, coalesce(kr, 0)::double as kr, coalesce(n, 0) as n, above.expected,
    worse(silence(above.expected, above.present, 1), silence(below.expected, below.present, 1)) as status
  from above join below using (question, period, area)
)
select question, area, period, case when status = 'ok' and n <> 0 then kr / n end as value,
  case when status = 'ok' and n = 0 then 'undefined' else status end as status
from said where expected > 0 or kr <> 0 or n > 0;
