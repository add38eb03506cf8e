-- As published: kommuner, municipality groups, regions and the country have rows of their own.
create or replace temp table figure as select area as kommune, month, kr as value, 'known' as state from regk11 where area_level = 'kommune';
create or replace temp table total as
  select area, month, kr as value, 'known' as state from regk11 where area_level = getvariable('level');
from as_sent_or_own_total(1);
