-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Who is unemployed in a week of the period, and then was so in 42 of the 52 weeks that end with it. A week counts as
-- delivered when all of those 52 have come from somebody, and it has come from the kommune.
create or replace temp table calendar as
  select distinct code, (strptime(left(code, 4) || '-W' || right(code, 2) || '-1', '%G-W%V-%u')::date - date '2020-01-06') // 7 as number
  from came where source = 'beskaeftigelse.uger';
create or replace temp table out_of_work as
  select person, kommune, code, number from beskaeftigelse_uger join calendar on code = periode
  where forsoergelse in ('111', '113') or (forsoergelse in ('130', '140') and visitationsgruppe = 'jobparat');
create or replace temp table for_long as
  select a.person, a.kommune, a.code from out_of_work as a join out_of_work as b on b.person = a.person and b.number between a.number - 51 and a.number
  group by all having count(*) >= 42;
with ready as (
  select a.code from calendar as a join calendar as b on b.number between a.number - 51 and a.number group by all having count(*) = 52
), cover as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and code in (from ready) and (code, kommune) in (select (code, kommune) from came where source = 'beskaeftigelse.uger')) as present
  from place where unit = 'U' group by all
), found as (
  select question, period, area, count(distinct person) as n
  from place join for_long using (code, kommune) where unit = 'U' and code in (from ready) group by all
)
select question, area, period, case when status = 'ok' then coalesce(n, 0) end as value, status
from (select *, silence(expected, present, 0.95) as status from cover) left join found using (question, period, area)
where expected > 0 or n > 0;
