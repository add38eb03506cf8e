-- Components of the cube borger, by hand: one branch for each source and kommune role.
with personer as (
  select periode, kommune, koen, alder, try_cast(alder as integer) as aar,
    date_diff('year', foedt, dag) - case when strftime(foedt, '%m%d') > strftime(dag, '%m%d') then 1 else 0 end as alder_nu
  from (
    select *, make_date(cast(left(periode, 4) as integer), cast(right(periode, 2) as integer), 1) as dag
    from {{borger.personer}}
  )
)
select periode, kommune, koen, alder,
  count(*) as "borger.folketal.personer",
  count(*) filter (aar >= 80) as "borger.andel_80plus.aeldre",
  count(*) filter (aar <= 16) as "borger.forsoergerbroek.unge",
  count(*) filter (aar >= 65) as "borger.forsoergerbroek.aeldre",
  count(*) filter (aar between 17 and 64) as "borger.forsoergerbroek.midt",
  sum(alder_nu) as "borger.gennemsnitsalder.alder"
from personer
group by all
union all by name
select periode, fra_kommune as kommune, koen, alder, count(*) as "borger.nettotilflytning_pr_1000.fraflyttede"
from {{borger.flytninger}}
group by all
union all by name
select periode, til_kommune as kommune, koen, alder, count(*) as "borger.nettotilflytning_pr_1000.tilflyttede"
from {{borger.flytninger}}
group by all
union all by name
select periode, kommune, koen, alder, count(*) filter (haendelse = 'foedsel') as "borger.foedte_pr_1000.foedte"
from {{borger.haendelser}}
group by all
union all by name
select periode, kommune, sum(personer) as "borger.folketalsafvigelse.dst"
from {{dst.folketal}}
group by all
order by periode, kommune, koen, alder
