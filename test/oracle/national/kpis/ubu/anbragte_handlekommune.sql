-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Every child once, by who acts. Children are delivered by who pays, which can be anyone: eight of ten of the country's
-- kommune-months must have come.
with lists as (
  select question, period, area, list_distinct(list(barn)) as children
  from ubu_foranstaltninger as f join place on unit = 'M' and f.periode = place.code and f.handlekommune = place.kommune
  where foranstaltning::int < 100 group by all
), nation as (
  select question, period, silence(count(*), count(came.kommune), 0.8) as status
  from (select distinct question, period, code, kommune from place where unit = 'M' and expected) as each
    left join came on came.source = 'ubu.foranstaltninger' and came.code = each.code and came.kommune = each.kommune
  group by all
), cells as (
  select question, area, period
  from (select distinct question, area from lists) join (select distinct question, period from nation) using (question)
)
select question, area, period, case when status = 'ok' then coalesce(len(children), 0) end as value, status
from cells join nation using (question, period) left join lists using (question, period, area);
