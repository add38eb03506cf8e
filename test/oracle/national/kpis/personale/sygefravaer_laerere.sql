-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Days of own illness and work injury out of a hundred active days, on 3.22.01; all must have come.
with days as (
  select question, period, area, sum(egen_sygdom) + sum(arbejdsskade) as away, sum(aktive_dage) as active
  from place join personale_ansaettelser as a on unit = 'M' and a.periode = code and a.kommune = place.kommune
  where a.funktion = '32201' group by all
), cells as (
  select *, silence(expected, present, 1) as status from covered('personale.ansaettelser', 'M')
)
select question, area, period, case when status = 'ok' and active > 0 then 100 * away::double / active end as value,
  case when status = 'ok' and coalesce(active, 0) = 0 then 'undefined' else status end as status
from cells left join days using (question, period, area) where expected > 0 or active > 0;
