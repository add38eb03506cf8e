-- A mean of three months of the source's own; of the second quarter it gives two. The unknown are their
-- own total; in February they are suppressed, and no mean of the other two months stands for the quarter.
select '000' as land, '2026K1' as kvartal, avg(value) as value, 'ok' as status, 23 as delivered, 24 as expected, 'source_total' as flags
from ledighed where maaletal = 'fuldtid' and kommune = '000' and month <= '2026M03'
union all select '000', '2026K2', null, 'below_coverage', 22, 24, ''
union all select 'uoplyst', '2026K1', null, case when bool_or(state = 'suppressed') then 'suppressed' end, 0, 0, '' from ledige where kommune = 'uoplyst';
