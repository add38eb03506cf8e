-- The long-term unemployed on cash assistance: nine of ten kommuner are enough. A period is the mean of its months.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'longterm' and maaletal = 'kontanthjaelp' and kommune <> '000';
from added_up(0.9, 'mean');
