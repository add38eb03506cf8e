with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026K1' as Nullable(String)),
        cast('2026K1' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune_level as kommune_level,
      cell.kommune as kommune,
      cell.koen as koen,
      cell.elever as elever,
      cell.elever_known as elever_known,
      cell.elever_suppressed as elever_suppressed,
      cell.elever_not_applicable as elever_not_applicable,
      cell.piger as piger,
      cell.piger_known as piger_known,
      cell.piger_suppressed as piger_suppressed,
      cell.piger_not_applicable as piger_not_applicable
    from file(
      '{cells skole.elever 2026K1}',
      Parquet
    ) as cell
    where cell.periode in ('2026K1')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.kommune as kommune,
      cells.kommune as part_kommune,
      cells.koen as part_koen,
      case
        when cells.kommune in ('101', '461', '751')
          and structure_kommune.kommune is not null
          and coalesce(structure_koen.expected, 0) = 1 then 1
        else 0
      end as expected,
      cast(sumOrNull(cells.piger) as Nullable(Decimal(38, 0))) as piger,
      cast(sumOrNull(cells.piger_known) as Nullable(Int64)) as piger_known,
      cast(sumOrNull(cells.piger_suppressed) as Nullable(Int64)) as piger_suppressed,
      cast(sumOrNull(cells.piger_not_applicable) as Nullable(Int64)) as piger_not_applicable,
      cast(sumOrNull(cells.elever) as Nullable(Decimal(38, 0))) as elever,
      cast(sumOrNull(cells.elever_known) as Nullable(Int64)) as elever_known,
      cast(sumOrNull(cells.elever_suppressed) as Nullable(Int64)) as elever_suppressed,
      cast(sumOrNull(cells.elever_not_applicable) as Nullable(Int64)) as elever_not_applicable
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
      '{structure koen}',
      Parquet
    ) as structure_koen
      on structure_koen.koen = cells.koen
        and structure_koen.valid_from <= periods.structure_date
        and structure_koen.valid_to >= periods.structure_date
    where cells.kommune_level = 'kommune'
    group by
      periods.out_period,
      periods.periode,
      cells.kommune,
      cells.kommune,
      cells.koen,
      case
        when cells.kommune in ('101', '461', '751')
          and structure_kommune.kommune is not null
          and coalesce(structure_koen.expected, 0) = 1 then 1
        else 0
      end
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sumOrNull(parts.piger) as Nullable(Decimal(38, 0))) as piger,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.piger_known > 0 and parts.piger_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as piger_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.piger_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as piger_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.piger_known = 0
              and parts.piger_suppressed = 0
              and parts.piger_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as piger_not_applicable,
      cast(sumOrNull(parts.piger_known) as Nullable(Int64)) as piger_known,
      cast(sumOrNull(parts.piger_suppressed) as Nullable(Int64)) as piger_suppressed_rows,
      cast(sumOrNull(parts.piger_not_applicable) as Nullable(Int64)) as piger_not_applicable_rows,
      cast(sumOrNull(parts.elever) as Nullable(Decimal(38, 0))) as elever,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.elever_known > 0 and parts.elever_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as elever_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.elever_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as elever_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.elever_known = 0
              and parts.elever_suppressed = 0
              and parts.elever_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as elever_not_applicable,
      cast(sumOrNull(parts.elever_known) as Nullable(Int64)) as elever_known,
      cast(sumOrNull(parts.elever_suppressed) as Nullable(Int64)) as elever_suppressed_rows,
      cast(sumOrNull(parts.elever_not_applicable) as Nullable(Int64)) as elever_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(argMaxOrNull(by_period.piger, by_period.periode) as Nullable(Decimal(38, 0))) as piger,
  cast(sumOrNull(case when by_period.piger is not null then 1 else 0 end) as Nullable(Int64)) as piger_periods,
  cast(sumOrNull(by_period.piger_delivered) as Nullable(Int64)) as piger_delivered,
  cast(sumOrNull(by_period.piger_suppressed) as Nullable(Int64)) as piger_suppressed,
  cast(sumOrNull(by_period.piger_not_applicable) as Nullable(Int64)) as piger_not_applicable,
  cast(sumOrNull(by_period.piger_known) as Nullable(Int64)) as piger_known,
  cast(sumOrNull(by_period.piger_suppressed_rows) as Nullable(Int64)) as piger_suppressed_rows,
  cast(sumOrNull(by_period.piger_not_applicable_rows) as Nullable(Int64)) as piger_not_applicable_rows,
  cast(argMaxOrNull(by_period.elever, by_period.periode) as Nullable(Decimal(38, 0))) as elever,
  cast(sumOrNull(case when by_period.elever is not null then 1 else 0 end) as Nullable(Int64)) as elever_periods,
  cast(sumOrNull(by_period.elever_delivered) as Nullable(Int64)) as elever_delivered,
  cast(sumOrNull(by_period.elever_suppressed) as Nullable(Int64)) as elever_suppressed,
  cast(sumOrNull(by_period.elever_not_applicable) as Nullable(Int64)) as elever_not_applicable,
  cast(sumOrNull(by_period.elever_known) as Nullable(Int64)) as elever_known,
  cast(sumOrNull(by_period.elever_suppressed_rows) as Nullable(Int64)) as elever_suppressed_rows,
  cast(sumOrNull(by_period.elever_not_applicable_rows) as Nullable(Int64)) as elever_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
