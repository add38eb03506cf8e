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
      snapshot.behandler as behandler
    from read_parquet([
      '{snapshot sundhed.kontakter 1}'
    ]) as snapshot
    where snapshot.periode in ('2026M01', '2026M02', '2026M03')
  ),
  rows as (
    select
      rows_1.periode as periode,
      coalesce(
        coalesce(
          case when rows_1.behandler <> 'uoplyst' then rows_1.behandler end,
          case when rows_1.bopael <> 'uoplyst' then rows_1.bopael end
        ),
        'uoplyst'
      ) as behandler
    from rows_1 as rows_1
  ),
  cells as (
    select
      rows.periode as periode,
      rows.behandler as behandler,
      cast(sum(1) as decimal(38, 0)) as antal,
      cast(sum(1) as bigint) as antal_known,
      cast(sum(0) as bigint) as antal_suppressed,
      cast(sum(0) as bigint) as antal_not_applicable
    from rows as rows
    where rows.periode in ('2026M01', '2026M02', '2026M03')
    group by rows.periode, rows.behandler
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.behandler as kommune,
      cells.behandler as part_behandler,
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
      on structure_kommune.kommune = cells.behandler
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    group by
      periods.out_period,
      periods.periode,
      cells.behandler,
      cells.behandler,
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
