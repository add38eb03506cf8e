-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Days of absence over possible days, which stand on each of a pupil's rows and count once.
with pupil as (
  select periode, skoleejer, elev, koen, klassetrin, klassetype, sum(dage) as away, max(skoledage) as possible
  from skole_fravaer group by all
), days as (
  select question, period, area, sum(away) as away, sum(possible) as possible
  from place join pupil on unit = 'M' and periode = code and skoleejer = kommune group by all
)
select question, area, period,
  case when status = 'ok' and possible > 0 then 100.0 * away / possible end as value,
  case when status = 'ok' and coalesce(possible, 0) = 0 then 'undefined' else status end as status
from (select *, silence(expected, present, 0.6) as status from covered('skole.fravaer', 'M')) left join days using (question, period, area)
where expected > 0 or possible is not null;
