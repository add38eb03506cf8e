-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Every child once, by who pays: its first month of placement in the period is counted, the others are not.
with placed as (
  select question, period, area, barn, row_number() over (partition by question, period, area, barn order by code) as turn
  from place join ubu_foranstaltninger as f on f.periode = place.code and f.betalingskommune = place.kommune and unit = 'M'
  where foranstaltning not in ('210', '220', '230', '240')
), children as (
  select question, period, area, count(*) as n from placed where turn = 1 group by all
)
select question, area, period, case when status = 'ok' then coalesce(n, 0) end as value, status
from (select *, silence(expected, present, 0.8) as status from covered('ubu.foranstaltninger', 'M')) left join children using (question, period, area)
where expected > 0 or n > 0;
