-- cube: personale
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Mean of the months' full-time positions for a thousand of the mean of the months' inhabitants; all must have come.
with positions as (
  select question, period, area, sum(fuldtid)::double / count(distinct periode) as mean
  from place join personale_ansaettelser as a on unit = 'M' and a.periode = code and a.kommune = place.kommune group by all
), inhabitants as (
  select question, period, area, count(*)::double / count(distinct periode) as mean
  from place join borger_personer as b on unit = 'M' and b.periode = code and b.kommune = place.kommune group by all
), said as (
  select question, period, area, p.expected, positions.mean as top, inhabitants.mean as bottom,
    worse(silence(p.expected, p.present, 1), silence(b.expected, b.present, 1)) as status
  from covered('personale.ansaettelser', 'M') as p join covered('borger.personer', 'M') as b using (question, period, area)
    left join positions using (question, period, area) left join inhabitants using (question, period, area)
)
select question, area, period, case when status = 'ok' then 1000 * top / bottom end as value, status
from said where expected > 0 or top is not null or bottom is not null;
