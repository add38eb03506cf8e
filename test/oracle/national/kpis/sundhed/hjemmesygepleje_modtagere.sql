-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Persons nursed at home in any week whose Thursday lies in the period, each once, over the mean number of inhabitants.
with nursed as (
  select distinct question, period, area, person
  from place join aeldre_ydelser using (kommune)
  where unit = 'U' and code = periode and aeldreydelse = 'hjemmesygepleje'
), recipients as (
  select question, period, area, count(*) as n from nursed group by all
), monthly as (
  select question, period, area, code, count(p.person) as persons
  from place left join borger_personer as p on p.periode = code and p.kommune = place.kommune
  where unit = 'M' group by all
), inhabitants as (
  select question, period, area, avg(persons) as persons from monthly group by all
), said as (
  select question, period, area, n, persons, u.expected, worse(silence(u.expected, u.present, 1), silence(m.expected, m.present, 1)) as status
  from covered('aeldre.ydelser', 'U') as u join covered('borger.personer', 'M') as m using (question, period, area)
    join inhabitants using (question, period, area) left join recipients using (question, period, area)
)
select question, area, period, case when status = 'ok' and persons > 0 then 1000.0 * coalesce(n, 0) / persons end as value,
  case when status = 'ok' and persons = 0 then 'undefined' else status end as status
from said where expected > 0 or n > 0 or persons > 0;
