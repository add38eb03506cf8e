-- Kroner per inhabitant in each function, weighted by the inhabitants of 2026 above the kommuner; three of
-- four kommuner must be known. For the country the source's own figure stands where it gives one.
create or replace temp view functions as select distinct funktion from regk31;
create or replace temp table figure as
  select kommune || ' ' || funktion as kommune, aar as month, kr as value, 'known' as state from regk31 where kommune <> '000';
create or replace temp table place as
  select kommune || ' ' || funktion as kommune, month, period, area || '|' || funktion as area, expected from place_monthly, functions;
with mean as (
  select area, period, sum(value * personer)::double / sum(personer) as value, count(*) as amounts
  from place join figure using (kommune, month) join folketal on folketal.kommune = left(place.kommune, 3) and aar = '2026'
  group by area, period
), own as (
  select '000|' || funktion as area, kr from regk31 where kommune = '000' and getvariable('level') = 'land'
)
select area, period, if(own.kr is not null and period = '2024', own.kr, case when status = 'ok' then mean.value end) as value, status, delivered, expected,
  case when status <> 'ok' or mean.amounts = 1 and own.kr is null then '' when own.kr is not null then 'source_total' else 'imputed weighted' end as flags
from added_up(0.75, 'sum') left join mean using (area, period) left join own using (area);
