-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Delivered over granted minutes of home help in the weeks that came; they must be 90 percent of all kommune-weeks.
with weeks as (
  select question, period, area, expected, kommune, code,
    (code, kommune) in (select (code, kommune) from came where source = 'aeldre.ydelser') as sent
  from place where unit = 'U'
), minutes as (
  select kommune, periode as code, sum(leverede_minutter) as delivered, sum(visiterede_minutter) as granted
  from aeldre_ydelser where aeldreydelse <> 'hjemmesygepleje' group by all
), areas as (
  select question, period, area, silence(count(*) filter (expected), count(*) filter (expected and sent), 0.9) as status,
    sum(delivered) as delivered, sum(granted) as granted
  from weeks left join minutes using (kommune, code) group by all having bool_or(expected or sent)
)
select question, area, period, case when status = 'ok' and granted > 0 then 100.0 * delivered / granted end as value,
  case when status = 'ok' and coalesce(granted, 0) = 0 then 'undefined' else status end as status
from areas;
