-- Components of the cube aeldre, by hand.
with ydelser as (
  select *, try_cast(alder as integer) as aar, aeldreydelse in ('personlig_pleje', 'praktisk_hjaelp') as hjemmehjaelp
  from {{aeldre.ydelser}}
),
personer as (select periode, kommune, koen, alder, try_cast(alder as integer) as aar from {{borger.personer}})
select periode, kommune, aeldreydelse, leverandoer, koen, alder,
  count(*) filter (hjemmehjaelp and aar >= 65) as "aeldre.andel_hjemmehjaelp.modtagere",
  count(*) filter (hjemmehjaelp) as "aeldre.visiterede_timer.modtagere",
  sum(visiterede_minutter) filter (hjemmehjaelp) as "aeldre.visiterede_timer.minutter",
  sum(leverede_minutter) filter (hjemmehjaelp) as "aeldre.leveret_andel.leveret"
from ydelser
group by all
union all by name
select periode, kommune, koen, alder,
  count(*) filter (aar >= 65) as "aeldre.andel_hjemmehjaelp.aeldre",
  count(*) filter (aar >= 67) as "aeldre.udgift_pr_67plus.aeldre",
  count(*) filter (aar >= 80) as "aeldre.plejeboligdaekning.aeldre"
from personer
group by all
union all by name
select periode, kommune, boligtype, sum(antal) as "aeldre.plejeboligdaekning.pladser"
from {{aeldre.pladser}}
group by all
union all by name
select periode, kommune, funktion,
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '53026' and '53036') as "aeldre.udgift_pr_67plus.udgift",
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '53026' and '53036' and art between '10' and '60')
    as "aeldre.bruttoudgift_pr_67plus.udgift"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, aeldreydelse, leverandoer, koen, alder, boligtype, funktion
