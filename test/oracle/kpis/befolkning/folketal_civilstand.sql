-- The four marital statuses added up, never the row "I alt", nor the rows of regions and the country.
create or replace temp table place as
  select kommune || ' ' || status as kommune, month, period, if(getvariable('slice') = 'civilstand', area || '|' || code, area) as area, expected
  from place_monthly, (values ('Ugift', 'U'), ('Gift/separeret', 'G'), ('Enke/enkemand', 'E'), ('Fraskilt', 'F')) as statuses (status, code)
  where month in (select max(month) from time group by period);
create or replace temp table figure as
  select area || ' ' || civilstand as kommune, month, personer as value, 'known' as state from civilstand
  where area_level = 'kommune' and civilstand <> 'I alt';
from added_up(0.95, 'sum');
