-- cube: borger
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Born in the period for each thousand inhabitants, the mean of its months. A kommune of which a month is
-- missing in one of the two registers is in neither; those left must be 95 percent of the kommune-months.
with months as (
  from place where unit = 'M'
), sent as (
  select m.question, m.period, m.area, m.kommune, m.code, expected,
    b.kommune is not null as births, p.kommune is not null as persons,
    m.code in (select code from came where source = 'borger.haendelser') as births_held,
    m.code in (select code from came where source = 'borger.personer') as persons_held
  from months as m
    left join came as b on b.source = 'borger.haendelser' and b.code = m.code and b.kommune = m.kommune
    left join came as p on p.source = 'borger.personer' and p.code = m.code and p.kommune = m.kommune
), kept as (
  select question, period, area, kommune, any_value(expected) as expected, count(*) as months,
    count(*) filter (births) as birth_months, count(*) filter (persons) as person_months,
    bool_and(births or not births_held) and bool_and(persons or not persons_held) as whole
  from sent group by all
), born as (
  select question, period, area, months.kommune, count(*) as n
  from months join borger_haendelser as h on h.periode = months.code and h.kommune = months.kommune
  where haendelse = 'foedsel' group by all
), lived as (
  select question, period, area, months.kommune, count(*) as n
  from months join borger_personer as b on b.periode = months.code and b.kommune = months.kommune group by all
), areas as (
  select question, period, area, sum(months) filter (expected) as expected,
    sum(birth_months) filter (expected and whole) as births_came, sum(person_months) filter (expected and whole) as persons_came,
    coalesce(sum(born.n) filter (whole or not expected), 0) as births,
    sum(lived.n / nullif(person_months, 0)) filter (whole or not expected) as inhabitants
  from kept left join born using (question, period, area, kommune) left join lived using (question, period, area, kommune)
  group by all
), said as (
  select *, worse(silence(expected, coalesce(births_came, 0), 0.95), silence(expected, coalesce(persons_came, 0), 0.95)) as status from areas
)
select question, area, period, case when status = 'ok' and inhabitants > 0 then 1000.0 * births / inhabitants end as value,
  if(status = 'ok' and coalesce(inhabitants, 0) = 0, 'undefined', status) as status
from said where expected > 0;
