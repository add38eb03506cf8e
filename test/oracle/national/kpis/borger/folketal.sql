-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Persons registered at the beginning of the last month of the period. 95 percent of the kommuner must have come.
with last_month as (
  select question, period, max(code) as code from place where unit = 'M' group by all
), spot as (
  select place.* from place join last_month using (question, period, code) where unit = 'M'
), cover as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and exists (from came where source = 'borger.personer' and came.code = spot.code and came.kommune = spot.kommune)) as present
  from spot group by all
), persons as (
  select question, period, area, count(*) as value
  from spot join borger_personer as p on p.periode = spot.code and p.kommune = spot.kommune
  group by all
)
select question, area, period, case when status = 'ok' then coalesce(value, 0) end as value, status
from (select *, silence(expected, present, 0.95) as status from cover) left join persons using (question, period, area)
where expected > 0 or value > 0;
