with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026M01' as varchar), cast('2026M01' as varchar), cast('2026-03-31' as varchar)),
      ('2026M02', '2026M02', '2026-03-31'),
      ('2026M03', '2026M03', '2026-03-31')
    ) as pair (out_period, periode, structure_date)
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.behandler as behandler,
      snapshot.person as person,
      snapshot.ind as ind,
      snapshot.ud as ud,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from read_parquet([
      '{snapshot sundhed.kontakter 1}'
    ]) as snapshot
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.bopael as bopael,
      rows_1.behandler as behandler,
      rows_1.person as person,
      rows_1.ind as ind,
      rows_1.ud as ud,
      rows_1.minutter as minutter,
      rows_1.minutter_status as minutter_status,
      coalesce(rows_1.ud, cast('2299-12-31 00:00:00' as timestamp)) as _stay_end,
      row_number() over (partition by rows_1.person
        order by rows_1.ind,
          rows_1.periode,
          rows_1.bopael,
          rows_1.behandler,
          rows_1.person,
          rows_1.ud,
          rows_1.minutter,
          rows_1.minutter_status) as _stay_place
    from rows_1 as rows_1
  ),
  rows_3 as (
    select
      rows_2.periode as periode,
      rows_2.bopael as bopael,
      rows_2.behandler as behandler,
      rows_2.person as person,
      rows_2.ind as ind,
      rows_2.ud as ud,
      rows_2.minutter as minutter,
      rows_2.minutter_status as minutter_status,
      rows_2._stay_end as _stay_end,
      rows_2._stay_place as _stay_place,
      max(rows_2._stay_end) over (partition by rows_2.person order by rows_2._stay_place) as _stay_latest
    from rows_2 as rows_2
  ),
  rows_4 as (
    select
      rows_3.periode as periode,
      rows_3.bopael as bopael,
      rows_3.behandler as behandler,
      rows_3.person as person,
      rows_3.ind as ind,
      rows_3.ud as ud,
      rows_3.minutter as minutter,
      rows_3.minutter_status as minutter_status,
      rows_3._stay_end as _stay_end,
      rows_3._stay_place as _stay_place,
      case
        when date_diff('minute', lag(rows_3._stay_latest) over (partition by rows_3.person
          order by rows_3._stay_place), rows_3.ind) <= 240 then 0
        else 1
      end as _stay_begins
    from rows_3 as rows_3
  ),
  rows_5 as (
    select
      rows_4.periode as periode,
      rows_4.bopael as bopael,
      rows_4.behandler as behandler,
      rows_4.person as person,
      rows_4.ind as ind,
      rows_4.ud as ud,
      rows_4.minutter as minutter,
      rows_4.minutter_status as minutter_status,
      rows_4._stay_end as _stay_end,
      rows_4._stay_begins as _stay_begins,
      sum(rows_4._stay_begins) over (partition by rows_4.person order by rows_4._stay_place) as _stay_number
    from rows_4 as rows_4
  ),
  rows_6 as (
    select
      rows_5.periode as periode,
      rows_5.bopael as bopael,
      rows_5.behandler as behandler,
      rows_5.person as person,
      rows_5.ind as ind,
      max(rows_5._stay_end) over (partition by rows_5.person, rows_5._stay_number) as ud,
      rows_5.minutter as minutter,
      rows_5.minutter_status as minutter_status,
      rows_5._stay_begins as _stay_begins
    from rows_5 as rows_5
  ),
  rows as (
    select
      rows_6.periode as periode,
      rows_6.bopael as bopael
    from rows_6 as rows_6
    where rows_6._stay_begins = 1 and rows_6.periode in ('2026M01', '2026M02', '2026M03')
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sum(1) as decimal(38, 0)) as antal,
      cast(sum(1) as bigint) as antal_known,
      cast(sum(0) as bigint) as antal_suppressed,
      cast(sum(0) as bigint) as antal_not_applicable
    from rows as rows
    where rows.periode in ('2026M01', '2026M02', '2026M03')
    group by rows.periode, rows.bopael
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.bopael as kommune,
      cells.bopael as part_bopael,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sum(cells.antal) as decimal(38, 0)) as antal,
      cast(sum(cells.antal_known) as bigint) as antal_known,
      cast(sum(cells.antal_suppressed) as bigint) as antal_suppressed,
      cast(sum(cells.antal_not_applicable) as bigint) as antal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
      on structure_kommune.kommune = cells.bopael
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    group by
      periods.out_period,
      periods.periode,
      cells.bopael,
      cells.bopael,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sum(parts.antal) as decimal(38, 0)) as antal,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.antal_known > 0 and parts.antal_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as antal_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.antal_suppressed > 0 then 1 else 0 end) as bigint
      ) as antal_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.antal_known = 0
              and parts.antal_suppressed = 0
              and parts.antal_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as antal_not_applicable,
      cast(sum(parts.antal_known) as bigint) as antal_known,
      cast(sum(parts.antal_suppressed) as bigint) as antal_suppressed_rows,
      cast(sum(parts.antal_not_applicable) as bigint) as antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sum(by_period.antal) as decimal(38, 0)) as antal,
  cast(sum(case when by_period.antal is not null then 1 else 0 end) as bigint) as antal_periods,
  cast(sum(by_period.antal_delivered) as bigint) as antal_delivered,
  cast(sum(by_period.antal_suppressed) as bigint) as antal_suppressed,
  cast(sum(by_period.antal_not_applicable) as bigint) as antal_not_applicable,
  cast(sum(by_period.antal_known) as bigint) as antal_known,
  cast(sum(by_period.antal_suppressed_rows) as bigint) as antal_suppressed_rows,
  cast(sum(by_period.antal_not_applicable_rows) as bigint) as antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;

