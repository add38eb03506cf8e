-- Where they were treated, else where they live.
create or replace temp table figure as select coalesce(behandler, nullif(bopael, 'uoplyst'), 'uoplyst') as kommune, month, count(*) as value from kontakter group by all;
select * from known();
