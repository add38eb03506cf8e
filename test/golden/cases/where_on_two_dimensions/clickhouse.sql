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
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune as kommune,
      cell.funktion_level as funktion_level,
      cell.funktion as funktion,
      cell.udgift_udgift as udgift_udgift,
      cell.udgift_udgift_known as udgift_udgift_known,
      cell.udgift_udgift_suppressed as udgift_udgift_suppressed,
      cell.udgift_udgift_not_applicable as udgift_udgift_not_applicable
    from file(
      '{cells oekonomi.bilag 2026M01}',
      Parquet
    ) as cell
    where cell.periode in ('2026M01')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.funktion as funktion,
      cells.kommune as part_kommune,
      case
        when cells.kommune in ('101', '461', '751', '851') and structure_kommune.kommune is not null then 1
        else 0
      end as expected,
      cast(sumOrNull(cells.udgift_udgift) as Nullable(Decimal(38, 2))) as udgift_udgift,
      cast(sumOrNull(cells.udgift_udgift_known) as Nullable(Int64)) as udgift_udgift_known,
      cast(sumOrNull(cells.udgift_udgift_suppressed) as Nullable(Int64)) as udgift_udgift_suppressed,
      cast(sumOrNull(cells.udgift_udgift_not_applicable) as Nullable(Int64)) as udgift_udgift_not_applicable
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
    left join file(
      '{structure funktion}',
      Parquet
    ) as structure_funktion
      on structure_funktion.funktion = cells.funktion
        and structure_funktion.valid_from <= periods.structure_date
        and structure_funktion.valid_to >= periods.structure_date
    where cells.funktion_level = 'funktion'
      and coalesce(structure_kommune.landsdel, 'uoplyst') = '01'
      and coalesce(structure_funktion.hovedkonto, 'uoplyst') = '3'
    group by
      periods.out_period,
      periods.periode,
      cells.funktion,
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
      parts.funktion as funktion,
      cast(sumOrNull(parts.udgift_udgift) as Nullable(Decimal(38, 2))) as udgift_udgift,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.udgift_udgift_known > 0
              and parts.udgift_udgift_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as udgift_udgift_delivered,
      cast(
        sumOrNull(
          case when parts.expected = 1 and parts.udgift_udgift_suppressed > 0 then 1 else 0 end
        ) as Nullable(Int64)
      ) as udgift_udgift_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.udgift_udgift_known = 0
              and parts.udgift_udgift_suppressed = 0
              and parts.udgift_udgift_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as udgift_udgift_not_applicable,
      cast(sumOrNull(parts.udgift_udgift_known) as Nullable(Int64)) as udgift_udgift_known,
      cast(sumOrNull(parts.udgift_udgift_suppressed) as Nullable(Int64)) as udgift_udgift_suppressed_rows,
      cast(sumOrNull(parts.udgift_udgift_not_applicable) as Nullable(Int64)) as udgift_udgift_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.funktion
  )
select
  by_period.out_period as out_period,
  by_period.funktion as funktion,
  cast(sumOrNull(by_period.udgift_udgift) as Nullable(Decimal(38, 2))) as udgift_udgift,
  cast(
    sumOrNull(case when by_period.udgift_udgift is not null then 1 else 0 end) as Nullable(Int64)
  ) as udgift_udgift_periods,
  cast(sumOrNull(by_period.udgift_udgift_delivered) as Nullable(Int64)) as udgift_udgift_delivered,
  cast(sumOrNull(by_period.udgift_udgift_suppressed) as Nullable(Int64)) as udgift_udgift_suppressed,
  cast(sumOrNull(by_period.udgift_udgift_not_applicable) as Nullable(Int64)) as udgift_udgift_not_applicable,
  cast(sumOrNull(by_period.udgift_udgift_known) as Nullable(Int64)) as udgift_udgift_known,
  cast(sumOrNull(by_period.udgift_udgift_suppressed_rows) as Nullable(Int64)) as udgift_udgift_suppressed_rows,
  cast(sumOrNull(by_period.udgift_udgift_not_applicable_rows) as Nullable(Int64)) as udgift_udgift_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.funktion
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