with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026M01' as varchar), cast('2026M01' as varchar), cast('2026-03-31' as varchar)),
      ('2026M02', '2026M02', '2026-03-31'),
      ('2026M03', '2026M03', '2026-03-31')
    ) as pair (out_period, periode, structure_date)
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.behandler as behandler,
      snapshot.person as person,
      snapshot.ind as ind,
      snapshot.ud as ud,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from read_parquet([
      '{snapshot sundhed.kontakter 1}'
    ]) as snapshot
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.bopael as bopael,
      rows_1.behandler as behandler,
      rows_1.person as person,
      rows_1.ind as ind,
      rows_1.ud as ud,
      rows_1.minutter as minutter,
      rows_1.minutter_status as minutter_status,
      coalesce(rows_1.ud, cast('2299-12-31 00:00:00' as timestamp)) as _stay_end,
      row_number() over (partition by rows_1.person
        order by rows_1.ind,
          rows_1.periode,
          rows_1.bopael,
          rows_1.behandler,
          rows_1.person,
          rows_1.ud,
          rows_1.minutter,
          rows_1.minutter_status) as _stay_place
    from rows_1 as rows_1
  ),
  rows_3 as (
    select
      rows_2.periode as periode,
      rows_2.bopael as bopael,
      rows_2.behandler as behandler,
      rows_2.person as person,
      rows_2.ind as ind,
      rows_2.ud as ud,
      rows_2.minutter as minutter,
      rows_2.minutter_status as minutter_status,
      rows_2._stay_end as _stay_end,
      rows_2._stay_place as _stay_place,
      max(rows_2._stay_end) over (partition by rows_2.person order by rows_2._stay_place) as _stay_latest
    from rows_2 as rows_2
  ),
  rows_4 as (
    select
      rows_3.periode as periode,
      rows_3.bopael as bopael,
      rows_3.behandler as behandler,
      rows_3.person as person,
      rows_3.ind as ind,
      rows_3.ud as ud,
      rows_3.minutter as minutter,
      rows_3.minutter_status as minutter_status,
      rows_3._stay_end as _stay_end,
      rows_3._stay_place as _stay_place,
      case
        when date_diff('minute', lag(rows_3._stay_latest) over (partition by rows_3.person
          order by rows_3._stay_place), rows_3.ind) <= 240 then 0
        else 1
      end as _stay_begins
    from rows_3 as rows_3
  ),
  rows_5 as (
    select
      rows_4.periode as periode,
      rows_4.bopael as bopael,
      rows_4.behandler as behandler,
      rows_4.person as person,
      rows_4.ind as ind,
      rows_4.ud as ud,
      rows_4.minutter as minutter,
      rows_4.minutter_status as minutter_status,
      rows_4._stay_end as _stay_end,
      rows_4._stay_begins as _stay_begins,
      sum(rows_4._stay_begins) over (partition by rows_4.person order by rows_4._stay_place) as _stay_number
    from rows_4 as rows_4
  ),
  rows_6 as (
    select
      rows_5.periode as periode,
      rows_5.bopael as bopael,
      rows_5.behandler as behandler,
      rows_5.person as person,
      rows_5.ind as ind,
      max(rows_5._stay_end) over (partition by rows_5.person, rows_5._stay_number) as ud,
      rows_5.minutter as minutter,
      rows_5.minutter_status as minutter_status,
      rows_5._stay_begins as _stay_begins
    from rows_5 as rows_5
  ),
  rows_7 as (
    select
      rows_6.periode as periode,
      rows_6.bopael as bopael,
      rows_6.ind as ind,
      case when rows_6.ud = cast('2299-12-31 00:00:00' as timestamp) then null else rows_6.ud end as ud
    from rows_6 as rows_6
    where rows_6._stay_begins = 1 and rows_6.periode in ('2026M01', '2026M02', '2026M03')
  ),
  rows as (
    select
      rows_7.periode as periode,
      rows_7.bopael as bopael,
      cast((cast(date_diff('minute', rows_7.ind, rows_7.ud) as bigint) // 60) as bigint) as beregnet,
      case
        when cast((cast(date_diff('minute', rows_7.ind, rows_7.ud) as bigint) // 60) as bigint) is not null then cast(
          null as varchar
        )
        else 'not_applicable'
      end as beregnet_status
    from rows_7 as rows_7
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sum(rows.beregnet) as decimal(38, 0)) as antal,
      cast(sum(case when rows.beregnet_status is null then 1 else 0 end) as bigint) as antal_known,
      cast(sum(case when rows.beregnet_status = 'suppressed' then 1 else 0 end) as bigint) as antal_suppressed,
      cast(sum(case when rows.beregnet_status = 'not_applicable' then 1 else 0 end) as bigint) as antal_not_applicable
    from rows as rows
    where rows.periode in ('2026M01', '2026M02', '2026M03')
    group by rows.periode, rows.bopael
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.bopael as kommune,
      cells.bopael as part_bopael,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sum(cells.antal) as decimal(38, 0)) as antal,
      cast(sum(cells.antal_known) as bigint) as antal_known,
      cast(sum(cells.antal_suppressed) as bigint) as antal_suppressed,
      cast(sum(cells.antal_not_applicable) as bigint) as antal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
      on structure_kommune.kommune = cells.bopael
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    group by
      periods.out_period,
      periods.periode,
      cells.bopael,
      cells.bopael,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sum(parts.antal) as decimal(38, 0)) as antal,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.antal_known > 0 and parts.antal_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as antal_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.antal_suppressed > 0 then 1 else 0 end) as bigint
      ) as antal_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.antal_known = 0
              and parts.antal_suppressed = 0
              and parts.antal_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as antal_not_applicable,
      cast(sum(parts.antal_known) as bigint) as antal_known,
      cast(sum(parts.antal_suppressed) as bigint) as antal_suppressed_rows,
      cast(sum(parts.antal_not_applicable) as bigint) as antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sum(by_period.antal) as decimal(38, 0)) as antal,
  cast(sum(case when by_period.antal is not null then 1 else 0 end) as bigint) as antal_periods,
  cast(sum(by_period.antal_delivered) as bigint) as antal_delivered,
  cast(sum(by_period.antal_suppressed) as bigint) as antal_suppressed,
  cast(sum(by_period.antal_not_applicable) as bigint) as antal_not_applicable,
  cast(sum(by_period.antal_known) as bigint) as antal_known,
  cast(sum(by_period.antal_suppressed_rows) as bigint) as antal_suppressed_rows,
  cast(sum(by_period.antal_not_applicable_rows) as bigint) as antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;
