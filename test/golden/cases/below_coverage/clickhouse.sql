with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026M04' as Nullable(String)),
        cast('2026M04' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune_level as kommune_level,
      cell.kommune as kommune,
      cell.ledige as ledige,
      cell.ledige_known as ledige_known,
      cell.ledige_suppressed as ledige_suppressed,
      cell.ledige_not_applicable as ledige_not_applicable
    from file(
      '{cells star.ledighed 2026M04}',
      Parquet
    ) as cell
    where cell.periode in ('2026M04')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      coalesce(structure_kommune.region, 'uoplyst') as region,
      cells.kommune as part_kommune,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sumOrNull(cells.ledige) as Nullable(Decimal(38, 1))) as ledige,
      cast(sumOrNull(cells.ledige_known) as Nullable(Int64)) as ledige_known,
      cast(sumOrNull(cells.ledige_suppressed) as Nullable(Int64)) as ledige_suppressed,
      cast(sumOrNull(cells.ledige_not_applicable) as Nullable(Int64)) as ledige_not_applicable
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
    where cells.kommune_level = 'kommune'
    group by
      periods.out_period,
      periods.periode,
      coalesce(structure_kommune.region, 'uoplyst'),
      cells.kommune,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.region as region,
      cast(sumOrNull(parts.ledige) as Nullable(Decimal(38, 1))) as ledige,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.ledige_known > 0 and parts.ledige_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as ledige_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.ledige_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as ledige_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.ledige_known = 0
              and parts.ledige_suppressed = 0
              and parts.ledige_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as ledige_not_applicable,
      cast(sumOrNull(parts.ledige_known) as Nullable(Int64)) as ledige_known,
      cast(sumOrNull(parts.ledige_suppressed) as Nullable(Int64)) as ledige_suppressed_rows,
      cast(sumOrNull(parts.ledige_not_applicable) as Nullable(Int64)) as ledige_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
  cast(sumOrNull(by_period.ledige) as Nullable(Decimal(38, 1))) as ledige,
  cast(sumOrNull(case when by_period.ledige is not null then 1 else 0 end) as Nullable(Int64)) as ledige_periods,
  cast(sumOrNull(by_period.ledige_delivered) as Nullable(Int64)) as ledige_delivered,
  cast(sumOrNull(by_period.ledige_suppressed) as Nullable(Int64)) as ledige_suppressed,
  cast(sumOrNull(by_period.ledige_not_applicable) as Nullable(Int64)) as ledige_not_applicable,
  cast(sumOrNull(by_period.ledige_known) as Nullable(Int64)) as ledige_known,
  cast(sumOrNull(by_period.ledige_suppressed_rows) as Nullable(Int64)) as ledige_suppressed_rows,
  cast(sumOrNull(by_period.ledige_not_applicable_rows) as Nullable(Int64)) as ledige_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.region
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
