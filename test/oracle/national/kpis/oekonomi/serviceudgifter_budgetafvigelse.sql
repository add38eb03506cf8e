-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: aar
-- Service expenditure of the year against that of its original budget, by the draft list since 2018.
with actual as (
  select periode, kommune, sum(beloeb) as kr from oekonomi_posteringer
  where ((dranst = '1' and left(funktion, 1) in ('0', '2', '3', '4', '5', '6')
      and not (funktion like '022%' or funktion in ('02518', '02519', '53230', '46281', '56890', '56891', '56895', '56896', '56897', '56898'))
      and not (funktion like '546%' or funktion like '557%' or funktion between '54865' and '54868' or funktion between '55880' and '55883'))
    or (dranst = '2' and funktion = '52207'))
  group by all
), budget as (
  select periode, kommune, sum(beloeb) as kr from oekonomi_budget
  where budgetversion = 'oprindeligt' and ((dranst = '1' and left(funktion, 1) in ('0', '2', '3', '4', '5', '6')
      and not (funktion like '022%' or funktion in ('02518', '02519', '53230', '46281', '56890', '56891', '56895', '56896', '56897', '56898'))
      and not (funktion like '546%' or funktion like '557%' or funktion between '54865' and '54868' or funktion between '55880' and '55883'))
    or (dranst = '2' and funktion = '52207'))
  group by all
), spent as (
  select question, period, area, sum(kr) as kr from place join actual on unit = 'M' and periode = code and actual.kommune = place.kommune group by all
), planned as (
  select question, period, area, sum(kr) as kr from place join budget on unit = 'Å' and periode = code and budget.kommune = place.kommune group by all
), said as (
  select question, period, area, a.expected, coalesce(spent.kr, 0) as spent, coalesce(planned.kr, 0) as planned,
    worse(silence(a.expected, a.present, 1), silence(b.expected, b.present, 1)) as status
  from covered('oekonomi.posteringer', 'M') as a join covered('oekonomi.budget', 'Å') as b using (question, period, area)
    left join spent using (question, period, area) left join planned using (question, period, area)
)
select question, area, period, case when status = 'ok' and planned <> 0 then 100 * (spent - planned)::double / planned end as value,
  case when status = 'ok' and planned = 0 then 'undefined' else status end as status
from said where expected > 0 or spent <> 0 or planned <> 0;
