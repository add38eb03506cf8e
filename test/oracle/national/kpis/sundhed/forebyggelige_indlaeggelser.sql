-- cube: sundhed
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Contacts are followed one after the other: whatever begins within four hours after all before it have ended goes on
-- with the same stay. Those of twelve hours and more, begun by somebody of 65 with a listed diagnosis, over all of 65.
with recursive numbered as (
  select *, row_number() over (partition by person order by ind, ud, kontakt) as n from sundhed_kontakter
), walked as (
  select person, n, ind, ud, ind as began, ud as ended, kontakt as first from numbered where n = 1
  union all
  select next.person, next.n, next.ind, next.ud,
    if(next.ind <= walked.ended + interval 4 hours, walked.began, next.ind),
    if(next.ind <= walked.ended + interval 4 hours, greatest(walked.ended, next.ud), next.ud),
    if(next.ind <= walked.ended + interval 4 hours, walked.first, next.kontakt)
  from walked join numbered as next on next.person = walked.person and next.n = walked.n + 1
), stays as (
  select first, min(began) as began, max(ended) as ended from walked group by first
), admissions as (
  select k.periode, k.bopaelskommune
  from stays join sundhed_kontakter as k on k.kontakt = stays.first
  where date_diff('minute', began, ended) >= 12 * 60 and k.alder::int >= 65
    and k.diagnose in ('A09', 'E86', 'D50', 'J18', 'J44', 'K59', 'L89', 'N30', 'S72', 'E11')
), figures as (
  select question, period, area, count(*) as admissions
  from place join admissions on periode = code and bopaelskommune = kommune where unit = 'M' group by all
), old as (
  select question, period, area, count(*) as person_months
  from place join borger_personer as p on p.periode = place.code and p.kommune = place.kommune
  where unit = 'M' and p.alder::int >= 65 group by all
), said as (
  select question, period, area, admissions, person_months, hospital.expected,
    (select count(distinct code) from place where unit = 'M' and place.question = hospital.question and place.period = hospital.period) as months,
    worse(silence(hospital.expected, hospital.present, 1), silence(civil.expected, civil.present, 1)) as status
  from covered('sundhed.kontakter', 'M') as hospital join covered('borger.personer', 'M') as civil using (question, period, area)
    left join figures using (question, period, area) left join old using (question, period, area)
)
select question, area, period,
  case when status = 'ok' and person_months > 0 then 1000.0 * coalesce(admissions, 0) * months / person_months end as value,
  case when status = 'ok' and person_months is null then 'undefined' else status end as status
from said where expected > 0 or admissions > 0 or person_months > 0;
