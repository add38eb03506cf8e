-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Full-time persons of cash assistance, of a hundred inhabitants of 16 to 66 on the 1 January before. A kommune that lacks
-- a week, or that day, is in neither.
with weeks as (
  select question, period, area, kommune, any_value(expected) as expected, count(*) as asked,
    count(*) filter ((code, kommune) in (select (code, kommune) from came where source = 'beskaeftigelse.uger')) as sent,
    count(*) filter (code in (select code from came where source = 'beskaeftigelse.uger')) as held
  from place where unit = 'U' group by all
), hours as (
  select question, period, area, p.kommune, sum(timer) as hours
  from place as p join beskaeftigelse_uger as u on u.periode = p.code and u.kommune = p.kommune
  where unit = 'U' and forsoergelse in ('130', '140') group by all
), days as (
  select question, period, area, kommune, code || 'M01' as month,
    (month, kommune) in (select (code, kommune) from came where source = 'borger.personer') as day_sent,
    month in (select code from came where source = 'borger.personer') as day_held
  from place where unit = 'primo'
), heads as (
  select periode as month, kommune, count(*) as heads from borger_personer where alder::int between 16 and 66 group by all
), kept as (
  select *, sent = held and day_sent = day_held as whole
  from weeks join days using (question, period, area, kommune) left join hours using (question, period, area, kommune)
    left join heads using (month, kommune)
), areas as (
  select question, period, area,
    sum(asked) filter (expected) as weeks_expected, coalesce(sum(sent) filter (expected and whole), 0) as weeks_came,
    count(*) filter (expected) as days_expected, count(*) filter (expected and whole and day_sent) as days_came,
    sum(coalesce(hours, 0) / nullif(sent, 0)) filter (whole or not expected) / 37 as persons, sum(heads) filter (whole or not expected) as heads
  from kept group by all
), said as (
  select *, worse(silence(weeks_expected, weeks_came, 0.95), silence(days_expected, days_came, 0.95)) as status from areas
)
select question, area, period, case when status = 'ok' and heads > 0 then 100 * persons / heads end as value,
  if(status = 'ok' and coalesce(heads, 0) = 0, 'undefined', status) as status
from said where days_expected > 0;
