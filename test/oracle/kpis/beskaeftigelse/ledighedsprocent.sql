-- The rate that STAR publishes: by kommune and for the country, and nothing between.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'totalRate' and kommune <> '000';
create or replace temp table total as
  select kommune as area, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'totalRate' and kommune = '000';
from as_sent_or_own_total(1);
