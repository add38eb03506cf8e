-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Mean pupils of municipal schools over mean full-time teachers; the months of a period are as many on both sides, so
-- the sums do. Both must have come from everyone.
with pupils as (
  select question, period, area, count(*) as n
  from place join skole_elever as e on unit = 'M' and e.periode = code and e.skoleejer = kommune
  where ejerkode = '2' group by all
), teachers as (
  select question, period, area, sum(fuldtid) as positions
  from place join personale_ansaettelser as a on unit = 'M' and a.periode = place.code and a.kommune = place.kommune
  where funktion = '32201' and stillingskategori = '20' and ansaettelsesform < '3' and ejerforhold = '1' group by all
), cells as (
  select question, period, area, one.expected,
    worse(silence(one.expected, one.present, 1), silence(two.expected, two.present, 1)) as status
  from covered('skole.elever', 'M') as one join covered('personale.ansaettelser', 'M') as two using (question, period, area)
)
select question, area, period,
  case when status = 'ok' and positions > 0 then coalesce(n, 0) / positions end as value,
  case when status = 'ok' and coalesce(positions, 0) = 0 then 'undefined' else status end as status
from cells left join pupils using (question, period, area) left join teachers using (question, period, area)
where expected > 0 or n > 0 or positions > 0;
