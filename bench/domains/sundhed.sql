-- Components of the cube sundhed, by hand.
with kontakter as (
  select *, make_date(cast(left(periode, 4) as integer), cast(right(periode, 2) as integer), 1) as maaned
  from {{sundhed.kontakter}}
),
foelger as (
  select *, max(ud) over (partition by person order by ind, kontakt rows between unbounded preceding and 1 preceding) as sidst_ud
  from kontakter
),
ophold as (
  select *, sum(case when sidst_ud is null or ind > sidst_ud + interval 4 hours then 1 else 0 end)
    over (partition by person order by ind, kontakt) as nummer
  from foelger
),
indlaeggelser as (
  select person, arg_min(maaned, (ind, kontakt)) as maaned, arg_min(bopaelskommune, (ind, kontakt)) as kommune,
    arg_min(diagnose, (ind, kontakt)) as diagnose, arg_min(alder, (ind, kontakt)) as alder,
    arg_min(koen, (ind, kontakt)) as koen, min(ind) as ind, max(ud) as ud
  from ophold
  group by person, nummer
  having date_diff('minute', min(ind), max(ud)) >= 720
),
leveret as (select distinct maaned, bopaelskommune as kommune from kontakter),
fulgte as (
  select *, lead(ind) over (partition by person order by ind) as naeste_ind
  from indlaeggelser
),
dage as (
  select strftime(m.maaned, '%YM%m') as periode, bopaelskommune as kommune, diagnose, alder, koen,
    date_diff('day', greatest(cast(faerdigbehandlet as date), m.maaned), least(cast(ud as date), last_day(m.maaned) + 1)) as dage
  from kontakter
  join (select distinct maaned from kontakter) m
    on cast(faerdigbehandlet as date) <= last_day(m.maaned) and cast(ud as date) >= m.maaned
  where faerdigbehandlet is not null
)
select strftime(maaned, '%YM%m') as periode, kommune, diagnose, alder, koen,
  count(*) filter (
    try_cast(alder as integer) >= 65
    and diagnose in ('A09', 'E86', 'D50', 'J18', 'J44', 'K59', 'L89', 'N30', 'S72', 'E11')
  ) as "sundhed.forebyggelige_indlaeggelser.indlaeggelser"
from indlaeggelser
group by all
union all by name
select strftime(maaned, '%YM%m') as periode, kommune, diagnose, alder, koen,
  count(*) as "sundhed.genindlaeggelser.indlaeggelser",
  count(*) filter (date_diff('day', ud, naeste_ind) <= 30) as "sundhed.genindlaeggelser.genindlagte"
from fulgte
where exists (from leveret l where l.kommune = fulgte.kommune and l.maaned = fulgte.maaned + interval 1 month)
  and exists (from leveret l where l.kommune = fulgte.kommune and l.maaned = fulgte.maaned + interval 2 months)
group by all
union all by name
select periode, kommune, diagnose, alder, koen, sum(dage) filter (try_cast(alder as integer) >= 18) as "sundhed.faerdigbehandlede_sengedage.dage"
from dage
group by all
union all by name
select periode, kommune, genoptraeningstype, alder, koen, count(*) as "sundhed.median_ventetid.ventetid"
from {{sundhed.genoptraening}}
where startet is not null
group by all
union all by name
select periode, kommune, alder, koen, count(*) filter (aeldreydelse = 'hjemmesygepleje') as "sundhed.hjemmesygepleje_modtagere.modtagere"
from {{aeldre.ydelser}}
group by all
union all by name
select periode, kommune, alder, koen,
  count(*) as "sundhed.udgift_pr_indbygger.indbyggere",
  count(*) filter (try_cast(alder as integer) >= 18) as "sundhed.faerdigbehandlede_sengedage.voksne",
  count(*) filter (try_cast(alder as integer) >= 65) as "sundhed.forebyggelige_indlaeggelser.aeldre"
from {{borger.personer}}
group by all
union all by name
select periode, kommune, funktion,
  sum(beloeb) filter (dranst = '1' and funktion between '46281' and '46290') as "sundhed.udgift_pr_indbygger.udgift"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, diagnose, genoptraeningstype, koen, alder, funktion
