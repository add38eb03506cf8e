-- Aged 80 to 100 by one table, of all persons by the other: six kommuner, the regions and the country.
create or replace temp view expected_here as
  select * replace (kommune in ('147', '400', '461', '561', '751', '851') as expected) from place_monthly
  where month in (select max(month) from time group by period);
create or replace temp table place as
  select kommune || ' ' || sex || ' ' || age as kommune, month, period, expected,
    area || case getvariable('slice') when 'koen' then '|' || sex when 'alder' then '|' || age else '' end as area
  from expected_here, range(80, 101) as ages (age), (values ('1'), ('2')) as sexes (sex);
create or replace temp view chosen as
  select *, case getvariable('slice') when 'koen' then 21 when 'alder' then 2 else 42 end as rows_expected
  from folk1a where alder::int between 80 and 100;
create or replace temp table figure as
  select area || ' ' || koen || ' ' || alder as kommune, month, personer as value, 'known' as state from chosen;
create or replace temp table total as
  select area || case getvariable('slice') when 'koen' then '|' || koen when 'alder' then '|' || alder else '' end as area, month,
    case when count(*) >= 1 * any_value(rows_expected) then sum(personer) end as value,
    if(count(*) >= 1 * any_value(rows_expected), 'known', 'incomplete') as state
  from chosen where area <= '085' group by all;
create or replace temp table numerator as from as_sent_or_own_total(1);
create or replace temp table place as
  select kommune || ' ' || status as kommune, month, period, if(getvariable('slice') = 'civilstand', area || '|' || code, area) as area, expected
  from place_monthly, (values ('Ugift', 'U'), ('Gift/separeret', 'G'), ('Enke/enkemand', 'E'), ('Fraskilt', 'F')) as statuses (status, code)
  where month in (select max(month) from time group by period);
create or replace temp table figure as
  select area || ' ' || civilstand as kommune, month, personer as value, 'known' as state from civilstand
  where area_level = 'kommune' and civilstand <> 'I alt';
create or replace temp table denominator as select *, '' as flags from added_up(1, 'sum');
from ratio(100);
