-- cube: ubu
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- Whole months since the first day of each stay in municipal foster care, to its last day or the end of the last month, over
-- the children. A month is whole when the same day of a later month has come.
with spot as (
  select * from place where unit = 'M' qualify code = max(code) over (partition by question, period)
), stay as (
  select periode, betalingskommune as kommune, barn, start,
    coalesce(slut, last_day(make_date(left(periode, 4)::int, right(periode, 2)::int, 1))) as till
  from ubu_foranstaltninger where foranstaltning = '80'
), figure as (
  select question, period, area, count(distinct barn) as children,
    sum((year(till) - year(start)) * 12 + month(till) - month(start) - if(day(till) < day(start), 1, 0)) as months
  from spot join stay on stay.periode = spot.code and stay.kommune = spot.kommune group by all
), cover as (
  select question, period, area, count_if(expected) as expected, count_if(expected and came.kommune is not null) as present
  from spot left join came on came.source = 'ubu.foranstaltninger' and came.code = spot.code and came.kommune = spot.kommune
  group by all
)
select question, area, period, case when status = 'ok' then months / children end as value,
  case when status = 'ok' and children is null then 'undefined' else status end as status
from (select *, silence(expected, present, 0.8) as status from cover) left join figure using (question, period, area)
where expected > 0 or children > 0;
