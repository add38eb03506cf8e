-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- The middle wait in days of courses begun in the period, taken at each level. 90 percent of the kommuner must have come.
with waits as (
  select question, period, area, list_sort(list((startet - henvist)::int)) as days
  from place join sundhed_genoptraening as g on unit = 'M' and g.periode = place.code and g.kommune = place.kommune
  where startet is not null group by all
), middles as (
  select question, period, area, (days[(len(days) + 1) // 2] + days[len(days) // 2 + 1]) / 2 as value from waits
)
select question, area, period, case when silence(expected, present, 0.9) = 'ok' then value end as value,
  case when silence(expected, present, 0.9) = 'ok' and value is null then 'undefined' else silence(expected, present, 0.9) end as status
from covered('sundhed.genoptraening', 'M') left join middles using (question, period, area)
where expected > 0 or value is not null;
