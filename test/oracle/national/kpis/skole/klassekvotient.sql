-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pupils over classes, all years: each pupil looks at the other pupils of the class to know whether it counts.
with pupil as (
  select *, count(*) over class as mates, count(distinct klassetrin) over class as years, row_number() over class as number
  from skole_elever where klassetype in ('10') and skoletype not in ('121', '131')
  window class as (partition by periode, skole, klasse, skoleejer)
), here as (
  select question, period, area, count(*) as pupils, count(*) filter (number = 1) as classes
  from place, (select periode, skoleejer, number from pupil where years = 1 and mates > 4 and mates < 36) as p
  where unit = 'M' and code = periode and kommune = skoleejer
  group by all
)
select question, area, period, case when status = 'ok' then pupils / classes end as value,
  case when status = 'ok' and classes is null then 'undefined' else status end as status
from (select *, silence(expected, present, 0.9) as status from covered('skole.elever', 'M')) left join here using (question, period, area)
where expected > 0 or classes > 0;
