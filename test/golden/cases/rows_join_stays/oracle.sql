-- Person 1 is back within four hours and person 4 a minute too late; person 2's second contact never ended, so all later ones are in it.
create or replace temp table stays as
  select * from (values
    ('101', '2026M01', 50), ('461', '2026M01', 59), ('751', '2026M01', 0), ('101', '2026M02', 592), ('461', '2026M02', null),
    ('751', '2026M02', 4), ('751', '2026M02', 14), ('uoplyst', '2026M03', 24), ('101', '2026M03', 12)) as stay(kommune, month, hours);
create or replace temp table figure as select kommune, month, count(*) as value from stays group by all;
select * from known();
create or replace temp table figure as select kommune, month, sum(hours) as value from stays group by all;
select kommune, month as maaned, value, if(value is null, 'not_applicable', 'ok') as status,
  if(kommune = 'uoplyst' or value is null, 0, 1) as delivered, if(kommune = 'uoplyst' or value is null, 0, 1) as expected from figure;
