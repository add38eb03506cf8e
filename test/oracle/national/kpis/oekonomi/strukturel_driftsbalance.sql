-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: aar
-- The original budget: operation with main account 7, a surplus positive, for each who lives there on 1 January.
with budget as (
  select periode, kommune, -sum(beloeb) as kr from oekonomi_budget
  where budgetversion = 'oprindeligt' and (funktion like '7%'
    or (dranst in ('1', '2') and regexp_matches(funktion, '^[02-6]') and funktion <> '53230'
      and not (funktion = '65272' and gruppering in ('001', '002'))))
  group by all
), yearly as (
  select question, period, area, kommune, code as year, bool_or(expected) as expected from place where unit = 'Å' group by all
), facts as (
  select yearly.*, kr, (from came select count(*) where source = 'oekonomi.budget' and came.code = year and came.kommune = yearly.kommune) as has_budget,
    (from borger_personer as b select count(*) where b.kommune = yearly.kommune and b.periode = year || 'M01') as n
  from yearly left join budget on budget.periode = year and budget.kommune = yearly.kommune
), said as (
  select question, period, area, sum(kr) as kr, sum(n) as n, count(*) filter (expected) as wanted,
    worse(silence(count(*) filter (expected), count(*) filter (expected and has_budget > 0), 1),
      silence(count(*) filter (expected), count(*) filter (expected and n > 0), 1)) as status
  from facts group by all
)
select question, area, period, case when status = 'ok' and n > 0 then coalesce(kr, 0)::double / n end as value,
  case when status = 'ok' and n = 0 then 'undefined' else status end as status
from said where wanted > 0 or kr is not null or n > 0;
