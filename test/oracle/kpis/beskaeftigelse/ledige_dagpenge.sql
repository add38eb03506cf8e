-- The unemployed on unemployment benefit. A period is the mean of its months.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'dagpenge' and kommune <> '000';
from added_up(0.95, 'mean');
