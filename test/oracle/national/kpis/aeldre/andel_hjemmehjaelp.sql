-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Persons of 65 and more who were granted care or practical help in a week whose Thursday lies in the period, each
-- once, of all persons of 65 and more, the mean of the months.
with helped as (
  select question, period, area, count(distinct y.person) as persons
  from place, aeldre_ydelser as y
  where unit = 'U' and y.periode = place.code and y.kommune = place.kommune
    and aeldreydelse <> 'hjemmesygepleje' and alder::int >= 65
  group by all
), old as (
  select question, period, area, count(*) as person_months
  from place, borger_personer as p
  where unit = 'M' and p.periode = place.code and p.kommune = place.kommune and alder::int > 64
  group by all
), months as (
  select question, period, count(distinct code) as n from place where unit = 'M' group by all
)
select question, area, period,
  case when silence(u.expected, u.present, 1) = 'ok' and silence(m.expected, m.present, 1) = 'ok'
       then 100.0 * coalesce(persons, 0) / nullif(person_months / n, 0) end as value,
  case when worse(silence(u.expected, u.present, 1), silence(m.expected, m.present, 1)) <> 'ok'
       then worse(silence(u.expected, u.present, 1), silence(m.expected, m.present, 1))
       when coalesce(person_months, 0) = 0 then 'undefined' else 'ok' end as status
from covered('aeldre.ydelser', 'U') as u join covered('borger.personer', 'M') as m using (question, period, area)
  join months using (question, period)
  left join helped using (question, period, area) left join old using (question, period, area)
where u.expected > 0 or persons > 0 or person_months > 0;
