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

create or replace temp table figure as
  select '' as kommune, '' as month, 0 as value, '' as state where false;
create or replace temp table place as
  select '' as kommune, '' as month, '' as period, '' as area, true as expected where false;

-- What the parts of a total make of it: of the expected kommune-months, `need` must be known. Of others
-- that came and are suppressed, a total is too small.
create macro status_of(expected, delivered, suppressed, others_known, others_suppressed, others_not_applicable, need) as
  case
    when expected > 0 and delivered = 0 and delivered + suppressed < expected then 'not_delivered'
    when expected > 0 and delivered = 0 then 'suppressed'
    when expected > 0 and delivered < need * expected then 'below_coverage'
    when expected > 0 and need = 1 and others_suppressed > 0 then 'below_coverage'
    when expected > 0 then 'ok'
    when others_suppressed > 0 then 'suppressed'
    when others_known > 0 then 'ok'
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
  ), came as (
    select area, period, count(distinct month) as months, max(expected) as expected
    from place join (select distinct month from figure) using (month)
    group by area, period
  ), whole as (
    -- What nobody expects is nothing in a month that came without it.
    select area, period, sum(value) as total, sum(value)::double / if(any_value(came.expected), count(value), any_value(came.months)) as mean
    from monthly join came using (area, period) group by area, period
  ), said as (
    select *, status_of(expected, delivered, suppressed, others_known, others_suppressed, others_not_applicable, need) as status
    from coverage() left join whole using (area, period)
    where expected > 0 or others_known + others_suppressed + others_not_applicable > 0
  )
  select area, period, case when status = 'ok' then if(how = 'mean', mean, total) end as value, status, delivered, expected
  from said;

-- The worst of two, as formulas take it.
create macro worse(a, b) as
  ['ok', 'undefined', 'not_applicable', 'below_coverage', 'suppressed', 'not_delivered'][greatest(
    list_position(['ok', 'undefined', 'not_applicable', 'below_coverage', 'suppressed', 'not_delivered'], a),
    list_position(['ok', 'undefined', 'not_applicable', 'below_coverage', 'suppressed', 'not_delivered'], b))];

create macro share(delivered, expected) as if(expected = 0, 1, delivered::double / expected);

-- numerator and denominator are tables of figures; the least covered of the two says how far to trust them.
create or replace temp table numerator as
  select '' as area, '' as period, 0::double as value, '' as status, 0 as delivered, 0 as expected, '' as flags where false;
create or replace temp table denominator as from numerator;

create macro ratio(scale) as table
  with pairs as (
    select area, period, n.value as top, d.value as bottom,
      coalesce(n.status, 'not_delivered') as top_status, coalesce(d.status, 'not_delivered') as bottom_status,
      coalesce(n.delivered, 0) as top_delivered, coalesce(n.expected, 0) as top_expected,
      coalesce(d.delivered, 0) as bottom_delivered, coalesce(d.expected, 0) as bottom_expected,
      coalesce(nullif(n.flags, ''), d.flags, '') as flags
    from numerator as n full join denominator as d using (area, period)
  ), said as (
    select *, case when worse(top_status, bottom_status) = 'ok' and bottom = 0 then 'undefined' else worse(top_status, bottom_status) end as status,
      share(bottom_delivered, bottom_expected) < share(top_delivered, top_expected) as bottom_least
    from pairs
  )
  select area, period, case when status = 'ok' then scale * top::double / bottom end as value, status,
    if(bottom_least, bottom_delivered, top_delivered) as delivered, if(bottom_least, bottom_expected, top_expected) as expected, flags
  from said;

-- The source's own rows above the kommuner: total(area, month, value, state); state may be incomplete, where
-- several rows make a total and too few of them came. Every month must be there.
create or replace temp table total as
  select '' as area, '' as month, 0 as value, '' as state where false;

create macro own_total() as table
  select area, period, avg(value) as value,
    case
      when count(value) = 0 then case when bool_or(state = 'suppressed') then 'suppressed' when bool_or(state = 'incomplete') then 'below_coverage' else 'not_delivered' end
      when bool_or(state = 'suppressed') then 'suppressed'
      when count(value) < count(*) then 'below_coverage'
      else 'ok'
    end as status
  from (select distinct area, period, month from place) left join total using (area, month)
  group by area, period;

-- What does not add: each kommune as it was sent, everything above it as the source itself says. What has no
-- kommune is one member at every level, and as it was sent.
create macro as_sent_or_own_total(need) as table
  select area, period,
    if(getvariable('level') = 'kommune' or area = 'uoplyst', sent.value, case when own.status = 'ok' then own.value end) as value,
    coalesce(if(getvariable('level') = 'kommune' or area = 'uoplyst', sent.status, own.status), 'not_delivered') as status,
    coalesce(delivered, 0) as delivered, coalesce(expected, 0) as expected,
    if(getvariable('level') <> 'kommune' and own.status = 'ok', 'source_total', '') as flags
  from own_total() as own left join added_up(need, 'mean') as sent using (area, period);
