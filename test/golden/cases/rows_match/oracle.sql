-- Who of those with two contacts has one in the next month; of March nobody knows, April has not been delivered.
create or replace temp table persons as select bopael as kommune, month, person from kontakter
where bopael <> 'uoplyst' and date_diff('minute', ind, ud) >= 45 and month < '2026M03' group by all having count(*) >= 2;
create or replace temp table later as select person, month, sum(minutter) as minutes from kontakter group by all;
create or replace temp table figure as select kommune, persons.month, count(later.person) as value
from persons left join later on later.person = persons.person and right(later.month, 1)::int = right(persons.month, 1)::int + 1 group by all;
select * from known();
-- Who is not found again has no minutes then, and none is not zero.
create or replace temp table figure as select kommune, persons.month, sum(minutes) as value
from persons left join later on later.person = persons.person and right(later.month, 1)::int = right(persons.month, 1)::int + 1 group by all;
select kommune, month as maaned, value, if(value is null, 'not_applicable', 'ok') as status,
  if(value is null, 0, 1) as delivered, if(value is null, 0, 1) as expected from figure;
