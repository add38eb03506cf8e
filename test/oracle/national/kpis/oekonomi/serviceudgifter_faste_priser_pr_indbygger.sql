-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- until: 2026
-- Service expenditure by the draft list since 2018, for each who lived there on 1 January, in kroner of 2026: those of
-- 2025 rise by 2.7 percent. There is no rate after that.
with service as (
  select periode, kommune, sum(beloeb) as kr from oekonomi_posteringer
  where ((dranst = '1' and left(funktion, 1) in ('0', '2', '3', '4', '5', '6')
      and not (funktion like '022%' or funktion in ('02518', '02519', '53230', '46281', '56890', '56891', '56895', '56896', '56897', '56898'))
      and not (funktion like '546%' or funktion like '557%' or funktion between '54865' and '54868' or funktion between '55880' and '55883'))
    or (dranst = '2' and funktion = '52207'))
  group by all
), money as (
  select question, period, area, sum(kr * if(periode < '2026', 1.027, 1.0)) as kr
  from place join service on unit = 'M' and periode = code and service.kommune = place.kommune group by all
), people as (
  select question, period, area, count(*) as n
  from place join borger_personer as b on unit = 'primo' and b.periode = code || 'M01' and b.kommune = place.kommune group by all
), primo as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and (code || 'M01', kommune) in (select (code, kommune) from came where source = 'borger.personer')) as present
  from place where unit = 'primo' group by all
), said as (
  select question, period, area, m.expected, coalesce(kr, 0)::double as kr, coalesce(n, 0) as n,
    worse(silence(m.expected, m.present, 1), silence(primo.expected, primo.present, 1)) as status
  from covered('oekonomi.posteringer', 'M') as m join primo using (question, period, area)
    left join money using (question, period, area) left join people using (question, period, area)
)
select question, area, period, if(status = 'ok' and n > 0, kr / n, null) as value, if(status = 'ok' and n = 0, 'undefined', status) as status
from said where period < '2027' and (expected > 0 or kr <> 0 or n > 0);
