-- Components of the cube voksenhandicap, by hand.
select periode, handlekommune as kommune, paragraf, alder, koen,
  count(*) as "voksenhandicap.andel_beskyttet_beskaeftigelse.modtagere",
  count(*) filter (paragraf = '103') as "voksenhandicap.andel_beskyttet_beskaeftigelse.beskyttede",
  count(*) filter (paragraf in ('107', '108')) as "voksenhandicap.botilbud_pr_1000.beboere",
  count(*) filter (paragraf = '108') as "voksenhandicap.udgift_pr_helaarsplads.personmaaneder"
from {{voksenhandicap.ydelser}}
group by all
union all by name
select periode, kommune, koen, alder,
  count(*) filter (try_cast(alder as integer) between 18 and 66) as "voksenhandicap.botilbud_pr_1000.voksne"
from {{borger.personer}}
group by all
union all by name
select periode, kommune, funktion, ejerforhold,
  sum(beloeb) filter (dranst in ('1', '2') and funktion = '53850') as "voksenhandicap.udgift_pr_helaarsplads.udgift",
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '53838' and '53859') as "voksenhandicap.udgift_pr_voksen.udgift"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, paragraf, koen, alder, funktion, ejerforhold
