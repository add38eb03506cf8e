with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026M01' as Nullable(String)),
        cast('2026M01' as Nullable(String)),
        cast('2026-03-31' as Nullable(String))
      ),
      ('2026M02', '2026M02', '2026-03-31'),
      ('2026M03', '2026M03', '2026-03-31')
    ) as pair
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.ind as ind,
      snapshot.ud as ud
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
  ),
  rows as (
    select
      spread.period as periode,
      rows_1.bopael as bopael
    from rows_1 as rows_1
    cross join values(
      'period Nullable(String), first_day Nullable(String), last_day Nullable(String)',
      (
        cast('2026M01' as Nullable(String)),
        cast('2026-01-01' as Nullable(String)),
        cast('2026-01-31' as Nullable(String))
      ),
      ('2026M02', '2026-02-01', '2026-02-28'),
      ('2026M03', '2026-03-01', '2026-03-31')
    ) as spread
    where cast(rows_1.ind as Nullable(Date32)) <= cast(spread.last_day as Nullable(Date32))
      and coalesce(cast(rows_1.ud as Nullable(Date32)), cast('2299-12-31' as Nullable(Date32))) >= cast(
        spread.last_day as Nullable(Date32)
      )
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sumOrNull(1) as Nullable(Decimal(38, 0))) as antal,
      cast(sumOrNull(1) as Nullable(Int64)) as antal_known,
      cast(sumOrNull(0) as Nullable(Int64)) as antal_suppressed,
      cast(sumOrNull(0) as Nullable(Int64)) as antal_not_applicable
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
      cast(sumOrNull(cells.antal) as Nullable(Decimal(38, 0))) as antal,
      cast(sumOrNull(cells.antal_known) as Nullable(Int64)) as antal_known,
      cast(sumOrNull(cells.antal_suppressed) as Nullable(Int64)) as antal_suppressed,
      cast(sumOrNull(cells.antal_not_applicable) as Nullable(Int64)) as antal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join file(
      '{structure kommune}',
      Parquet
    ) as structure_kommune
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
      cast(sumOrNull(parts.antal) as Nullable(Decimal(38, 0))) as antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.antal_known > 0 and parts.antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as antal_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.antal_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.antal_known = 0
              and parts.antal_suppressed = 0
              and parts.antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as antal_not_applicable,
      cast(sumOrNull(parts.antal_known) as Nullable(Int64)) as antal_known,
      cast(sumOrNull(parts.antal_suppressed) as Nullable(Int64)) as antal_suppressed_rows,
      cast(sumOrNull(parts.antal_not_applicable) as Nullable(Int64)) as antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sumOrNull(by_period.antal) as Nullable(Decimal(38, 0))) as antal,
  cast(sumOrNull(case when by_period.antal is not null then 1 else 0 end) as Nullable(Int64)) as antal_periods,
  cast(sumOrNull(by_period.antal_delivered) as Nullable(Int64)) as antal_delivered,
  cast(sumOrNull(by_period.antal_suppressed) as Nullable(Int64)) as antal_suppressed,
  cast(sumOrNull(by_period.antal_not_applicable) as Nullable(Int64)) as antal_not_applicable,
  cast(sumOrNull(by_period.antal_known) as Nullable(Int64)) as antal_known,
  cast(sumOrNull(by_period.antal_suppressed_rows) as Nullable(Int64)) as antal_suppressed_rows,
  cast(sumOrNull(by_period.antal_not_applicable_rows) as Nullable(Int64)) as antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
