-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Days of own illness and work injury out of a hundred active days, of the kommuner and months that came; 95 percent must have.
with came_in as (
  select kommune, periode as code, sum(egen_sygdom + arbejdsskade) as away, sum(aktive_dage) as active from personale_ansaettelser group by all
), cells as (
  select question, period, area, sum(away)::double as away, sum(active) as active,
    silence(count(*) filter (expected), count(active) filter (expected), 0.95) as status, bool_or(expected) as is_expected
  from place left join came_in using (kommune, code) where unit = 'M' group by all
)
select question, area, period, if(status = 'ok' and active > 0, 100 * away / active, null) as value,
  if(status = 'ok' and coalesce(active, 0) = 0, 'undefined', status) as status
from cells where is_expected or active > 0;
