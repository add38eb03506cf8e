-- Components of the cube ubu, by hand.
with perioder as (
  select *, coalesce(slut, last_day(make_date(cast(left(periode, 4) as integer), cast(right(periode, 2) as integer), 1))) as til
  from {{ubu.foranstaltninger}}
),
foranstaltninger as (
  select *, try_cast(alder as integer) as aar, foranstaltning in ('10', '20', '30', '40', '50', '60', '80') as anbragt,
    date_diff('month', start, til) - case when day(til) < day(start) then 1 else 0 end as maaneder
  from perioder
)
select periode, betalingskommune as kommune, alder, koen,
  count(*) filter (anbragt and aar <= 22) as "ubu.anbragte_pr_1000.boern",
  count(*) filter (foranstaltning = '20') as "ubu.varighed_eget_vaerelse.boern",
  sum(maaneder) filter (foranstaltning = '20') as "ubu.varighed_eget_vaerelse.maaneder",
  count(*) filter (foranstaltning = '80') as "ubu.varighed_kommunal_plejefamilie.boern",
  sum(maaneder) filter (foranstaltning = '80') as "ubu.varighed_kommunal_plejefamilie.maaneder"
from foranstaltninger
group by all
union all by name
select periode, handlekommune as kommune, alder, koen,
  count(*) filter (anbragt and aar <= 22) as "ubu.anbragte_pr_1000_handlekommune.boern"
from foranstaltninger
group by all
union all by name
select periode, kommune, alder, koen, count(*) filter (try_cast(alder as integer) <= 17) as "ubu.underrettede_boern_pr_1000.boern"
from {{ubu.underretninger}}
group by all
union all by name
select periode, kommune, alder, koen,
  count(*) filter (try_cast(alder as integer) <= 22) as "ubu.anbragte_pr_1000.borgere",
  count(*) filter (try_cast(alder as integer) <= 17) as "ubu.underrettede_boern_pr_1000.borgere"
from {{borger.personer}}
group by all
union all by name
select periode, kommune,
  sum(beloeb) filter (dranst in ('1', '2') and funktion between '52820' and '52824') as "ubu.nettodriftsudgift_pr_0_22.udgifter"
from {{oekonomi.posteringer}}
group by all
order by periode, kommune, alder, koen
