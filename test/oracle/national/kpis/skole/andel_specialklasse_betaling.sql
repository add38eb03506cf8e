-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- By who pays, else by where the pupil lives. A school owner that did not deliver may hide pupils of any kommune, so of all
-- kommuner of the country nine of ten must have come, whatever is asked.
with spot as (
  select * from place where unit = 'M' qualify code = max(code) over (partition by question, period)
), pupil as (
  select periode, if(betalingskommune <> 'uoplyst', betalingskommune, bopaelskommune) as kommune, klassetype from skole_elever
), share as (
  select question, period, area,
    100.0 * count(*) filter (klassetype <> '10') / count(*) as value
  from spot join pupil on pupil.periode = spot.code and pupil.kommune = spot.kommune group by all
), nation as (
  select question, period, silence(count(distinct spot.kommune), count(distinct came.kommune), 0.9) as status
  from spot left join came on came.source = 'skole.elever' and came.code = spot.code and came.kommune = spot.kommune
  where spot.expected group by question, period
)
select question, area, period,
  case when status = 'ok' then value end as value,
  case when status = 'ok' and value is null then 'undefined' else status end as status
from (select question, area, period from (select distinct question, area from share) join (select distinct question, period from spot) using (question))
  join nation using (question, period) left join share using (question, period, area);
