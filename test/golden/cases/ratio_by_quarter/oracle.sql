-- Each kommune's mean of months by its population; every expected month must be known. Of Christiansø
-- nobody expects a row: a month that came without one counts in the mean, so that the means add up.
with months as (
  select kommune, expected, '2026K' || q as kvartal, '2026M' || lpad((q * 3 - 3 + m)::varchar, 2, '0') as month
  from geo, range(1, 5) as quarters (q), range(1, 4) as months (m) where landsdel in ('01', '05')
)
select kommune, kvartal, case when status = 'ok' then value end as value, status, delivered, expected from (
  select kommune, kvartal, 1000 * sum(value)::double / case when kommune = '411' then count(came.month) else count(value) end / any_value(folketal) as value,
    count(value) filter (months.expected) as delivered, count(*) filter (months.expected) as expected,
    case when count(value) = 0 then 'not_delivered' when count(value) < 3 and kommune <> '411' then 'below_coverage' else 'ok' end as status
  from months left join ledige using (kommune, month) left join (select distinct month from ledighed) as came on came.month = months.month left join folketal on folketal.kommune = months.kommune and aar = '2026'
  group by kommune, kvartal
);
