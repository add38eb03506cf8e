-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Half of the persons at the beginning of the last month are younger, in whole years on that day.
with last_month as (
  select question, period, max(code) as code from place where unit = 'M' group by all
), spot as (
  select place.* from place join last_month using (question, period, code) where unit = 'M'
), status as (
  select question, period, area, silence(count(*) filter (expected), count(*) filter (expected and (code, kommune) in (select (code, kommune) from came where source = 'borger.personer')), 0.95) as status,
    count(*) filter (expected) as expected
  from spot group by all
), ages as (
  select question, period, area,
    year(day) - year(foedt) - if(strftime(day, '%m%d') < strftime(foedt, '%m%d'), 1, 0) as age
  from (select spot.*, p.foedt, make_date(left(code, 4)::int, right(code, 2)::int, 1) as day
        from spot join borger_personer as p on p.periode = spot.code and p.kommune = spot.kommune)
), middle as (
  select question, period, area, median(age) as value from ages group by all
)
select question, area, period, case when status = 'ok' then value end as value,
  case when status = 'ok' and value is null then 'undefined' else status end as status
from status left join middle using (question, period, area)
where expected > 0 or value is not null;
