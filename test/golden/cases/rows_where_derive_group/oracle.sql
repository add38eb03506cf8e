-- Persons with two contacts of 45 minutes in a month, or one in March; a contact without an end has no length.
create or replace temp table persons as select bopael as kommune, month, person, count(*) as n, max(ind) as newest,
  count(distinct (ind::date, behandler)) filter (behandler is not null) + count(distinct ind::date) filter (behandler is null) as days,
  sum(date_diff('minute', ind, ud) // 60 + 0.5) as hours
from kontakter where bopael <> 'uoplyst' and date_diff('minute', ind, ud) >= 45 group by all having count(*) >= 2 or max(ind) >= '2026-03-01';
create or replace temp table figure as select kommune, month, count(*) as value from persons group by all;
select * from known();
create or replace temp table figure as select kommune, month, sum(days) as value from persons group by all;
select * from known();
create or replace temp table figure as select kommune, month, sum(hours) as value from persons group by all;
select * from known();
