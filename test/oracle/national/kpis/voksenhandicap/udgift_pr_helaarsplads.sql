-- cube: voksenhandicap
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Net spending on 5.38.50 over persons in section 108, counted in each month, a twelfth of a place each.
with spent as (
  select question, period, area, sum(beloeb) as kroner
  from place join oekonomi_posteringer as post on unit = 'M' and post.periode = place.code and post.kommune = place.kommune
  where funktion = '53850' and dranst in ('1', '2')
  group by all
), monthly as (
  select distinct question, period, area, v.periode, v.person
  from place join voksenhandicap_ydelser as v on unit = 'M' and v.periode = place.code and v.handlekommune = place.kommune
  where v.paragraf = '108'
), places as (
  select question, period, area, count(*) / 12 as places from monthly group by all
), acting as (
  select question, period, area, count(*) filter (place.expected) as wanted, count(*) filter (place.expected and came.kommune is not null) as sent
  from place left join came on source = 'voksenhandicap.ydelser' and came.code = place.code and came.kommune = place.kommune
  where unit = 'M' and place.kommune not in ('155', '187')
  group by all
), said as (
  select question, period, area, kroner, places, c.expected,
    worse(silence(c.expected, c.present, 1), silence(coalesce(wanted, 0), coalesce(sent, 0), 1)) as status
  from covered('oekonomi.posteringer', 'M') as c left join acting using (question, period, area)
    left join spent using (question, period, area) left join places using (question, period, area)
)
select question, area, period, case when status = 'ok' and places > 0 then coalesce(kroner, 0)::double / places end as value,
  case when status = 'ok' and places is null then 'undefined' else status end as status
from said where expected > 0 or kroner is not null or places is not null;
