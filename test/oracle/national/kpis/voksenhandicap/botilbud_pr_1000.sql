-- cube: voksenhandicap
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Persons in accommodation in any month of the period, each once, where they are acted for; over the mean number of
-- persons of 18 to 66 who live there. Vallensbæk and Dragør are acted for by others and deliver nothing.
with residents as (
  select question, period, area, count(distinct v.person) as persons
  from place join voksenhandicap_ydelser as v on v.periode = place.code and v.handlekommune = place.kommune
  where unit = 'M' and paragraf in ('107', '108')
  group by all
), adults as (
  select question, period, area, count(*) as person_months
  from place join borger_personer as p on p.periode = place.code and p.kommune = place.kommune
  where unit = 'M' and p.alder::int between 18 and 66
  group by all
), acting as (
  select question, period, area, count(distinct code) as months,
    count(*) filter (expected and kommune not in ('155', '187')) as wanted,
    count(*) filter (expected and kommune not in ('155', '187')
      and exists (from voksenhandicap_ydelser as v where v.periode = place.code and v.handlekommune = place.kommune)) as sent
  from place where unit = 'M' group by all
), said as (
  select question, period, area, persons, person_months / months as mean_adults, c.expected,
    worse(silence(wanted, sent, 1), silence(c.expected, c.present, 1)) as status
  from acting join covered('borger.personer', 'M') as c using (question, period, area)
    left join residents using (question, period, area) left join adults using (question, period, area)
)
select question, area, period, case when status = 'ok' and mean_adults > 0 then 1000.0 * coalesce(persons, 0) / mean_adults end as value,
  case when status = 'ok' and coalesce(mean_adults, 0) = 0 then 'undefined' else status end as status
from said where expected > 0 or persons > 0 or mean_adults > 0;
