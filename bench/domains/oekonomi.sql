-- Components of the cube oekonomi, by hand, of the chart of accounts from 2018 on. Budgets and balances are not here:
-- a year of postings has none.
with posteringer as (
  select *,
    (funktion between '02201' and '05895' or funktion between '22201' and '65276') as skattefinansieret
  from {{oekonomi.posteringer}}
)
select periode, kommune, funktion, gruppering,
  sum(beloeb) filter (dranst = '1' and funktion between '64550' and '64559')
    as "oekonomi.administrationsudgifter_pr_indbygger.administration",
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '02201' and '65276')
    as "oekonomi.driftsudgifter_pr_indbygger.drift",
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '02201' and '65276' and art between '10' and '60')
    as "oekonomi.driftsudgifter_brutto_pr_indbygger.drift",
  sum(beloeb) filter (dranst = '1' and funktion = '46281') as "oekonomi.medfinansiering_pr_indbygger.medfinansiering",
  sum(beloeb) filter (
    (
      dranst = '1'
      and skattefinansieret
      and not (
        funktion between '02201' and '02205'
        or funktion in ('02518', '02519', '53230', '46281', '56890')
        or funktion between '54660' and '54665'
        or funktion between '54865' and '54868'
        or funktion between '55771' and '55779'
        or funktion between '55880' and '55883'
        or funktion between '56891' and '56898' and funktion not in ('56892', '56893', '56894')
      )
    )
    or (dranst = '2' and funktion = '52207')
  ) as "oekonomi.serviceudgifter.service",
  sum(beloeb) filter (dranst = '3' and skattefinansieret and funktion <> '02519' and art between '10' and '60')
    as "oekonomi.skattefinansieret_bruttoanlaeg.anlaeg",
  sum(beloeb) filter (
    art <> '00'
    and (
      (
        dranst in ('1', '2')
        and skattefinansieret
        and funktion not between '02201' and '02205'
        and (funktion <> '53230' or (dranst = '1' and gruppering = '005'))
      )
      or (dranst = '7' and funktion between '76280' and '76896')
      or (dranst = '4' and funktion <> '75877')
    )
  ) as "oekonomi.skattefinansieret_driftsresultat.resultat"
from posteringer
group by all
union all by name
select periode, kommune, count(*) as "oekonomi.driftsudgifter_pr_indbygger.indbyggere"
from {{borger.personer}}
group by all
union all by name
select periode, kommune, sum(saldo) as "oekonomi.likviditet_pr_indbygger.saldo"
from {{oekonomi.likviditet}}
group by all
order by periode, kommune, funktion, gruppering
