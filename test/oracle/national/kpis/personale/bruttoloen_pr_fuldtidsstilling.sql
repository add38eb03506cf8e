-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Pay by the accounts (main type 1 of operation) for each full-time position, the mean of the months; all must have come of both.
with pay as (
  select question, period, area, sum(beloeb)::double as kr from place join oekonomi_posteringer as p on unit = 'M' and p.periode = code and p.kommune = place.kommune
  where left(art, 1) = '1' and dranst = '1' and left(funktion, 1)::int <= 6 group by all
), staff as (
  select question, period, area, sum(fuldtid)::double as positions, count(distinct periode) as months
  from place join personale_ansaettelser as a on unit = 'M' and a.periode = code and a.kommune = place.kommune group by all
), said as (
  select question, period, area, a.expected, kr, positions, months, worse(silence(a.expected, a.present, 1), silence(s.expected, s.present, 1)) as status
  from covered('oekonomi.posteringer', 'M') as a join covered('personale.ansaettelser', 'M') as s using (question, period, area)
    left join pay using (question, period, area) left join staff using (question, period, area)
)
select question, area, period, case when status = 'ok' and positions > 0 then coalesce(kr, 0) * months / positions end as value,
  case when status = 'ok' and coalesce(positions, 0) = 0 then 'undefined' else status end as status
from said where expected > 0 or kr is not null or positions > 0;
