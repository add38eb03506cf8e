-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- What is posted on operation, grants, taxes and interest, a surplus negative, for each who lived there on 1 January.
with posted as (
  select kommune, periode, left(funktion, 1) as hk, left(funktion, 3) as hf, * exclude (kommune, periode)
  from oekonomi_posteringer where art not like '0%'
), counted as (
  select kommune, periode, beloeb from posted
  where dranst in ('1', '2') and hk in ('0', '2', '3', '4', '5', '6') and hf <> '022' and funktion <> '53230'
  union all
  select kommune, periode, beloeb from posted where funktion = '53230' and dranst = '1' and gruppering = '005'
  union all
  select kommune, periode, beloeb from posted where dranst = '7' and hf in ('762', '765', '768')
  union all
  select kommune, periode, beloeb from posted where dranst = '4' and funktion <> '75877'
), top as (
  select question, period, area, sum(beloeb) as kr from place join counted on unit = 'M' and code = periode and counted.kommune = place.kommune group by all
), bottom as (
  select question, period, area, count(*) as n from place join borger_personer as p on unit = 'primo' and p.periode = code || 'M01' and p.kommune = place.kommune group by all
), primo as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and exists (from came where source = 'borger.personer' and came.code = place.code || 'M01' and came.kommune = place.kommune)) as present
  from place where unit = 'primo' group by all
), said as (
  select question, period, area, m.expected, kr, n,
    worse(silence(m.expected, m.present, 1), silence(primo.expected, primo.present, 1)) as status
  from covered('oekonomi.posteringer', 'M') as m join primo using (question, period, area)
    left join top using (question, period, area) left join bottom using (question, period, area)
)
select question, area, period, case when status = 'ok' and n > 0 then coalesce(kr, 0)::double / n end as value,
  case when status = 'ok' and coalesce(n, 0) = 0 then 'undefined' else status end as status
from said where expected > 0 or kr is not null or n > 0;
