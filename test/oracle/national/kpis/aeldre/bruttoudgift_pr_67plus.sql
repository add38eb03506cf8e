-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Main function 5.30, dranst 1 and 2, the expenditure side of it, in all months of the period, over those aged 67 and more on 1 January.
with spent as (
  select question, period, area, sum(beloeb) as kroner
  from place join oekonomi_posteringer as post on post.periode = place.code and post.kommune = place.kommune
  where unit = 'M' and funktion like '530__' and dranst in ('1', '2') and substr(art, 1, 1) between '1' and '6'
  group by all
), old as (
  select question, period, area, count(*) filter (p.alder::int >= 67) as persons,
    count(distinct place.kommune) filter (expected) as there
  from place join borger_personer as p on p.periode = place.code || 'M01' and p.kommune = place.kommune
  where unit = 'primo' group by all
), wanted as (
  select question, period, area, count(*) filter (expected) as kommuner from place where unit = 'primo' group by all
), said as (
  select question, period, area, kroner, persons,
    worse(silence(c.expected, c.present, 1), silence(kommuner, coalesce(there, 0), 1)) as status, c.expected
  from covered('oekonomi.posteringer', 'M') as c join wanted using (question, period, area)
    left join spent using (question, period, area) left join old using (question, period, area)
)
select question, area, period, case when status = 'ok' and persons > 0 then coalesce(kroner, 0)::double / persons end as value,
  case when status = 'ok' and coalesce(persons, 0) = 0 then 'undefined' else status end as status
from said where expected > 0 or kroner is not null or persons is not null;
