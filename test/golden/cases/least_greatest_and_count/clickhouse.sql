with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026' as Nullable(String)),
        cast('2026M01' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      ),
      ('2026', '2026M02', '2026-06-30'),
      ('2026', '2026M03', '2026-06-30'),
      ('2026', '2026M04', '2026-06-30'),
      ('2026', '2026M05', '2026-06-30'),
      ('2026', '2026M06', '2026-06-30'),
      ('2026', '2026M07', '2026-06-30'),
      ('2026', '2026M08', '2026-06-30'),
      ('2026', '2026M09', '2026-06-30'),
      ('2026', '2026M10', '2026-06-30'),
      ('2026', '2026M11', '2026-06-30'),
      ('2026', '2026M12', '2026-06-30')
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune as kommune,
      cell.funktion_level as funktion_level,
      cell.funktion as funktion,
      cell.bilag as bilag,
      cell.bilag_known as bilag_known,
      cell.bilag_suppressed as bilag_suppressed,
      cell.bilag_not_applicable as bilag_not_applicable,
      cell.mindste as mindste,
      cell.mindste_known as mindste_known,
      cell.mindste_suppressed as mindste_suppressed,
      cell.mindste_not_applicable as mindste_not_applicable,
      cell.stoerste as stoerste,
      cell.stoerste_known as stoerste_known,
      cell.stoerste_suppressed as stoerste_suppressed,
      cell.stoerste_not_applicable as stoerste_not_applicable
    from (
      select * from file(
        '{cells oekonomi.bilag 2026M01}',
        Parquet
      )
      union all select * from file(
        '{cells oekonomi.bilag 2026M02}',
        Parquet
      )
      union all select * from file(
        '{cells oekonomi.bilag 2026M03}',
        Parquet
      )
      union all select * from file(
        '{cells oekonomi.bilag 2026M04}',
        Parquet
      )
      union all select * from file(
        '{cells oekonomi.bilag 2026M05}',
        Parquet
      )
      union all select * from file(
        '{cells oekonomi.bilag 2026M06}',
        Parquet
      )
    ) as cell
    where cell.periode in (
      '2026M01',
      '2026M02',
      '2026M03',
      '2026M04',
      '2026M05',
      '2026M06',
      '2026M07',
      '2026M08',
      '2026M09',
      '2026M10',
      '2026M11',
      '2026M12'
    )
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.kommune as kommune,
      cells.kommune as part_kommune,
      case
        when cells.kommune in ('101', '461', '751', '851') and structure_kommune.kommune is not null then 1
        else 0
      end as expected,
      cast(minOrNull(cells.mindste) as Nullable(Decimal(38, 2))) as mindste,
      cast(sumOrNull(cells.mindste_known) as Nullable(Int64)) as mindste_known,
      cast(sumOrNull(cells.mindste_suppressed) as Nullable(Int64)) as mindste_suppressed,
      cast(sumOrNull(cells.mindste_not_applicable) as Nullable(Int64)) as mindste_not_applicable,
      cast(maxOrNull(cells.stoerste) as Nullable(Decimal(38, 2))) as stoerste,
      cast(sumOrNull(cells.stoerste_known) as Nullable(Int64)) as stoerste_known,
      cast(sumOrNull(cells.stoerste_suppressed) as Nullable(Int64)) as stoerste_suppressed,
      cast(sumOrNull(cells.stoerste_not_applicable) as Nullable(Int64)) as stoerste_not_applicable,
      cast(sumOrNull(cells.bilag) as Nullable(Decimal(38, 0))) as bilag,
      cast(sumOrNull(cells.bilag_known) as Nullable(Int64)) as bilag_known,
      cast(sumOrNull(cells.bilag_suppressed) as Nullable(Int64)) as bilag_suppressed,
      cast(sumOrNull(cells.bilag_not_applicable) as Nullable(Int64)) as bilag_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join file(
      '{structure kommune}',
      Parquet
    ) as structure_kommune
      on structure_kommune.kommune = cells.kommune
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    where cells.funktion_level = 'funktion'
    group by
      periods.out_period,
      periods.periode,
      cells.kommune,
      cells.kommune,
      case
        when cells.kommune in ('101', '461', '751', '851') and structure_kommune.kommune is not null then 1
        else 0
      end
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(minOrNull(parts.mindste) as Nullable(Decimal(38, 2))) as mindste,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.mindste_known > 0 and parts.mindste_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as mindste_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.mindste_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as mindste_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.mindste_known = 0
              and parts.mindste_suppressed = 0
              and parts.mindste_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as mindste_not_applicable,
      cast(sumOrNull(parts.mindste_known) as Nullable(Int64)) as mindste_known,
      cast(sumOrNull(parts.mindste_suppressed) as Nullable(Int64)) as mindste_suppressed_rows,
      cast(sumOrNull(parts.mindste_not_applicable) as Nullable(Int64)) as mindste_not_applicable_rows,
      cast(maxOrNull(parts.stoerste) as Nullable(Decimal(38, 2))) as stoerste,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.stoerste_known > 0 and parts.stoerste_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as stoerste_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.stoerste_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as stoerste_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.stoerste_known = 0
              and parts.stoerste_suppressed = 0
              and parts.stoerste_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as stoerste_not_applicable,
      cast(sumOrNull(parts.stoerste_known) as Nullable(Int64)) as stoerste_known,
      cast(sumOrNull(parts.stoerste_suppressed) as Nullable(Int64)) as stoerste_suppressed_rows,
      cast(sumOrNull(parts.stoerste_not_applicable) as Nullable(Int64)) as stoerste_not_applicable_rows,
      cast(sumOrNull(parts.bilag) as Nullable(Decimal(38, 0))) as bilag,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.bilag_known > 0 and parts.bilag_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as bilag_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.bilag_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as bilag_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.bilag_known = 0
              and parts.bilag_suppressed = 0
              and parts.bilag_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as bilag_not_applicable,
      cast(sumOrNull(parts.bilag_known) as Nullable(Int64)) as bilag_known,
      cast(sumOrNull(parts.bilag_suppressed) as Nullable(Int64)) as bilag_suppressed_rows,
      cast(sumOrNull(parts.bilag_not_applicable) as Nullable(Int64)) as bilag_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(minOrNull(by_period.mindste) as Nullable(Decimal(38, 2))) as mindste,
  cast(sumOrNull(case when by_period.mindste is not null then 1 else 0 end) as Nullable(Int64)) as mindste_periods,
  cast(sumOrNull(by_period.mindste_delivered) as Nullable(Int64)) as mindste_delivered,
  cast(sumOrNull(by_period.mindste_suppressed) as Nullable(Int64)) as mindste_suppressed,
  cast(sumOrNull(by_period.mindste_not_applicable) as Nullable(Int64)) as mindste_not_applicable,
  cast(sumOrNull(by_period.mindste_known) as Nullable(Int64)) as mindste_known,
  cast(sumOrNull(by_period.mindste_suppressed_rows) as Nullable(Int64)) as mindste_suppressed_rows,
  cast(sumOrNull(by_period.mindste_not_applicable_rows) as Nullable(Int64)) as mindste_not_applicable_rows,
  cast(maxOrNull(by_period.stoerste) as Nullable(Decimal(38, 2))) as stoerste,
  cast(sumOrNull(case when by_period.stoerste is not null then 1 else 0 end) as Nullable(Int64)) as stoerste_periods,
  cast(sumOrNull(by_period.stoerste_delivered) as Nullable(Int64)) as stoerste_delivered,
  cast(sumOrNull(by_period.stoerste_suppressed) as Nullable(Int64)) as stoerste_suppressed,
  cast(sumOrNull(by_period.stoerste_not_applicable) as Nullable(Int64)) as stoerste_not_applicable,
  cast(sumOrNull(by_period.stoerste_known) as Nullable(Int64)) as stoerste_known,
  cast(sumOrNull(by_period.stoerste_suppressed_rows) as Nullable(Int64)) as stoerste_suppressed_rows,
  cast(sumOrNull(by_period.stoerste_not_applicable_rows) as Nullable(Int64)) as stoerste_not_applicable_rows,
  cast(sumOrNull(by_period.bilag) as Nullable(Decimal(38, 0))) as bilag,
  cast(sumOrNull(case when by_period.bilag is not null then 1 else 0 end) as Nullable(Int64)) as bilag_periods,
  cast(sumOrNull(by_period.bilag_delivered) as Nullable(Int64)) as bilag_delivered,
  cast(sumOrNull(by_period.bilag_suppressed) as Nullable(Int64)) as bilag_suppressed,
  cast(sumOrNull(by_period.bilag_not_applicable) as Nullable(Int64)) as bilag_not_applicable,
  cast(sumOrNull(by_period.bilag_known) as Nullable(Int64)) as bilag_known,
  cast(sumOrNull(by_period.bilag_suppressed_rows) as Nullable(Int64)) as bilag_suppressed_rows,
  cast(sumOrNull(by_period.bilag_not_applicable_rows) as Nullable(Int64)) as bilag_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
