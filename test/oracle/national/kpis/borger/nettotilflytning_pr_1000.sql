-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Moved in less moved out, for each thousand inhabitants, the mean of the months. Who moves is told of by the
-- kommune that registers it, so of every figure every kommune must have come with its moves.
with months as (
  from place where unit = 'M'
), country as (
  select question, period, count(*) as expected, count(came.kommune) as present
  from (select distinct question, period, code, kommune from months where expected) as m
    left join came on source = 'borger.flytninger' and came.code = m.code and came.kommune = m.kommune
  group by all
), moves as (
  select question, period, area, count(*) as n from months join borger_flytninger as f on f.periode = code and til_kommune = months.kommune group by all
  union all
  select question, period, area, -count(*) from months join borger_flytninger as f on f.periode = code and fra_kommune = months.kommune group by all
), net as (
  select question, period, area, sum(n) as n from moves group by all
), month_by_month as (
  select question, period, area, code, count(*) as n
  from months join borger_personer as b on b.periode = code and b.kommune = months.kommune group by all
), lived as (
  select question, period, area, avg(n) as n from month_by_month group by all
), register as (
  from covered('borger.personer', 'M')
), said as (
  select question, period, area, register.expected, net.n as moved, lived.n as inhabitants,
    worse(silence(country.expected, country.present, 1), silence(register.expected, register.present, 1)) as status
  from register join country using (question, period)
    left join net using (question, period, area) left join lived using (question, period, area)
)
select question, area, period, case when status = 'ok' and inhabitants > 0 then 1000.0 * coalesce(moved, 0) / inhabitants end as value,
  if(status = 'ok' and coalesce(inhabitants, 0) = 0, 'undefined', status) as status
from said where expected > 0 or moved is not null;
