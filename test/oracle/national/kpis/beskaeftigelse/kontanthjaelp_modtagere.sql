-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Who had cash assistance in a week of the period, each once. 95 percent of the kommune-weeks must have come.
with met as (
  select question, period, area, count(distinct person) as persons
  from place join beskaeftigelse_uger as u on u.periode = place.code and u.kommune = place.kommune
  where unit = 'U' and forsoergelse in ('130', '140') group by all
)
select question, area, period, if(status = 'ok', coalesce(persons, 0), null) as value, status
from (select *, silence(expected, present, 0.95) as status from covered('beskaeftigelse.uger', 'U'))
  left join met using (question, period, area)
where expected > 0 or persons > 0;
