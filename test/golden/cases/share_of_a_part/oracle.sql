-- Of the girls one part a kommune is expected, of all pupils two. The three of unknown sex are pupils too.
select kommune, 100 * sum(elever) filter (koen = '2')::double / sum(elever) as value, 'ok' as status, 1 as delivered, 1 as expected from elever where kvartal = '2026K1' group by kommune;
select kommune, sum(elever) as value, 'ok' as status, 2 as delivered, 2 as expected from elever where kvartal = '2026K1' group by kommune;
