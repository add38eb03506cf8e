with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026K1' as varchar), cast('2026K1' as varchar), cast('2026-06-30' as varchar)),
      ('2026K2', '2026K2', '2026-06-30')
    ) as pair (out_period, periode, structure_date)
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
      cell.elever_not_applicable as elever_not_applicable
    from read_parquet([
      '{cells skole.elever 2026K1}',
      '{cells skole.elever 2026K2}'
    ]) as cell
    where cell.periode in ('2026K1', '2026K2')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.koen as koen,
      cells.kommune as part_kommune,
      cells.koen as part_koen,
      case
        when cells.kommune in ('101', '461', '751')
          and structure_kommune.kommune is not null
          and coalesce(structure_koen.expected, 0) = 1 then 1
        else 0
      end as expected,
      cast(sum(cells.elever) as decimal(38, 0)) as elever,
      cast(sum(cells.elever_known) as bigint) as elever_known,
      cast(sum(cells.elever_suppressed) as bigint) as elever_suppressed,
      cast(sum(cells.elever_not_applicable) as bigint) as elever_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
      on structure_kommune.kommune = cells.kommune
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    left join read_parquet([
      '{structure koen}'
    ]) as structure_koen
      on structure_koen.koen = cells.koen
        and structure_koen.valid_from <= periods.structure_date
        and structure_koen.valid_to >= periods.structure_date
    where cells.kommune_level = 'kommune'
    group by
      periods.out_period,
      periods.periode,
      cells.koen,
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
      parts.koen as koen,
      cast(sum(parts.elever) as decimal(38, 0)) as elever,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.elever_known > 0 and parts.elever_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as elever_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.elever_suppressed > 0 then 1 else 0 end) as bigint
      ) as elever_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.elever_known = 0
              and parts.elever_suppressed = 0
              and parts.elever_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as elever_not_applicable,
      cast(sum(parts.elever_known) as bigint) as elever_known,
      cast(sum(parts.elever_suppressed) as bigint) as elever_suppressed_rows,
      cast(sum(parts.elever_not_applicable) as bigint) as elever_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.koen
  )
select
  by_period.out_period as out_period,
  by_period.koen as koen,
  cast(arg_max(by_period.elever, by_period.periode) as decimal(38, 0)) as elever,
  cast(sum(case when by_period.elever is not null then 1 else 0 end) as bigint) as elever_periods,
  cast(sum(by_period.elever_delivered) as bigint) as elever_delivered,
  cast(sum(by_period.elever_suppressed) as bigint) as elever_suppressed,
  cast(sum(by_period.elever_not_applicable) as bigint) as elever_not_applicable,
  cast(sum(by_period.elever_known) as bigint) as elever_known,
  cast(sum(by_period.elever_suppressed_rows) as bigint) as elever_suppressed_rows,
  cast(sum(by_period.elever_not_applicable_rows) as bigint) as elever_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.koen
order by out_period, koen;
