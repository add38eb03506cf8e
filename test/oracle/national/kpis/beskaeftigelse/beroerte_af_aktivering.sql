-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Persons with a week in activation, of a hundred persons with a week of cash assistance. All must have come.
with each_person as (
  select question, period, area, person, max(aktiveringstimer) as most
  from place natural join (select periode as code, kommune, person, aktiveringstimer from beskaeftigelse_uger where forsoergelse in ('130', '140'))
  where unit = 'U' group by all
), share as (
  select question, period, area, 100.0 * sum(if(most > 0, 1, 0)) / count(*) as value from each_person group by all
)
select question, area, period, if(status = 'ok', value, null) as value, if(status = 'ok' and value is null, 'undefined', status) as status
from (select *, silence(expected, present, 1) as status from covered('beskaeftigelse.uger', 'U')) left join share using (question, period, area)
where expected > 0 or value is not null;
