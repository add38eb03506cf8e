-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Full-time persons on unemployment benefit, or job-ready on cash assistance, of a hundred in the workforce of the
-- beginning of the year. A kommune that lacks a week, or its workforce, is in neither.
create or replace temp table kommuner as
  select question, period, area, p.kommune, any_value(p.expected) as expected, count(*) as weeks,
    count(c.code) as came, count(*) filter (p.code in (select code from came where source = 'beskaeftigelse.uger')) as held,
    coalesce(sum(hours), 0) as hours
  from place as p
    left join came as c on c.source = 'beskaeftigelse.uger' and c.code = p.code and c.kommune = p.kommune
    left join (
      select periode, kommune, sum(timer) as hours from beskaeftigelse_uger
      where forsoergelse in ('111', '113') or (forsoergelse in ('130', '140') and visitationsgruppe = 'jobparat') group by all
    ) as u on u.periode = p.code and u.kommune = p.kommune
  where unit = 'U' group by all;
create or replace temp table forces as
  select question, period, area, p.kommune, sum(personer) as workers,
    bool_or((p.code, p.kommune) in (select (code, kommune) from came where source = 'beskaeftigelse.arbejdsstyrke')) as told,
    bool_or(p.code in (select code from came where source = 'beskaeftigelse.arbejdsstyrke')) as year_held
  from place as p left join beskaeftigelse_arbejdsstyrke as a on a.periode = p.code and a.kommune = p.kommune and a.alder::int between 16 and 66
  where unit = 'primo' group by all;
with both_known as (
  select *, came = held and told = year_held as whole from kommuner join forces using (question, period, area, kommune)
), areas as (
  select question, period, area, sum(if(expected, weeks, 0)) as weeks, sum(if(expected and whole, came, 0)) as came,
    sum(expected::int) as kommuner, sum(if(expected and whole and told, 1, 0)) as told,
    sum(if(whole and came > 0, hours / came, 0)) / 37 as persons, sum(if(whole, workers, 0)) as workers
  from both_known group by all
)
select question, area, period, if(status = 'ok' and workers > 0, 100 * persons / workers, null) as value,
  if(status = 'ok' and coalesce(workers, 0) = 0, 'undefined', status) as status
from (select *, worse(silence(weeks, came, 0.95), silence(kommuner, told, 0.95)) as status from areas)
where kommuner > 0;
