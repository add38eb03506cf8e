-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- asked: kvartal
-- The same for each who lived there on 1 January. A kommune that lacks a day that anybody came with, or the 1 January,
-- is out of both; 90 percent of the days and of the kommuner must be left. As it was, a region that is gone has days
-- and no inhabitants.
with asked as (
  select distinct question, period, code as year, split_part(question, '/', 1) as level, question like '%as-was' as as_was,
    case when period like '%M%' then last_day(strptime(period || '-01', '%YM%m-%d'))
         when period like '%K%' then last_day(make_date(left(period, 4)::int, 3 * right(period, 1)::int, 1))
         when period like '%U%' then strptime(period || '-7', '%GU%V-%u')::date
         else make_date(period::int, 12, 31) end as last
  from place where unit = 'primo'
), day as (
  select question, period, level, unnest(range(last - interval 364 day, last + interval 1 day, interval 1 day))::date as day, as_was from asked
), lives as (
  select question, period, day.day, kommune, area from day join home
    on home.level = day.level and expected and home.day = if(as_was and year(day.day) < 2027, '2026-01-01', '2027-02-28')
), came_in as (select kommune, periode::date as day, saldo from oekonomi_likviditet
), held as (select distinct day from came_in
), living as (
  select question, period, area, place.kommune,
    (select count(*) from borger_personer as b where b.kommune = place.kommune and b.periode = place.code || 'M01') as n
  from place where unit = 'primo' and expected
), liquid as (
  select question, period, area, kommune, count(*) as days, count(saldo) as come, count(*) filter (day in (from held)) as to_come, sum(saldo) as saldo
  from lives left join came_in using (kommune, day) group by all
), kommuner as (
  select *, come = to_come and come > 0 and coalesce(n, 1) > 0 as known from liquid full join living using (question, period, area, kommune)
), said as (
  select question, period, area, sum(days) as days, coalesce(sum(come) filter (known), 0) as come,
    count(n) as inhabited, count(n) filter (known) as with_inhabitants,
    (sum(saldo) filter (known))::double / max(come) filter (known) as saldo, sum(n) filter (known) as n
  from kommuner group by all
), judged as (select *, worse(silence(days, come, 0.9), silence(inhabited, with_inhabitants, 0.9)) as status from said)
select question, area, period, if(status = 'ok' and n > 0, saldo / n, null) as value,
  if(status = 'ok' and coalesce(n, 0) = 0, 'undefined', status) as status
from judged;
