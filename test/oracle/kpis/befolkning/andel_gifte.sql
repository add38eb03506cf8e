-- The married of all persons.
create or replace temp table place as
  select kommune || ' ' || status as kommune, month, period, if(getvariable('slice') = 'civilstand', area || '|' || code, area) as area, expected
  from place_monthly, (values ('Gift/separeret', 'G')) as statuses (status, code)
  where month in (select max(month) from time group by period);
create or replace temp table figure as
  select area || ' ' || civilstand as kommune, month, personer as value, 'known' as state from civilstand
  where area_level = 'kommune' and civilstand <> 'I alt';
create or replace temp table numerator as select *, '' as flags from added_up(1, 'sum');
create or replace temp table place as
  select kommune || ' ' || status as kommune, month, period, if(getvariable('slice') = 'civilstand', area || '|' || code, area) as area, expected
  from place_monthly, (values ('Ugift', 'U'), ('Gift/separeret', 'G'), ('Enke/enkemand', 'E'), ('Fraskilt', 'F')) as statuses (status, code)
  where month in (select max(month) from time group by period);
create or replace temp table figure as
  select area || ' ' || civilstand as kommune, month, personer as value, 'known' as state from civilstand
  where area_level = 'kommune' and civilstand <> 'I alt';
create or replace temp table denominator as select *, '' as flags from added_up(1, 'sum');
from ratio(100);
