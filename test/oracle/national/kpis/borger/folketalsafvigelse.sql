-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar uge
-- Persons on 1 January in the civil register, against the figure of Statistics Denmark for the same day. All must be there.
with here as (
  select *, code || 'M01' as month from place where unit = 'primo'
), cpr as (
  select question, period, area, count(*) as n
  from here join borger_personer as p on p.periode = here.month and p.kommune = here.kommune group by all
), dst as (
  select question, period, area, sum(personer) as n, count(*) filter (expected) as delivered
  from here join dst_folketal as f on f.aar = here.code and f.kommune = here.kommune group by all
), cells as (
  select question, period, area, count(*) filter (expected) as expected,
    count(*) filter (expected and (month, kommune) in (select (code, kommune) from came where source = 'borger.personer')) as present
  from here group by all
), said as (
  select cells.*, coalesce(cpr.n, 0) as ours, dst.n as theirs,
    worse(silence(expected, present, 1),
      case when expected = 0 and dst.n is null then 'not_delivered' when expected = 0 then 'ok'
           when coalesce(delivered, 0) = 0 then 'not_delivered' when delivered < expected then 'below_coverage' else 'ok' end) as status
  from cells left join cpr using (question, period, area) left join dst using (question, period, area)
)
select question, area, period,
  case when period < '2026' then null when status = 'ok' and theirs <> 0 then 100.0 * (ours - theirs) / theirs end as value,
  case when period < '2026' then 'not_applicable' when status = 'ok' and theirs = 0 then 'undefined' else status end as status
from said where expected > 0 or ours > 0;
