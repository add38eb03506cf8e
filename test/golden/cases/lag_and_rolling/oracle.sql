-- Each month beside the one before it. Nothing came of 2025, so January has no month before.
with months as (
  select geo.kommune, m, '2026M0' || m as maaned, value, state
  from geo cross join (values (0), (1), (2), (3)) as months (m) left join ledige on ledige.kommune = geo.kommune and ledige.month = '2026M0' || m
  where geo.kommune in ('101', '147', '461')
)
select now.kommune, now.maaned,
  case when now.value is not null and before.value is not null then now.value - before.value end as value,
  case when now.state is null or before.state is null then 'not_delivered' when now.state = 'suppressed' or before.state = 'suppressed' then 'suppressed' else 'ok' end as status,
  least((now.state = 'known')::int, (coalesce(before.state, 'absent') = 'known')::int) as delivered, 1 as expected
from months as now join months as before on before.kommune = now.kommune and before.m = now.m - 1 where now.m > 0;

-- The mean of three months needs all three; before March one or two of them lie in 2025.
select geo.kommune, '2026M0' || m as maaned,
  case when count(value) = 3 then avg(value) end as value,
  case when count(value) = 3 then 'ok' when count(value) > 0 then 'below_coverage' when m < 3 then 'not_delivered' else 'suppressed' end as status,
  count(value) as delivered, 3 as expected
from geo cross join (values (1), (2), (3)) as months (m)
left join ledige on ledige.kommune = geo.kommune and ledige.month between '2026M0' || greatest(m - 2, 1) and '2026M0' || m
where geo.kommune in ('101', '147', '461') group by geo.kommune, m;
