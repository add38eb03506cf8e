select '000' as land, sum(elever) as value, 'ok' as status, 3 as delivered, 3 as expected from elever where kvartal = '2026K1' and koen = '2';
select '000' as land, sum(elever) as value, 'ok' as status, 6 as delivered, 6 as expected from elever where kvartal = '2026K1';
