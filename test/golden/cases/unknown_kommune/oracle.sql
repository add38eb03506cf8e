-- Nobody expects them; what came is what there is.
select kommune, month as maaned, value, if(state = 'known', 'ok', state) as status, 0 as delivered, 0 as expected from ledige where kommune = 'uoplyst';
select kommune, month as maaned, value, if(state = 'known', 'ok', state) as status, 0 as delivered, 0 as expected from ledighed where maaletal = 'procent' and kommune = 'uoplyst';
-- This definition takes what is missing as 0, also where it is suppressed, and in June.
select kommune, month as maaned, coalesce(value, 0) as value, 'ok' as status, 0 as delivered, 0 as expected from ledige where kommune = 'uoplyst'
union all select 'uoplyst', '2026M06', 0, 'ok', 0, 0;
