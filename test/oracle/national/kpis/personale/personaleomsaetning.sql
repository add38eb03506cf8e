-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Different persons who left within twelve months, out of the mean of the months' different persons employed. As it was,
-- each month lies in the regions of its own time, and a region has nothing in months that it was not there.
with asked as (
  select distinct question, period,
    case when period like '%M%' then strptime(period, '%YM%m')::date
         when period like '%K%' then make_date(left(period, 4)::int, 3 * right(period, 1)::int, 1)
         else make_date(period::int, 12, 1) end as last
  from place where period not like '%U%'
), month as (
  select question, period, strftime(unnest(range(last - interval 11 month, last + interval 1 day, interval 1 month)), '%YM%m') as month from asked
), lives as (
  select question, period, area, kommune, expected, month
  from month join home on home.level = split_part(question, '/', 1)
    and home.day = if(question like '%/as-was' and month < '2027', '2026-01-01', '2027-02-28')
), staff as (
  select lives.*, a.ansat, a.fratraadt from lives left join personale_ansaettelser as a on a.kommune = lives.kommune and a.periode = month
), held as (
  select question, period, count(*) as held from month where month in (select periode from personale_ansaettelser) group by all
), heads as (
  select question, period, area, sum(n)::double / (any_value(held) - count(*) filter (n = 0)) as mean from (
    select question, period, area, month, count(distinct ansat) as n from staff
    where month in (select periode from personale_ansaettelser) group by all
  ) join held using (question, period) group by all
), said as (
  select question, period, area, count(distinct ansat) filter (fratraadt is not null) as leavers,
    count(distinct (kommune, month)) filter (expected) as wanted, count(distinct (kommune, month)) filter (expected and ansat is not null) as come
  from staff group by all
)
select question, area, period, case when status = 'ok' then 100 * leavers::double / mean end as value, status
from (select *, silence(wanted, come, 1) as status from said) join heads using (question, period, area) where wanted > 0;
