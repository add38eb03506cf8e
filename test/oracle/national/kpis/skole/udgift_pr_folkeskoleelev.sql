-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Net operating cost of 3.22.01 over the mean pupils of municipal schools by where they live. A kommune that lacks postings of
-- a month in which others have them is left out on both sides. Pupils may lie with any school owner, so nine of ten owners of
-- the country must have come.
with months as (
  select question, period, count(distinct code) as months,
    count(distinct code) filter (code in (select code from came where source = 'skole.elever')) as pupil_months,
    count(distinct code) filter (code in (select code from came where source = 'oekonomi.posteringer')) as cost_months
  from place where unit = 'M' group by all
), nation as (
  select question, period, count(*) as expected, count(came.kommune) as present
  from (select distinct question, period, code, kommune from place where unit = 'M' and expected) as each
    left join came on came.source = 'skole.elever' and came.code = each.code and came.kommune = each.kommune
  group by all
), part as (
  select question, period, area, place.kommune, bool_or(expected) as expected, count(came.kommune) as came
  from place left join came on came.source = 'oekonomi.posteringer' and came.code = place.code and came.kommune = place.kommune
  where unit = 'M' group by all
), judged as (
  select part.*, months, pupil_months, present >= 0.9 * nation.expected and (not part.expected or came = cost_months and came > 0) as kept, present * 1.0 / nation.expected as share
  from part join months using (question, period) join nation using (question, period)
), cost as (
  select question, period, place.kommune, area, sum(beloeb) as kr
  from place join oekonomi_posteringer as p on unit = 'M' and p.periode = place.code and p.kommune = place.kommune
  where funktion = '32201' and dranst in ('1', '2') group by all
), pupils as (
  select question, period, place.kommune, area, count(*) as n
  from place join skole_elever as e on unit = 'M' and e.periode = code and e.bopaelskommune = place.kommune
  where ejerkode = '2' group by all
), cells as (
  select question, period, area, any_value(pupil_months) as pupil_months,
    count_if(expected) * any_value(months) as expected,
    coalesce(sum(came) filter (expected and kept), 0) as with_cost,
    coalesce(sum(share * months) filter (expected and kept), 0) as with_pupils,
    sum(kr) filter (kept) as kr, sum(n) filter (kept) as n
  from judged left join cost using (question, period, area, kommune) left join pupils using (question, period, area, kommune)
  group by all
), said as (
  select *, worse(silence(expected, with_cost, 0.9), silence(expected, with_pupils, 0.9)) as status from cells
)
select question, area, period,
  case when status = 'ok' then coalesce(kr, 0) * pupil_months / n end as value,
  case when status = 'ok' and n is null then 'undefined' else status end as status
from said where expected > 0 or n > 0;
