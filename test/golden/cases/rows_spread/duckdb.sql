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
      snapshot.ind as ind,
      snapshot.ud as ud
    from read_parquet([
      '{snapshot sundhed.kontakter 1}'
    ]) as snapshot
  ),
  rows as (
    select
      spread.period as periode,
      rows_1.bopael as bopael
    from rows_1 as rows_1
    cross join (values
      (cast('2026M01' as varchar), cast('2026-01-01' as varchar), cast('2026-01-31' as varchar)),
      ('2026M02', '2026-02-01', '2026-02-28'),
      ('2026M03', '2026-03-01', '2026-03-31')
    ) as spread (period, first_day, last_day)
    where cast(rows_1.ind as date) <= cast(spread.last_day as date)
      and coalesce(cast(rows_1.ud as date), cast('2299-12-31' as date)) >= cast(
        spread.last_day as date
      )
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
