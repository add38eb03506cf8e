-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pupils of public schools by where they live; set apart if the class or the school is special. Coverage is the country's.
with spot as (
  select * from place where unit = 'M' qualify code = max(code) over (partition by question, period)
), pupil as (
  select periode, bopaelskommune as kommune, (klassetype = '20' or klassetype = '29' or skoletype = '121') as apart
  from skole_elever where ejerkode in ('2', '3')
), share as (
  select question, period, area, count(*) filter (apart) as apart, count(*) as everyone
  from spot join pupil on pupil.periode = spot.code and pupil.kommune = spot.kommune group by all
), nation as (
  select question, period, silence(count(distinct spot.kommune), count(distinct came.kommune), 0.9) as status
  from spot left join came on came.source = 'skole.elever' and came.code = spot.code and came.kommune = spot.kommune
  where spot.expected group by all
), cells as (
  select question, area, period from (select distinct question, area from share) join (select distinct question, period from spot) using (question)
)
select question, area, period,
  case when status = 'ok' then apart * 100.0 / everyone end as value,
  case when status = 'ok' and everyone is null then 'undefined' else status end as status
from cells join nation using (question, period) left join share using (question, period, area);
