-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Places over persons of 80 and more, both of the first day of the period's last month.
with spot as (
  select question, period, area, kommune, expected, code as month
  from place where unit = 'M'
  qualify code = max(code) over (partition by question, period)
), kommuner as (
  select spot.*, (select sum(antal) from aeldre_pladser as a where a.periode = month and a.kommune = spot.kommune) as places,
    (select count(*) from borger_personer as p where p.periode = month and p.kommune = spot.kommune) as persons,
    (select count(*) from borger_personer as p where p.periode = month and p.kommune = spot.kommune and alder::int >= 80) as old
  from spot
), areas as (
  select question, period, area, count(*) filter (expected) as expected, sum(places) as places, sum(old) as old, sum(persons) as persons,
    worse(silence(count(*) filter (expected), count(*) filter (expected and places is not null), 1),
          silence(count(*) filter (expected), count(*) filter (expected and persons > 0), 1)) as status
  from kommuner group by all
)
select question, area, period, case when status = 'ok' and old > 0 then 100.0 * coalesce(places, 0) / old end as value,
  case when status = 'ok' and old = 0 then 'undefined' else status end as status
from areas where expected > 0 or places is not null or persons > 0;
