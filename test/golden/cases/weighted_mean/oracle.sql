-- Kroner per inhabitant, weighted by the inhabitants of 2026; Aalborg has no weight, Roskilde no amount for 02820.
-- Where one kommune alone has an amount, nothing is weighed: the region's figure is the kommune's own.
select region, funktion, case when status = 'ok' then value end as value, status, delivered, expected, case when status = 'ok' and amounts > 1 then 'imputed weighted' else '' end as flags from (
  select region, part.funktion, if(count(kr) = 1, sum(kr), sum(kr * folketal)::double / sum(folketal) filter (kr is not null)) as value, count(kr) as amounts,
    if(count(kr) = 1, 1, count(kr * folketal)) as delivered, count(*) as expected,
    case when delivered = 0 then 'not_delivered' when delivered < 0.6 * count(*) then 'below_coverage' else 'ok' end as status
  from (select * from geo, (select distinct funktion from drift) where expected) as part
    left join drift on drift.kommune = part.kommune and drift.funktion = part.funktion
    left join folketal on folketal.kommune = part.kommune and folketal.aar = '2026'
  group by region, part.funktion
);
