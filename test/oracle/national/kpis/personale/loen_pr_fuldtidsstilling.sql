-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Gross pay of the period for each full-time position, the mean of the months; all must have come.
with monthly as (
  select periode, kommune, sum(bruttoloen) as pay, sum(fuldtid) as positions from personale_ansaettelser group by all
), summed as (
  select question, period, area, sum(pay)::double as pay, sum(positions)::double as positions, count(distinct periode) as months
  from place join monthly on unit = 'M' and periode = code and monthly.kommune = place.kommune group by all
)
select question, area, period, case when status = 'ok' and positions > 0 then pay * months / positions end as value,
  case when status = 'ok' and coalesce(positions, 0) = 0 then 'undefined' else status end as status
from (select *, silence(expected, present, 1) as status from covered('personale.ansaettelser', 'M')) left join summed using (question, period, area)
where expected > 0 or positions > 0;
