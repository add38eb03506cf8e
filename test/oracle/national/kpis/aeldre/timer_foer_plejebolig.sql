-- cube: aeldre
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- For everybody of 65 or more who was granted a place in a month: the home help granted to them, wherever they lived, in
-- the weeks of the month before, over the weeks of it that the kommune sent. A month is counted when all weeks of
-- the one before have come from anybody; of all kommune-months 90 percent must have come and be counted.
with weeks as (
  select strftime(day, '%GU%V') as week, strftime(day, '%YM%m') as month, strftime(day + interval 1 month, '%YM%m') as month_after
  from (select unnest(generate_series(date '2024-11-01', date '2027-03-31', interval 1 day)) as day) where isodow(day) = 4
), months as (
  select month_after as month from weeks
  group by month_after having bool_and(week in (select code from came where source = 'aeldre.ydelser'))
), held as (
  select distinct code from came where source = 'aeldre.plejeboliger' and code in (from months)
), granted as (
  select periode, kommune,
    (select count(*) from weeks where month_after = periode and (week, p.kommune) in (select (code, kommune) from came where source = 'aeldre.ydelser')) as weeks_sent,
    (select coalesce(sum(visiterede_minutter), 0) from aeldre_ydelser as y join weeks on week = y.periode
     where month_after = p.periode and y.person = p.person and aeldreydelse in ('praktisk_hjaelp', 'personlig_pleje')) as minutes
  from aeldre_plejeboliger as p
  where strftime(bevilget, '%YM%m') = periode and alder::int >= 65 and periode in (from held)
), sums as (
  select periode as code, kommune, sum(minutes) as minutes, sum(weeks_sent) as person_weeks
  from granted where weeks_sent > 0 group by all
), areas as (
  select question, period, area, count(*) filter (expected) as wanted,
    count(*) filter (expected and code in (from held) and (code, kommune) in (select (code, kommune) from came where source = 'aeldre.plejeboliger')) as present,
    sum(minutes) as minutes, sum(person_weeks) as person_weeks
  from place left join sums using (code, kommune) where unit = 'M' group by all
)
select question, area, period, case when silence(wanted, present, 0.9) = 'ok' then minutes::double / 60 / person_weeks end as value,
  case when silence(wanted, present, 0.9) = 'ok' and person_weeks is null then 'undefined' else silence(wanted, present, 0.9) end as status
from areas where wanted > 0 or person_weeks > 0;
