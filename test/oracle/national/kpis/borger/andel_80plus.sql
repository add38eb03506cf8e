-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Of a hundred persons at the beginning of the last month, so many are 80 or more. 95 percent of the kommuner must have come.
with spot as (
  select * from place where unit = 'M'
  qualify code = max(code) over (partition by question, period)
), heads as (
  select question, period, area, 100.0 * count(*) filter (alder::int >= 80) / count(*) as value
  from spot join borger_personer on code = periode and spot.kommune = borger_personer.kommune group by all
), cover as (
  select question, period, area, count(*) filter (expected) as expected,
    silence(count(*) filter (expected), count(*) filter (expected and came.kommune is not null), 0.95) as status
  from spot left join came on source = 'borger.personer' and came.code = spot.code and came.kommune = spot.kommune
  group by all
)
select question, area, period, if(status = 'ok', value, null) as value,
  if(status = 'ok' and value is null, 'undefined', status) as status
from cover left join heads using (question, period, area) where expected > 0 or value is not null;
