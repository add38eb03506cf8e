-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: aar
-- Debt at the end of the year as a positive figure, for each who lived there on 1 January (dwellings for the elderly left out).
with debt as (
  select kommune, periode as year, sum(ultimo) * -1 as kr from oekonomi_balance where funktion like '955%' and funktion <> '95577' group by all
), people as (
  select kommune, replace(periode, 'M01', '') as year, count(*) as n from borger_personer where periode like '____M01' group by all
), cells as (
  select question, period, area, sum(kr) as kr, sum(n) as n, count(*) filter (expected) as expected,
    count(came.kommune) filter (expected) as with_balance, count(n) filter (expected) as with_people
  from place left join debt on debt.kommune = place.kommune and debt.year = place.code
    left join people on people.kommune = place.kommune and people.year = place.code
    left join came on came.source = 'oekonomi.balance' and came.code = place.code and came.kommune = place.kommune
  where unit = 'Å' group by all
), said as (select *, worse(silence(expected, with_balance, 1), silence(expected, with_people, 1)) as status from cells)
select question, area, period, if(status = 'ok' and n > 0, coalesce(kr, 0)::double / n, null) as value,
  if(status = 'ok' and coalesce(n, 0) = 0, 'undefined', status) as status
from said where expected > 0 or kr is not null or n > 0;
