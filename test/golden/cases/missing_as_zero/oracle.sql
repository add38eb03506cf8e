-- Roskilde sent nothing in May, which this definition takes as 0.
select geo.kommune, coalesce(value, 0) as value, 'ok' as status, if(value is null, 0, 1) as delivered, 1 as expected
from geo left join ledige on ledige.kommune = geo.kommune and month = '2026M05' where expected;
