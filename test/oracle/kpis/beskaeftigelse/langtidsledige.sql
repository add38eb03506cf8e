-- The long-term unemployed, of kommuner that have a row. A period is the mean of its months.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'longterm' and maaletal = 'total' and kommune <> '000';
from added_up(0.95, 'mean');
