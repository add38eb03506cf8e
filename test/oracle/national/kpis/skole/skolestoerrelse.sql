-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pupils of municipal schools over those schools with pupils that are no day treatment, at the beginning of the last month.
with newest as (
  select question, period, max(code) as code from place where unit = 'M' group by all
), spot as (
  select place.* from place join newest using (question, period, code) where unit = 'M'
), schools as (
  select question, period, area, skole, any_value(skoletype) as kind, count(*) as pupils
  from spot join skole_elever as e on e.periode = spot.code and e.skoleejer = spot.kommune
  where ejerkode = '2' group by all
), figure as (
  select question, period, area, sum(pupils) as pupils, count(*) filter (kind <> '115') as schools
  from schools group by all
), cover as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and exists (from came where source = 'skole.elever' and came.code = spot.code and came.kommune = spot.kommune)) as present
  from spot group by all
)
select question, area, period,
  case when status = 'ok' and schools > 0 then pupils / schools end as value,
  case when status = 'ok' and coalesce(schools, 0) = 0 then 'undefined' else status end as status
from (select *, silence(expected, present, 0.9) as status from cover) left join figure using (question, period, area)
where expected > 0 or pupils > 0;
