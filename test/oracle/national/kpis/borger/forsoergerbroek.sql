-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Persons up to 16 and from 65 for each one between, at the beginning of the last month. 95 percent of the kommuner must have come.
with newest as (
  select question as q, period as p, max(code) as month from place where unit = 'M' group by all
), lives as (
  select q, p, area, sum(if(alder::int between 17 and 64, 0, 1)) as others, sum(if(alder::int between 17 and 64, 1, 0)) as workers
  from newest join place on question = q and period = p and code = month and unit = 'M'
    join borger_personer as b on b.kommune = place.kommune and b.periode = month
  group by all
), asked as (
  select q, p, area, sum(expected::int) as kommuner,
    sum(if(expected and (month, kommune) in (select (code, kommune) from came where source = 'borger.personer'), 1, 0)) as came
  from newest join place on question = q and period = p and code = month and unit = 'M' group by all
), said as (
  select *, silence(kommuner, came, 0.95) as how from asked left join lives using (q, p, area)
)
select q as question, area, p as period, case when how = 'ok' and workers > 0 then others::double / workers end as value,
  case when how = 'ok' and coalesce(workers, 0) = 0 then 'undefined' else how end as status
from said where kommuner > 0 or others + workers > 0;
