-- On cash assistance, of all unemployed: by kommune, and for the country by STAR's own rows for both.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'kontanthjaelp' and kommune <> '000';
create or replace temp table total as
  select kommune as area, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'kontanthjaelp' and kommune = '000';
create or replace temp table numerator as from as_sent_or_own_total(1);
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'total' and kommune <> '000';
create or replace temp table total as
  select kommune as area, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'total' and kommune = '000';
create or replace temp table denominator as from as_sent_or_own_total(1);
from ratio(100);
