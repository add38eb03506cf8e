-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Hours in activation of a hundred hours of cash assistance. Every kommune must have come with every week.
with hours as (
  select question, period, area, sum(aktiveringstimer) as activated, sum(timer) as paid
  from beskaeftigelse_uger as u join place as p on p.code = u.periode and p.kommune = u.kommune
  where p.unit = 'U' and u.forsoergelse in ('130', '140') group by all
), said as (
  select *, silence(expected, present, 1) as status
  from covered('beskaeftigelse.uger', 'U') left join hours using (question, period, area)
)
select question, area, period, case when status = 'ok' and paid > 0 then 100.0 * activated / paid end as value,
  case when status = 'ok' and coalesce(paid, 0) = 0 then 'undefined' else status end as status
from said where expected > 0 or paid is not null;
