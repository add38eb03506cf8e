-- June by the population of 1 January the same year; Aalborg has none for 2026.
select landsdel, 1000 * sum(value)::double / sum(folketal) as value,
  case when count(folketal) = count(*) then 'ok' else 'not_delivered' end as status,
  count(folketal) filter (expected) as delivered, count(*) filter (expected) as expected
from geo left join ledige on ledige.kommune = geo.kommune and month = '2026M06'
  left join folketal on folketal.kommune = geo.kommune and aar = '2026'
where landsdel <> 'uoplyst' group by landsdel;
