-- Of all unemployed of June, those of a region that the filter leaves out too.
select region, 100 * sum(value)::double / (select sum(value) from ledige where month = '2026M06') as value, 'ok' as status,
  count(*) filter (expected) as delivered, count(*) filter (expected) as expected
from ledige join geo using (kommune) where month = '2026M06' and region <> '083' group by region;

-- The mean of the kommuner's own figures, each of them once, Christiansø too; coverage counts those who are expected.
-- Nobody has counted Aalborg, so its region has no mean.
select region, case when bool_and(folketal is not null) then avg(1000 * value::double / folketal) end as value,
  case when bool_and(folketal is not null) then 'ok' else 'not_delivered' end as status,
  count(folketal) filter (expected) as delivered, count(*) filter (expected) as expected
from ledige join geo using (kommune) left join folketal on folketal.kommune = geo.kommune and aar = '2026'
where month = '2026M06' and region not in ('083', 'uoplyst') group by region;
