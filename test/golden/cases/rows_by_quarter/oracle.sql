-- Persons of the first quarter: the only one of which every month has come.
create or replace temp table persons as
select if(bopael in ('461', '751'), bopael, coalesce(behandler, 'uoplyst')) as kommune, person, min(minutter) as least from kontakter group by all;
select kommune, '2026K1' as kvartal, count(*) as value, 'ok' as status, 1 as delivered, 1 as expected from persons group by all;
select kommune, '2026K1' as kvartal, sum(least) as value, 'ok' as status, 1 as delivered, 1 as expected from persons group by all;
