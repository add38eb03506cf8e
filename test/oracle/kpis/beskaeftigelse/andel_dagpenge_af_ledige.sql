-- Of all unemployed, at every level, from the parts of that level.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'dagpenge' and kommune <> '000';
create or replace temp table numerator as select *, '' as flags from added_up(1, 'mean');
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'total' and kommune <> '000';
create or replace temp table denominator as select *, '' as flags from added_up(1, 'mean');
from ratio(100);
