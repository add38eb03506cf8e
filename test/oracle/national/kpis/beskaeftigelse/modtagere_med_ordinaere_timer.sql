-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Persons with paid hours in a week of cash assistance, of a hundred persons with such a week. All must have come.
with people as (
  select question, period, area, count(distinct person) as all_of_them,
    count(distinct case when ordinaere_timer > 0 then person end) as earning
  from place as p, beskaeftigelse_uger as u
  where unit = 'U' and u.periode = p.code and u.kommune = p.kommune and forsoergelse in ('130', '140') group by all
), status as (
  select question, period, area, expected, silence(expected, present, 1) as status from covered('beskaeftigelse.uger', 'U')
)
select question, area, period, case when status = 'ok' then 100.0 * earning / all_of_them end as value,
  case when status = 'ok' and all_of_them is null then 'undefined' else status end as status
from status left join people using (question, period, area) where expected > 0 or all_of_them > 0;
