-- The unemployed per 1,000 inhabitants on 1 January of the year that the period ends in. All must be known.
create or replace temp table figure as
  select kommune, month, value, state from star
  where datasaet = 'unemployment' and maaletal = 'total' and kommune <> '000';
create or replace temp table numerator as select *, '' as flags from added_up(1, 'mean');
create or replace temp table figure as select kommune, aar as month, personer as value, 'known' as state from folketal;
create or replace temp table place as from place_primo;
create or replace temp table denominator as select *, '' as flags from added_up(1, 'sum');
from ratio(1000);
