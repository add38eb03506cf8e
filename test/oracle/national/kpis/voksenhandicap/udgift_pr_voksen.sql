-- cube: voksenhandicap
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Net spending on 5.38.38 to 5.38.59 over persons of 18 to 66 on 1 January of the period's year.
with kroner as (
  select question, period, area, sum(beloeb) as spent
  from place, oekonomi_posteringer as post
  where unit = 'M' and post.periode = place.code and post.kommune = place.kommune
    and regexp_matches(funktion, '^538(3[89]|[45][0-9])$') and dranst::int <= 2
  group by all
), january as (
  select question, period, area, expected, (select count(*) from borger_personer as p where p.periode = place.code || 'M01' and p.kommune = place.kommune) as all_ages,
    (select count(*) from borger_personer as p where p.periode = place.code || 'M01' and p.kommune = place.kommune and p.alder::int >= 18 and p.alder::int < 67) as adults
  from place where unit = 'primo'
), living as (
  select question, period, area, sum(adults) as adults, sum(all_ages) as persons,
    silence(count(*) filter (expected), count(*) filter (expected and all_ages > 0), 1) as status
  from january group by all
), said as (
  select question, period, area, spent, adults, persons, c.expected, worse(silence(c.expected, c.present, 1), living.status) as status
  from covered('oekonomi.posteringer', 'M') as c join living using (question, period, area) left join kroner using (question, period, area)
)
select question, area, period, case when status = 'ok' and adults > 0 then coalesce(spent, 0)::double / adults end as value,
  case when status = 'ok' and adults = 0 then 'undefined' else status end as status
from said where expected > 0 or spent is not null or persons > 0;
