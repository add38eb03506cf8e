-- cube: beskaeftigelse_uger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Hours of cash assistance of each week by 37, and the mean of the weeks that have come.
with weekly as (
  select question, period, area, place.code as week, bool_or(came.kommune is not null) as came,
    coalesce(sum(h.hours), 0) as hours
  from place
    left join came on source = 'beskaeftigelse.uger' and came.code = place.code and came.kommune = place.kommune
    left join (
      select periode, kommune, sum(timer) as hours from beskaeftigelse_uger where forsoergelse in ('130', '140') group by all
    ) as h on h.periode = place.code and h.kommune = place.kommune
  where unit = 'U' group by all
), mean as (
  select question, period, area, avg(hours) filter (came) / 37 as value from weekly group by all
)
select question, area, period, case silence(expected, present, 0.95) when 'ok' then value end as value,
  silence(expected, present, 0.95) as status
from covered('beskaeftigelse.uger', 'U') join mean using (question, period, area)
where expected > 0;
