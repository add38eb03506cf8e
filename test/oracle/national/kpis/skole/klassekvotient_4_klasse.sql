-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pupils in year 4 over year 4 classes: ordinary classes of the folkeskole with 5 to 35 pupils, all in one year. Months of a
-- longer period are averaged on both sides; nine kommuner of ten must have come.
with size as (
  select periode, klasse, skole, skoleejer, count(*) as pupils, min(klassetrin) as low, max(klassetrin) as high
  from skole_elever
  where klassetype = '10' and (skoletype = '111' or skoletype = '115')
  group by all
), fit as (
  select periode, skoleejer as kommune, pupils from size where pupils between 5 and 35 and low = high and low = '4'
), counted as (
  select question, period, area, sum(pupils) as pupils, count(*) as classes
  from place join fit on place.unit = 'M' and place.code = fit.periode and place.kommune = fit.kommune
  group by all
), cells as (
  select question, period, area, expected, silence(expected, present, 0.9) as status
  from covered('skole.elever', 'M')
)
select question, area, period,
  case when status = 'ok' then pupils / classes end as value,
  case when status = 'ok' and coalesce(classes, 0) = 0 then 'undefined' else status end as status
from cells left join counted using (question, period, area)
where expected > 0 or classes > 0;
