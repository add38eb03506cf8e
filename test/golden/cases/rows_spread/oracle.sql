-- In hospital on the last day of the month; nobody knows of an end that is not there.
create or replace temp table figure as
select bopael as kommune, strftime(day, '%YM%m') as month, count(*) as value
from kontakter, (values (date '2026-01-31'), (date '2026-02-28'), (date '2026-03-31')) as days(day)
where ind::date <= day and (ud is null or ud::date >= day) group by all;
select * from known();
