create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, kommune as area, expected from geo;
select area as kommune, value, status, delivered, expected from added_up(0.85, 'mean') order by value desc limit 3;
select kommune, 1000 * value::double / folketal as value, 'ok' as status, 1 as delivered, 1 as expected
from ledige join folketal using (kommune) where month = '2026M06' and aar = '2026' order by ledige.value desc limit 3;
