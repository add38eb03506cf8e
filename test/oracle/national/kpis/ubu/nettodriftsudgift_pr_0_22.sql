-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Net operating cost of 5.28.20 to 5.28.24 over the mean number of inhabitants 0 to 22. A kommune that lacks a month of either
-- in which others have it is left out on both sides; nine of ten kommune-months must be left.
with months as (
  select question, period, count(distinct code) as months,
    count(distinct code) filter (code in (select code from came where source = 'oekonomi.posteringer')) as cost_months,
    count(distinct code) filter (code in (select code from came where source = 'borger.personer')) as people_months
  from place where unit = 'M' group by all
), part as (
  select question, period, area, place.kommune, bool_or(expected) as expected,
    count(cost.kommune) as costs, count(people.kommune) as persons
  from place
    left join came as cost on cost.source = 'oekonomi.posteringer' and cost.code = place.code and cost.kommune = place.kommune
    left join came as people on people.source = 'borger.personer' and people.code = place.code and people.kommune = place.kommune
  where unit = 'M' group by all
), kept as (
  select * from part join months using (question, period)
  where expected and costs > 0 and persons > 0 and costs = cost_months and persons = people_months
), kr as (
  select question, period, kept.area, sum(beloeb) as kr
  from kept join place using (question, period, area, kommune) join oekonomi_posteringer as p on p.periode = place.code and p.kommune = place.kommune
  where unit = 'M' and dranst in ('1', '2') and funktion between '52820' and '52824' group by all
), people as (
  select question, period, kept.area, count(*) as person_months
  from kept join place using (question, period, area, kommune) join borger_personer as p on p.periode = place.code and p.kommune = place.kommune
  where unit = 'M' and alder::int <= 22 group by all
), cells as (
  select part.question, part.period, part.area, count_if(part.expected) * any_value(months.months) as expected,
    coalesce(sum(kept.costs), 0) as costs, coalesce(sum(kept.persons), 0) as persons, any_value(months.people_months) as months
  from part join months using (question, period) left join kept using (question, period, area, kommune)
  group by all
), said as (
  select *, worse(silence(expected, costs, 0.9), silence(expected, persons, 0.9)) as status from cells
)
select question, area, period,
  case when status = 'ok' then coalesce(kr, 0) * months / person_months end as value,
  case when status = 'ok' and person_months is null then 'undefined' else status end as status
from said left join kr using (question, period, area) left join people using (question, period, area)
where expected > 0;
