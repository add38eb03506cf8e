-- The next contact begins within thirty days after this one has ended, in whatever month.
create or replace temp table figure as
select bopael as kommune, month, count(*) filter (exists (
  from kontakter as other where other.person = this.person and other.ind > this.ind and this.ud is not null
    and other.ind = (select min(ind) from kontakter as third where third.person = this.person and third.ind > this.ind)
    and other.ind::date - this.ud::date <= 30)) as value
from kontakter as this group by all;
select * from known();
create or replace temp table figure as
select bopael as kommune, month, sum(before) as value from (
  select *, (select minutter from kontakter as other where other.person = this.person and other.ind < this.ind order by ind desc limit 1) as before
  from kontakter as this) group by all;
select kommune, month as maaned, value, if(value is null, 'not_applicable', 'ok') as status,
  if(kommune = 'uoplyst' or value is null, 0, 1) as delivered, if(kommune = 'uoplyst' or value is null, 0, 1) as expected from figure;
