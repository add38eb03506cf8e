-- cube: skole
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- The mean of a mark that is 100 for a pupil in a special class and 0 for one in an ordinary class, last month.
with marks as (
  select periode, skoleejer, case klassetype when '10' then 0 when '20' then 100 when '29' then 100 end as mark from skole_elever
), spot as (
  select * from place where unit = 'M'
  qualify code = max(code) over (partition by question, period)
), averaged as (
  select question, period, area, avg(mark) as value
  from spot join marks on periode = code and skoleejer = kommune
  group by all
), cover as (
  select question, period, area, count_if(expected) as expected,
    silence(count_if(expected), count_if(expected and came.kommune is not null), 0.9) as status
  from spot left join came on came.source = 'skole.elever' and came.code = spot.code and came.kommune = spot.kommune
  group by all
)
select question, area, period, if(status = 'ok', value, null) as value,
  if(status = 'ok' and value is null, 'undefined', status) as status
from cover left join averaged using (question, period, area)
where expected > 0 or value is not null;
