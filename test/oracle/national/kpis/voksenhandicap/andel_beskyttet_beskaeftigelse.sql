-- cube: voksenhandicap
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Of the persons with any service in the period, each once, those with section 103 in it. Three of four kommuner must have come.
with persons as (
  select question, period, area, v.person, bool_or(paragraf = '103') as sheltered
  from place join voksenhandicap_ydelser as v on v.periode = place.code and v.handlekommune = place.kommune
  where unit = 'M'
  group by all
), shares as (
  select question, period, area, 100.0 * count(*) filter (sheltered) / count(*) as value from persons group by question, period, area
), acting as (
  select question, period, area, count(*) filter (place.expected and place.kommune not in ('155', '187')) as wanted,
    count(*) filter (place.expected and place.kommune not in ('155', '187') and came.kommune is not null) as sent
  from place left join came on source = 'voksenhandicap.ydelser' and came.code = place.code and came.kommune = place.kommune
  where unit = 'M' group by all
)
select question, area, period, case when silence(wanted, sent, 0.75) = 'ok' then value end as value,
  case when silence(wanted, sent, 0.75) = 'ok' and value is null then 'undefined' else silence(wanted, sent, 0.75) end as status
from acting left join shares using (question, period, area)
where wanted > 0 or value is not null;
