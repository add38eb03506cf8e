-- Components of the cube skole, by hand.
with elever as (
  select *, case when betalingskommune = 'uoplyst' then bopaelskommune else betalingskommune end as betaler
  from {{skole.elever}}
),
klasser as (
  select periode, skoleejer as kommune, min(try_cast(klassetrin as integer)) as klassetrin, count(*) as elever
  from elever
  where klassetype = '10' and skoletype in ('111', '115')
  group by periode, skoleejer, skole, klasse
  having count(*) between 5 and 35 and count(distinct klassetrin) = 1
),
fravaer as (
  select periode, elev, skoleejer, klassetype, klassetrin, koen, sum(dage) as dage, max(skoledage) as skoledage
  from {{skole.fravaer}}
  group by all
)
select periode, skoleejer as kommune, klassetrin, koen,
  count(*) filter (klassetype in ('10', '20', '29')) as "skole.andel_specialklasse.alle",
  count(*) filter (klassetype in ('20', '29')) as "skole.andel_specialklasse.special",
  count(*) filter (ejerkode = '2') as "skole.skolestoerrelse.elever",
  count(*) filter (ejerkode = '2' and skoletype <> '115' and skole is not null) as "skole.skolestoerrelse.skoler"
from elever
group by all
union all by name
select periode, betaler as kommune, klassetrin, koen,
  count(*) filter (klassetype in ('10', '20', '29')) as "skole.andel_specialklasse_betaling.alle",
  count(*) filter (klassetype in ('20', '29')) as "skole.andel_specialklasse_betaling.special",
  count(*) filter (klassetrin = '0') as "skole.sen_skolestart.alle",
  count(*) filter (klassetrin = '0' and cast(left(periode, 4) as integer) - year(foedt) >= 7) as "skole.sen_skolestart.sene"
from elever
group by all
union all by name
select periode, bopaelskommune as kommune, klassetrin, koen,
  count(*) filter (ejerkode in ('2', '3')) as "skole.segregeringsgrad.alle",
  count(*) filter (ejerkode in ('2', '3') and (klassetype in ('20', '29') or skoletype = '121'))
    as "skole.segregeringsgrad.segregerede",
  count(*) filter (ejerkode = '2') as "skole.udgift_pr_folkeskoleelev.elever"
from elever
group by all
union all by name
select periode, kommune, cast(klassetrin as varchar) as klassetrin,
  sum(elever) as "skole.klassekvotient.elever",
  count(*) as "skole.klassekvotient.klasser",
  sum(elever) filter (klassetrin = 4) as "skole.klassekvotient_4_klasse.elever",
  count(*) filter (klassetrin = 4) as "skole.klassekvotient_4_klasse.klasser"
from klasser
group by all
union all by name
select periode, skoleejer as kommune, klassetrin, koen,
  count(*) as "skole.andel_hoejt_fravaer.alle",
  count(*) filter (dage * 10 > skoledage) as "skole.andel_hoejt_fravaer.hoejt",
  sum(skoledage) as "skole.elevfravaer.skoledage"
from fravaer
group by all
union all by name
select periode, skoleejer as kommune, klassetrin, koen, fravaersaarsag, sum(dage) as "skole.elevfravaer.fravaer"
from {{skole.fravaer}}
group by all
union all by name
select periode, kommune, koen, sum(fuldtid) as "skole.elev_laerer_ratio.laerere"
from {{personale.ansaettelser}}
where funktion = '32201' and stillingskategori = '20' and ansaettelsesform in ('1', '2') and ejerforhold = '1'
group by all
union all by name
select periode, kommune,
  sum(beloeb) filter (dranst in ('1', '2') and funktion = '32201') as "skole.udgift_pr_folkeskoleelev.udgifter"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, klassetrin, koen, fravaersaarsag
