-- Distinct persons: 371 and 372 by the source, 325 of seven kommuner and more in June by us, which is never shown.
select '000' as land, month as maaned, value, 'ok' as status, 7 as delivered, 8 as expected, 'source_total' as flags
from ledighed where maaletal = 'personer' and kommune = '000';
-- Only June has rates; those of nobody's kommune are not applicable.
select '000' as land, '2026M05' as maaned, null as value, 'not_delivered' as status, 0 as delivered, 8 as expected, '' as flags
union all select '000', month, value, 'ok', 8, 8, 'source_total' from ledighed where maaletal = 'procent' and kommune = '000'
union all select 'uoplyst', month, null, 'not_applicable', 0, 0, '' from ledighed where maaletal = 'procent' and kommune = 'uoplyst';
-- The source gives no total for June.
select '000' as land, month as maaned, value, 'ok' as status, 7 as delivered, 8 as expected, 'source_total' as flags from ledighed where maaletal = 'fuldtid' and kommune = '000' and month = '2026M05'
union all select '000', '2026M06', null, 'not_delivered', 8, 8, '';
