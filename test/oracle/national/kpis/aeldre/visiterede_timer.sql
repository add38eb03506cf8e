-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Minutes of care and practical help granted to a person in a week, put together first; then hours over person-weeks.
-- 90 percent of the kommune-weeks must have come.
with person_weeks as (
  select periode, kommune, person, sum(visiterede_minutter) as minutes
  from aeldre_ydelser where aeldreydelse in ('personlig_pleje', 'praktisk_hjaelp')
  group by periode, kommune, person
), areas as (
  -- A person who is in two kommuner of an area in one week is one recipient there.
  select question, period, area, w.periode, w.person, sum(minutes) as minutes
  from place join person_weeks as w on unit = 'U' and w.periode = place.code and w.kommune = place.kommune
  group by all
), figures as (
  select question, period, area, sum(minutes)::double / 60 / count(*) as value from areas group by question, period, area
)
select question, area, period, case when silence(expected, present, 0.9) = 'ok' then value end as value,
  case when silence(expected, present, 0.9) = 'ok' and value is null then 'undefined' else silence(expected, present, 0.9) end as status
from covered('aeldre.ydelser', 'U') left join figures using (question, period, area)
where expected > 0 or value is not null;
