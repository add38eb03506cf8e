-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Whole months in their own room of those who are there in the last month: every month added to the first day that does not
-- reach past the end is one.
with newest as (
  select question, period, max(code) as code from place where unit = 'M' group by all
), stay as (
  select s.*, (select count(*) from range(1, 400) as n(i) where start + to_months(i::int) <= till
      and day(start + to_months(i::int)) = day(start) or (start + to_months(i::int)) < till and day(start + to_months(i::int)) <> day(start)) as months
  from (select *, if(slut is null, last_day(strptime(replace(periode, 'M', '-') || '-01', '%Y-%m-%d')::date), slut) as till
        from ubu_foranstaltninger where foranstaltning = '20') as s
), figure as (
  select question, period, area, sum(months) as months, count(distinct barn) as children
  from place join newest using (question, period, code) join stay on stay.periode = code and stay.betalingskommune = kommune
  where unit = 'M' group by all
), cover as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and (code, kommune) in (select (code, kommune) from came where source = 'ubu.foranstaltninger')) as present
  from place join newest using (question, period, code) where unit = 'M' group by all
)
select question, area, period, case when status = 'ok' then months / children end as value,
  case when status = 'ok' and children is null then 'undefined' else status end as status
from (select *, silence(expected, present, 0.8) as status from cover) left join figure using (question, period, area)
where expected > 0 or children > 0;
