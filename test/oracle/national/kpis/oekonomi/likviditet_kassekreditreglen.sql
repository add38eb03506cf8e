-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- asked: kvartal
-- Balances of an area are added day by day, and the mean is of the days that came of the last 365; 90 percent must have come.
-- As it was, each day lies in the regions of its own time, and a region has nothing on days that it was not there.
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
), each_day as (
  select question, period, area, day, sum(saldo) as saldo, count(*) as kommuner, count(saldo) as delivered
  from lives left join came_in using (kommune, day) group by all
), held as (
  select question, period, count(*) as held from day semi join came_in using (day) group by all
), said as (
  select question, period, area, sum(saldo)::double / (count(saldo) + any_value(held) - count(*) filter (exists (from came_in where came_in.day = each_day.day))) / 1000000 as value,
    silence(sum(kommuner), sum(delivered), 0.9) as status
  from each_day join held using (question, period) group by all
)
select question, area, period, if(status = 'ok', value, null) as value, status from said;
