-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Service expenditure by the draft list since 2018, for each who lived there on 1 January. A kommune that lacks a month
-- that anybody has come with, or the 1 January, is out of both; 95 percent of what was expected must be left of each.
with service as (
  select periode, kommune, sum(beloeb) as kr from oekonomi_posteringer
  where ((dranst = '1' and left(funktion, 1) in ('0', '2', '3', '4', '5', '6')
      and not (funktion like '022%' or funktion in ('02518', '02519', '53230', '46281', '56890', '56891', '56895', '56896', '56897', '56898'))
      and not (funktion like '546%' or funktion like '557%' or funktion between '54865' and '54868' or funktion between '55880' and '55883'))
    or (dranst = '2' and funktion = '52207'))
  group by all
), held as (select distinct code from came where source = 'oekonomi.posteringer'
), kommuner as (
  select question, period, area, place.kommune, bool_or(expected) as expected,
    count(*) filter (unit = 'M') as months, count(*) filter (unit = 'M' and code in (from held)) as to_come,
    count(*) filter (unit = 'M' and (code, place.kommune) in (select (code, kommune) from came where source = 'oekonomi.posteringer')) as come,
    coalesce(sum((select sum(kr) from service where unit = 'M' and service.kommune = place.kommune and service.periode = place.code)), 0) as kr,
    sum((select count(*) from borger_personer as b where unit = 'primo' and b.kommune = place.kommune and b.periode = place.code || 'M01')) as n
  from place where unit in ('M', 'primo') group by all
), said as (
  select question, period, area, sum(kr) filter (known) as kr, sum(n) filter (known) as n,
    sum(months) filter (expected) as months, coalesce(sum(come) filter (known and expected), 0) as come,
    count(*) filter (expected) as all_of_them, count(*) filter (known and expected) as left_of_them
  from (select *, come = to_come and come > 0 and n > 0 as known from kommuner) group by all
), judged as (
  select *, worse(silence(months, come, 0.95), silence(all_of_them, left_of_them, 0.95)) as status from said where all_of_them > 0
)
select question, area, period, case when status = 'ok' and n > 0 then kr::double / n end as value,
  case when status = 'ok' and coalesce(n, 0) = 0 then 'undefined' else status end as status
from judged;
