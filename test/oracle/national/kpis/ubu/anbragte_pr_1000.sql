-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Different children placed in the period over the mean number of inhabitants aged 0 to 22. Everyone must have come.
with ages as (select range::varchar as alder from range(0, 23)),
children as (
  select question, period, area, count(distinct barn) as n
  from place join ubu_foranstaltninger as f on unit = 'M' and f.periode = code and f.betalingskommune = place.kommune
  where foranstaltning in ('10', '20', '30', '40', '50', '60', '80') and alder in (from ages)
  group by all
), inhabitants as (
  select question, period, area, count(*) as person_months
  from place join borger_personer as p on unit = 'M' and p.periode = code and p.kommune = place.kommune
  where alder in (from ages) group by all
), months as (
  select question, period, count(distinct code) as months from place where unit = 'M' group by all
), cells as (
  select question, period, area, one.expected, worse(silence(one.expected, one.present, 1), silence(two.expected, two.present, 1)) as status
  from covered('ubu.foranstaltninger', 'M') as one join covered('borger.personer', 'M') as two using (question, period, area)
)
select question, area, period,
  case when status = 'ok' and person_months > 0 then 1000.0 * coalesce(n, 0) * months / person_months end as value,
  case when status = 'ok' and person_months is null then 'undefined' else status end as status
from cells join months using (question, period) left join children using (question, period, area) left join inhabitants using (question, period, area)
where expected > 0 or n > 0 or person_months > 0;
