-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pupil-months with more than a tenth of the school days away.
with pupil as (
  select periode, skoleejer, elev, sum(dage) / max(skoledage) > 0.1 as much from skole_fravaer group by all
), months as (
  select question, period, area, count_if(much) as many, count(*) as pupils
  from place join pupil on unit = 'M' and periode = code and skoleejer = kommune group by all
)
select question, area, period,
  case when status = 'ok' then 100.0 * many / pupils end as value,
  case when status = 'ok' and pupils is null then 'undefined' else status end as status
from (select *, silence(expected, present, 0.6) as status from covered('skole.fravaer', 'M')) left join months using (question, period, area)
where expected > 0 or pupils is not null;
