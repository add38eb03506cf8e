-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Main account 4, dranst 1, in all months of the period, over the inhabitants of 1 January.
with months as (
  select question, period, area, expected, kommune,
    (select sum(beloeb) from oekonomi_posteringer as post where post.periode = code and post.kommune = place.kommune and funktion[1] = '4' and dranst = '1') as kroner,
    (code, kommune) in (select (code, kommune) from came where source = 'oekonomi.posteringer') as sent
  from place where unit = 'M'
), spent as (
  select question, period, area, sum(kroner) as kroner, count(*) filter (expected) as expected,
    silence(count(*) filter (expected), count(*) filter (expected and sent), 1) as status
  from months group by all
), people as (
  select question, period, area, count(p.person) as persons,
    silence(count(distinct place.kommune) filter (expected), count(distinct p.kommune) filter (expected), 1) as status
  from place left join borger_personer as p on p.periode = place.code || 'M01' and p.kommune = place.kommune
  where unit = 'primo' group by all
)
select question, area, period,
  case when worse(spent.status, people.status) = 'ok' and persons > 0 then coalesce(kroner, 0)::double / persons end as value,
  case when worse(spent.status, people.status) = 'ok' and persons = 0 then 'undefined' else worse(spent.status, people.status) end as status
from spent join people using (question, period, area) where expected > 0 or kroner is not null or persons > 0;
