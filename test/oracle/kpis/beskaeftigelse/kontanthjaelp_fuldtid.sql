-- Full-time persons on cash assistance add, unlike persons. A period is the mean of its months.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'cashAssistance' and maaletal = 'fullTime' and kommune <> '000';
from added_up(0.95, 'mean');
