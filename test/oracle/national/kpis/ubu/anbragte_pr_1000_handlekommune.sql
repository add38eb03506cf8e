-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- As by who pays, but by who acts: then a child can be delivered by any kommune, so all of the country's must have come.
with placed as (
  select question, period, area, barn
  from place, ubu_foranstaltninger as f
  where unit = 'M' and f.periode = code and f.handlekommune = place.kommune
    and length(foranstaltning) = 2 and alder::int < 23
  group by all
), young as (
  select question, period, area, code, count(p.person) as n
  from place left join borger_personer as p on p.periode = code and p.kommune = place.kommune and p.alder::int < 23
  where unit = 'M' group by all
), inhabitants as (
  select question, period, area, avg(n) as n from young group by all
), nation as (
  select question, period, silence(count(*), count(came.kommune), 1) as status
  from (select distinct question, period, code, kommune from place where unit = 'M' and expected) as each
    left join came on came.source = 'ubu.foranstaltninger' and came.code = each.code and came.kommune = each.kommune
  group by all
), cells as (
  select question, period, area, own.expected, worse(silence(own.expected, own.present, 1), nation.status) as status
  from covered('borger.personer', 'M') as own join nation using (question, period)
), counted as (
  select question, period, area, count(*) as children from placed group by all
)
select question, area, period,
  case when status = 'ok' and n > 0 then 1000 * coalesce(children, 0) / n end as value,
  case when status = 'ok' and n = 0 then 'undefined' else status end as status
from cells join inhabitants using (question, period, area) left join counted using (question, period, area)
where expected > 0 or children > 0 or n > 0;
