-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Operation on 6.45.50 to 6.45.59 for each who lived there on 1 January.
with each_month as (
  select place.question, place.period, place.area, place.expected, came.kommune is not null as has_come,
    (select sum(beloeb) from oekonomi_posteringer as p where p.periode = place.code and p.kommune = place.kommune
      and dranst = '1' and funktion::integer between 64550 and 64559) as kr
  from place left join came on source = 'oekonomi.posteringer' and came.code = place.code and came.kommune = place.kommune
  where unit = 'M'
), each_primo as (
  select place.question, place.period, place.area, place.expected,
    (select count(*) from borger_personer as b where b.periode = place.code || 'M01' and b.kommune = place.kommune) as n
  from place where unit = 'primo'
), kroner as (
  select question, period, area, sum(kr) as kr, sum(expected::int) as wanted, sum((expected and has_come)::int) as come from each_month group by all
), people as (
  select question, period, area, sum(n) as n, sum(expected::int) as wanted, sum((expected and n > 0)::int) as come from each_primo group by all
), said as (
  select question, period, area, kr, n, kroner.wanted as wanted,
    worse(silence(kroner.wanted, kroner.come, 1), silence(people.wanted, people.come, 1)) as status
  from kroner join people using (question, period, area)
)
select question, area, period, if(status = 'ok' and n > 0, coalesce(kr, 0)::double / n, null) as value,
  if(status = 'ok' and n = 0, 'undefined', status) as status
from said where wanted > 0 or kr is not null or n > 0;
