-- Women of all persons of the same ages: all 126 ages must be there, so only single ages have a share.
create or replace temp view expected_here as
  select * replace (kommune in ('147', '400', '461', '561', '751', '851') as expected) from place_monthly
  where month in (select max(month) from time group by period);
create or replace temp table place as
  select kommune || ' ' || sex || ' ' || age as kommune, month, period, expected,
    area || case getvariable('slice') when 'koen' then '|' || sex when 'alder' then '|' || age else '' end as area
  from expected_here, range(0, 126) as ages (age), (values ('2')) as sexes (sex);
create or replace temp view chosen as
  select *, case getvariable('slice') when 'koen' then 126 when 'alder' then 1 else 126 end as rows_expected
  from folk1a where koen = '2';
create or replace temp table figure as
  select area || ' ' || koen || ' ' || alder as kommune, month, personer as value, 'known' as state from chosen;
create or replace temp table total as
  select area || case getvariable('slice') when 'koen' then '|' || koen when 'alder' then '|' || alder else '' end as area, month,
    case when count(*) >= 1 * any_value(rows_expected) then sum(personer) end as value,
    if(count(*) >= 1 * any_value(rows_expected), 'known', 'incomplete') as state
  from chosen where area <= '085' group by all;
create or replace temp table numerator as from as_sent_or_own_total(1);
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
    case when count(*) >= 1 * any_value(rows_expected) then sum(personer) end as value,
    if(count(*) >= 1 * any_value(rows_expected), 'known', 'incomplete') as state
  from chosen where area <= '085' group by all;
create or replace temp table denominator as from as_sent_or_own_total(1);
from ratio(100);
