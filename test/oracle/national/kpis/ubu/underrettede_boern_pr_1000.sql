-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Children with a notification in the period, each once however many there were, over the mean number of inhabitants 0 to 17.
with told as (
  select question, period, area, barn, count(*) as notifications
  from place join ubu_underretninger as u on unit = 'M' and u.periode = code and u.kommune = place.kommune
  where try_cast(alder as int) between 0 and 17
  group by all
), children as (
  select question, period, area, count(*) as n from told group by all
), monthly as (
  select question, period, area, code, count(person) as people
  from place left join borger_personer as p on p.periode = code and p.kommune = place.kommune and alder::int between 0 and 17
  where unit = 'M' group by all
), inhabitants as (
  select question, period, area, sum(people) / count(*) as people from monthly group by all
), cells as (
  select question, period, area, u.expected, worse(silence(u.expected, u.present, 1), silence(b.expected, b.present, 1)) as status
  from covered('ubu.underretninger', 'M') as u join covered('borger.personer', 'M') as b using (question, period, area)
)
select question, area, period,
  case when status = 'ok' and people > 0 then 1000 * coalesce(n, 0) / people end as value,
  case when status = 'ok' and people = 0 then 'undefined' else status end as status
from cells join inhabitants using (question, period, area) left join children using (question, period, area)
where expected > 0 or n > 0;
