-- Components of the cube personale, by hand.
select periode, kommune, funktion, stillingskategori,
  sum(egen_sygdom + arbejdsskade) as "personale.sygefravaer.fravaer",
  sum(aktive_dage) as "personale.sygefravaer.dage",
  sum(egen_sygdom + arbejdsskade) filter (funktion = '32201') as "personale.sygefravaer_laerere.fravaer",
  sum(aktive_dage) filter (funktion = '32201') as "personale.sygefravaer_laerere.dage",
  sum(fuldtid) as "personale.fuldtidsstillinger_pr_1000.stillinger",
  sum(bruttoloen) as "personale.loen_pr_fuldtidsstilling.loen",
  count(ansat) as "personale.personaleomsaetning.ansatte",
  count(ansat) filter (fratraadt is not null) as "personale.personaleomsaetning.fratraadte"
from {{personale.ansaettelser}}
group by all
union all by name
select periode, kommune, count(*) as "personale.fuldtidsstillinger_pr_1000.indbyggere"
from {{borger.personer}}
group by all
union all by name
select periode, kommune, funktion,
  sum(beloeb) filter (dranst = '1' and funktion < '7' and art like '1%') as "personale.bruttoloen_pr_fuldtidsstilling.loen"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, funktion, stillingskategori
