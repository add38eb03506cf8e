-- Components of the cube tvaergaaende, by hand: every domain at the grain of period and kommune.
with klasser as (
  select periode, skoleejer as kommune, count(*) as elever
  from {{skole.elever}}
  where klassetype = '10' and skoletype in ('111', '115')
  group by periode, skoleejer, skole, klasse
  having count(*) between 5 and 35 and count(distinct klassetrin) = 1
),
foelger as (
  select *, make_date(cast(left(periode, 4) as integer), cast(right(periode, 2) as integer), 1) as maaned,
    max(ud) over (partition by person order by ind, kontakt rows between unbounded preceding and 1 preceding) as sidst_ud
  from {{sundhed.kontakter}}
),
ophold as (
  select *, sum(case when sidst_ud is null or ind > sidst_ud + interval 4 hours then 1 else 0 end)
    over (partition by person order by ind, kontakt) as nummer
  from foelger
),
indlaeggelser as (
  select arg_min(maaned, (ind, kontakt)) as maaned, arg_min(bopaelskommune, (ind, kontakt)) as kommune,
    arg_min(diagnose, (ind, kontakt)) as diagnose, arg_min(alder, (ind, kontakt)) as alder
  from ophold
  group by person, nummer
  having date_diff('minute', min(ind), max(ud)) >= 720
)
select periode, kommune,
  count(*) as "borger.folketal.personer",
  count(*) as "oekonomi.serviceudgifter_pr_indbygger.indbyggere",
  count(*) filter (aar <= 22) as "ubu.anbragte_pr_1000.borgere",
  count(*) filter (aar >= 65) as "aeldre.andel_hjemmehjaelp.aeldre",
  count(*) filter (aar between 18 and 66) as "voksenhandicap.botilbud_pr_1000.voksne",
  count(*) filter (aar between 16 and 66) as "beskaeftigelse.kontanthjaelp_befolkning_16_66.befolkning"
from (select periode, kommune, try_cast(alder as integer) as aar from {{borger.personer}})
group by all
union all by name
select periode, kommune,
  sum(beloeb) filter (
    (
      dranst = '1'
      and (funktion between '02201' and '05895' or funktion between '22201' and '65276')
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
  ) as "oekonomi.serviceudgifter_pr_indbygger.service"
from {{oekonomi.posteringer}}
group by all
union all by name
select periode, kommune,
  sum(elever) as "skole.klassekvotient.elever",
  count(*) as "skole.klassekvotient.klasser"
from klasser
group by all
union all by name
select periode, kommune,
  count(*) filter (aeldreydelse in ('personlig_pleje', 'praktisk_hjaelp') and try_cast(alder as integer) >= 65)
    as "aeldre.andel_hjemmehjaelp.modtagere"
from {{aeldre.ydelser}}
group by all
union all by name
select periode, betalingskommune as kommune,
  count(*) filter (
    foranstaltning in ('10', '20', '30', '40', '50', '60', '80') and try_cast(alder as integer) <= 22
  ) as "ubu.anbragte_pr_1000.boern"
from {{ubu.foranstaltninger}}
group by all
union all by name
select periode, handlekommune as kommune,
  count(*) filter (paragraf in ('107', '108')) as "voksenhandicap.botilbud_pr_1000.beboere"
from {{voksenhandicap.ydelser}}
group by all
union all by name
select strftime(maaned, '%YM%m') as periode, kommune,
  count(*) filter (
    try_cast(alder as integer) >= 65
    and diagnose in ('A09', 'E86', 'D50', 'J18', 'J44', 'K59', 'L89', 'N30', 'S72', 'E11')
  ) as "sundhed.forebyggelige_indlaeggelser.indlaeggelser"
from indlaeggelser
group by all
union all by name
select periode, kommune,
  sum(timer) filter (forsoergelse in ('130', '140')) as "beskaeftigelse.kontanthjaelp_befolkning_16_66.timer"
from {{beskaeftigelse.uger}}
group by all
order by periode, kommune
