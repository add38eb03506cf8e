-- By sex and age: of six kommuner, and of regions and the country as the source gives them. Age 38 and all ages
-- above 100 are missing: 100 of 126 ages are known, and three of four are enough.
create or replace temp view expected_here as
  select * replace (kommune in ('147', '400', '461', '561', '751', '851') as expected) from place_monthly
  where month in (select max(month) from time group by period);
create or replace temp table place as
  select kommune || ' ' || sex || ' ' || age as kommune, month, period, expected,
    area || case getvariable('slice') when 'koen' then '|' || sex when 'alder' then '|' || age else '' end as area
  from expected_here, range(0, 126) as ages (age), (values ('1'), ('2')) as sexes (sex);
create or replace temp view chosen as
  select *, case getvariable('slice') when 'koen' then 126 when 'alder' then 2 else 252 end as rows_expected
  from folk1a;
create or replace temp table figure as
  select area || ' ' || koen || ' ' || alder as kommune, month, personer as value, 'known' as state from chosen;
create or replace temp table total as
  select area || case getvariable('slice') when 'koen' then '|' || koen when 'alder' then '|' || alder else '' end as area, month,
    case when count(*) >= 0.75 * any_value(rows_expected) then sum(personer) end as value,
    if(count(*) >= 0.75 * any_value(rows_expected), 'known', 'incomplete') as state
  from chosen where area <= '085' group by all;
from as_sent_or_own_total(0.75);
