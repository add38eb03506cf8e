-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- earlier: yes
-- Of the children placed in the last month of the period, those with no placement at all, whoever pays, in the month twelve
-- later. A kommune is known that delivered both months; eight of ten must be.
with spot as (
  select *, (left(code, 4)::int + 1) || right(code, 3) as later from place where unit = 'M'
  qualify code = max(code) over (partition by question, period)
), placed as (
  select distinct periode, barn, betalingskommune from ubu_foranstaltninger
  where foranstaltning in (select unnest(['10', '20', '30', '40', '50', '60', '80']))
), part as (
  select spot.*, exists (from came where source = 'ubu.foranstaltninger' and came.code = spot.code and came.kommune = spot.kommune)
    and exists (from came where source = 'ubu.foranstaltninger' and came.code = spot.later and came.kommune = spot.kommune) as twice
  from spot
), child as (
  select distinct question, period, area, placed.barn,
    placed.barn not in (select barn from placed as p where p.periode = part.later) as gone
  from part join placed on placed.periode = part.code and placed.betalingskommune = part.kommune
  where twice
), figure as (
  select question, period, area, count(*) filter (gone) as gone, count(*) as children from child group by all
), cover as (
  select question, period, area, count(*) filter (expected) as expected, count(*) filter (expected and twice) as present
  from part group by all
)
select question, area, period,
  case when status = 'ok' then 100.0 * gone / children end as value,
  case when status = 'ok' and children is null then 'undefined' else status end as status
from (select *, silence(expected, present, 0.8) as status from cover) left join figure using (question, period, area)
where expected > 0 or children > 0;
