-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Money spent on investment (types 1 to 6 alone) for each who lived there on 1 January; dwellings for the elderly left out.
with cells as (
  select question, period, area,
    count(*) filter (unit = 'M' and expected) as months_wanted,
    count(*) filter (unit = 'M' and expected and (code, kommune) in (select (code, kommune) from came where source = 'oekonomi.posteringer')) as months_come,
    count(*) filter (unit = 'primo' and expected) as primo_wanted,
    count(*) filter (unit = 'primo' and expected and (code || 'M01', kommune) in (select (code, kommune) from came where source = 'borger.personer')) as primo_come
  from place where unit in ('M', 'primo') group by all having months_wanted + primo_wanted > 0
), invested as (
  select periode, kommune, sum(if(left(art, 1) between '1' and '6', beloeb, 0)) as kr from oekonomi_posteringer
  where dranst = '3' and left(funktion, 1) not in ('1', '7', '8', '9') and not funktion = '02519' group by all
), kroner as (
  select question, period, area, sum(kr) as kr from place join invested using (kommune) where unit = 'M' and periode = code group by all
), living as (select periode[:4] as year, kommune, count(*) as n from borger_personer where periode like '%M01' group by all
), people as (
  select question, period, area, sum(n) as n from place join living using (kommune) where unit = 'primo' and year = code group by all
), said as (
  select *, worse(silence(months_wanted, months_come, 1), silence(primo_wanted, primo_come, 1)) as status
  from cells left join kroner using (question, period, area) left join people using (question, period, area)
)
select question, area, period, if(status = 'ok' and n > 0, coalesce(kr, 0)::double / n, null) as value,
  if(status = 'ok' and coalesce(n, 0) = 0, 'undefined', status) as status
from said;
