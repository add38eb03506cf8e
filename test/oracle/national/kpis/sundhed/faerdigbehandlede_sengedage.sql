-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- One row for each night from the day of being ready to the day of leaving, counted in the month it begins in.
with nights as (
  select bopaelskommune, strftime(night, '%YM%m') as month
  from (select bopaelskommune, unnest(generate_series(faerdigbehandlet::date, ud::date - 1, interval 1 day)) as night
        from sundhed_kontakter where faerdigbehandlet is not null and alder::int >= 18)
), figures as (
  select question, period, area, count(*) as nights
  from place join nights on month = code and bopaelskommune = kommune where unit = 'M' group by all
), adults as (
  select question, period, area, count(*) as person_months
  from place join borger_personer as p on p.periode = place.code and p.kommune = place.kommune
  where unit = 'M' and p.alder::int > 17 group by all
), months as (
  select question, period, count(distinct code) as n from place where unit = 'M' group by all
), said as (
  select question, period, area, nights, person_months / n as mean_adults, hospital.expected,
    worse(silence(hospital.expected, hospital.present, 1), silence(civil.expected, civil.present, 1)) as status
  from covered('sundhed.kontakter', 'M') as hospital join covered('borger.personer', 'M') as civil using (question, period, area)
    join months using (question, period)
    left join figures using (question, period, area) left join adults using (question, period, area)
)
select question, area, period,
  case when status = 'ok' and mean_adults > 0 then 1000.0 * coalesce(nights, 0) / mean_adults end as value,
  case when status = 'ok' and mean_adults is null then 'undefined' else status end as status
from said where expected > 0 or nights > 0 or mean_adults > 0;
