-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Of the pupils of the pre-school class on the newest 1 September: those born seven calendar years before it or earlier.
with spot as (
  select *, code || 'M09' as month from place where unit = 'skolestart'
), pupil as (
  select periode, if(betalingskommune = 'uoplyst', bopaelskommune, betalingskommune) as kommune, foedt
  from skole_elever where klassetrin = '0'
), share as (
  select question, period, area, sum(if(foedt < make_date(code::int - 6, 1, 1), 1, 0)) as late, count(*) as pupils
  from spot join pupil on pupil.periode = spot.month and pupil.kommune = spot.kommune group by all
), nation as (
  select question, period, silence(count(distinct spot.kommune), count(distinct came.kommune), 0.9) as status
  from spot left join came on came.source = 'skole.elever' and came.code = spot.month and came.kommune = spot.kommune
  where spot.expected group by all
), cells as (
  select question, area, period from (select distinct question, area from share) join (select distinct question, period from spot) using (question)
)
select question, area, period,
  case when status = 'ok' then late * 100.0 / pupils end as value,
  case when status = 'ok' and pupils is null then 'undefined' else status end as status
from cells join nation using (question, period) left join share using (question, period, area);
