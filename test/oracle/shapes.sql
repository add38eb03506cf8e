-- What hand-written queries share. A query says first which rows of the delivered files it means
-- (`figure`) and where each of them lies in the question (`place`); then how they become a figure.
--
--   figure(kommune, month, value, state)             one row per kommune and month that was sent;
--                                                    state: known, suppressed, not_applicable
--   place(kommune, month, period, area, expected)    every kommune and month of the question, the
--                                                    answer's period and area it goes to, and whether
--                                                    a complete delivery holds it
--
-- "month" is the source's own period, whatever its length, and "area" the asked members, joined by |.

create or replace temp view figure as
  select '' as kommune, '' as month, 0 as value, '' as state where false;
create or replace temp view place as
  select '' as kommune, '' as month, '' as period, '' as area, true as expected where false;

-- What the parts of a total make of it: of the expected kommune-months, `need` must be known.
create macro status_of(expected, delivered, suppressed, others_known, others_suppressed, others_not_applicable, need) as
  case
    when expected > 0 and delivered = 0 and delivered + suppressed < expected then 'not_delivered'
    when expected > 0 and delivered = 0 then 'suppressed'
    when expected > 0 and delivered < need * expected then 'below_coverage'
    when expected > 0 then 'ok'
    when others_known > 0 then 'ok'
    when others_suppressed > 0 then 'suppressed'
    when others_not_applicable > 0 then 'not_applicable'
    else 'not_delivered'
  end;

-- Kommune-months of each area and period: expected, and known, suppressed or not applicable of the others.
create macro coverage() as table
  select area, period,
    count(*) filter (place.expected) as expected,
    count(*) filter (place.expected and state = 'known') as delivered,
    count(*) filter (place.expected and state = 'suppressed') as suppressed,
    count(*) filter (not place.expected and state = 'known') as others_known,
    count(*) filter (not place.expected and state = 'suppressed') as others_suppressed,
    count(*) filter (not place.expected and state = 'not_applicable') as others_not_applicable
  from place left join figure using (kommune, month)
  group by area, period;

-- Kommuner added up in each month; then the months of a period, by `how`.
create macro added_up(need, how) as table
  with monthly as (
    select area, period, month, sum(value) as value
    from place join figure using (kommune, month)
    group by area, period, month
  ), whole as (
    select area, period, sum(value) as total, sum(value)::double / count(value) as mean
    from monthly group by area, period
  ), said as (
    select *, status_of(expected, delivered, suppressed, others_known, others_suppressed, others_not_applicable, need) as status
    from coverage() left join whole using (area, period)
    where expected > 0 or others_known + others_suppressed + others_not_applicable > 0
  )
  select area, period, case when status = 'ok' then if(how = 'mean', mean, total) end as value, status, delivered, expected
  from said;
