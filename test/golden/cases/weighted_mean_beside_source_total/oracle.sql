-- The source's own total of two functions stands; the third has none, and is our mean of five.
select '000' as land, funktion, kr as value, 'ok' as status,
  (select count(kr) from drift as own join folketal using (kommune) where own.funktion = drift.funktion and folketal.aar = '2026') as delivered,
  8 as expected, 'source_total' as flags
from drift where kommune = '000'
union all
select '000', '32205', sum(kr * folketal)::double / sum(folketal), 'ok', count(*), 8, 'imputed weighted'
from drift join folketal using (kommune) where funktion = '32205' and folketal.aar = '2026';
