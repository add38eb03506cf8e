-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Stays as islands: a contact begins one where all earlier ones of the person ended more than four hours before.
-- An admission is followed if another begins at most thirty days after, whatever lies between them. Counted are only
-- those whose kommune also came in the two months after; a month can be counted when anybody came two months later.
-- Of all kommune-months 90 percent must have come with the two after them.
with marked as (
  select *, coalesce(date_diff('minute', max(ud) over earlier, ind) > 240, true)::int as begins
  from sundhed_kontakter
  window earlier as (partition by person order by ind, ud, kontakt rows between unbounded preceding and 1 preceding)
), islands as (
  select *, sum(begins) over (partition by person order by ind, ud, kontakt) as stay from marked
), admissions as (
  select person, stay, arg_min(periode, (ind, ud, kontakt)) as month, arg_min(bopaelskommune, (ind, ud, kontakt)) as home,
    min(ind) as began, max(ud) as ended
  from islands group by person, stay having date_diff('minute', min(ind), max(ud)) >= 720
), months as (
  select distinct code, strftime(make_date(left(code, 4)::int, right(code, 2)::int, 1) + interval 1 month, '%YM%m') as after_one,
    strftime(make_date(left(code, 4)::int, right(code, 2)::int, 1) + interval 2 month, '%YM%m') as after_two
  from came where source = 'sundhed.kontakter'
), held as (
  from months where after_one in (select code from months) and after_two in (select code from months)
), whole as (
  select (held.code, kommune) from held, came
  where source = 'sundhed.kontakter' and came.code in (held.code, after_one, after_two)
  group by held.code, kommune having count(*) = 3
), counted as (
  select month, home, exists (from admissions as next where next.person = a.person and next.began > a.began
      and date_diff('day', a.ended::date, next.began::date) <= 30) as followed
  from admissions as a join held on held.code = month
  where exists (from came where source = 'sundhed.kontakter' and kommune = home and code = after_one)
    and exists (from came where source = 'sundhed.kontakter' and kommune = home and code = after_two)
), sums as (
  select month as code, home as kommune, count(*) as n, count(*) filter (followed) as again from counted group by all
), areas as (
  select question, period, area, count(*) filter (expected) as wanted,
    count(*) filter (expected and (code, kommune) in (from whole)) as present,
    sum(n) as n, sum(again) as again
  from place left join sums using (code, kommune) where unit = 'M' group by all
)
select question, area, period, case when silence(wanted, present, 0.9) = 'ok' then 100.0 * again / n end as value,
  case when silence(wanted, present, 0.9) = 'ok' and n is null then 'undefined' else silence(wanted, present, 0.9) end as status
from areas where wanted > 0 or n > 0;
