-- Components of the cube beskaeftigelse_uger, by hand.
with uger as (select *, forsoergelse in ('130', '140') as kontanthjaelp from {{beskaeftigelse.uger}}),
ledige as (
  select *, lag(uge, 41) over (partition by person order by uge) as toogfyrretyvende, min(uge) over () as foerste
  from (
    select *, strptime(replace(periode, 'U', '-') || '-1', '%G-%V-%u') as uge
    from uger
    where forsoergelse in ('111', '113') or (kontanthjaelp and visitationsgruppe = 'jobparat')
  )
)
select periode, kommune, visitationsgruppe, tilbudstype,
  sum(aktiveringstimer) filter (kontanthjaelp) as "beskaeftigelse.aktiveringstimer_andel.aktiveringstimer",
  sum(timer) filter (kontanthjaelp) as "beskaeftigelse.aktiveringstimer_andel.timer",
  count(*) filter (kontanthjaelp and aktiveringstimer > 0) as "beskaeftigelse.beroerte_af_aktivering.beroerte",
  count(*) filter (kontanthjaelp) as "beskaeftigelse.kontanthjaelp_modtagere.modtagere",
  count(*) filter (kontanthjaelp and ordinaere_timer > 0) as "beskaeftigelse.modtagere_med_ordinaere_timer.med_timer",
  sum(timer) filter (forsoergelse in ('111', '113') or (kontanthjaelp and visitationsgruppe = 'jobparat'))
    as "beskaeftigelse.ledighedsprocent_16_66.timer"
from uger
group by all
union all by name
select periode, kommune,
  count(*) filter (try_cast(alder as integer) between 16 and 66) as "beskaeftigelse.kontanthjaelp_befolkning_16_66.befolkning"
from {{borger.personer}}
group by all
union all by name
select periode, kommune, visitationsgruppe, tilbudstype, count(*) as "beskaeftigelse.langtidsledige_52_uger.langtidsledige"
from ledige
where date_diff('day', toogfyrretyvende, uge) < 52 * 7 and date_diff('day', foerste, uge) >= 51 * 7
group by all
order by periode, kommune, visitationsgruppe, tilbudstype
