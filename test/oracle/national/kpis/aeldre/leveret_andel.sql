-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Delivered over granted minutes of home help, of kommuner that sent every week that anybody sent; they must make 90
-- percent of all kommune-weeks.
with weeks as (
  select distinct code from came where source = 'aeldre.ydelser'
), kommuner as (
  select question, period, area, kommune, any_value(expected) as expected, count(*) as weeks,
    count(*) filter (code in (from weeks)) as held,
    count(*) filter ((code, kommune) in (select (code, kommune) from came where source = 'aeldre.ydelser')) as sent
  from place where unit = 'U' group by all
), sums as (
  select question, period, place.kommune, sum(leverede_minutter) as delivered, sum(visiterede_minutter) as granted
  from place join aeldre_ydelser as y on unit = 'U' and y.periode = place.code and y.kommune = place.kommune
  where aeldreydelse <> 'hjemmesygepleje'
  group by all
), areas as (
  select question, period, area, sum(weeks) filter (expected) as wanted,
    coalesce(sum(sent) filter (expected and sent = held), 0) as counted, count(*) filter (sent > 0) as any_sent,
    sum(delivered) filter (sent = held or not expected) as delivered, sum(granted) filter (sent = held or not expected) as granted
  from kommuner left join sums using (question, period, kommune)
  group by all
), said as (
  select *, silence(coalesce(wanted, 0), counted, 0.9) as status from areas where wanted > 0 or any_sent > 0
)
select question, area, period, case when status = 'ok' and granted > 0 then 100.0 * delivered / granted end as value,
  case when status = 'ok' and coalesce(granted, 0) = 0 then 'undefined' else status end as status
from said;
