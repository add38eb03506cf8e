with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026' as varchar), cast('2026M01' as varchar), cast('2026-06-30' as varchar)),
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
    ) as pair (out_period, periode, structure_date)
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune as kommune,
      cell.funktion_level as funktion_level,
      cell.funktion as funktion,
      cell.udgift_1000_kr_udgift as udgift_1000_kr_udgift,
      cell.udgift_1000_kr_udgift_known as udgift_1000_kr_udgift_known,
      cell.udgift_1000_kr_udgift_suppressed as udgift_1000_kr_udgift_suppressed,
      cell.udgift_1000_kr_udgift_not_applicable as udgift_1000_kr_udgift_not_applicable,
      cell.udgift_udgift as udgift_udgift,
      cell.udgift_udgift_known as udgift_udgift_known,
      cell.udgift_udgift_suppressed as udgift_udgift_suppressed,
      cell.udgift_udgift_not_applicable as udgift_udgift_not_applicable
    from read_parquet([
      '{cells oekonomi.bilag 2026M01}',
      '{cells oekonomi.bilag 2026M02}',
      '{cells oekonomi.bilag 2026M03}',
      '{cells oekonomi.bilag 2026M04}',
      '{cells oekonomi.bilag 2026M05}',
      '{cells oekonomi.bilag 2026M06}'
    ]) as cell
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
      cast(sum(cells.udgift_1000_kr_udgift) as decimal(38, 2)) as udgift_1000_kr_udgift,
      cast(sum(cells.udgift_1000_kr_udgift_known) as bigint) as udgift_1000_kr_udgift_known,
      cast(sum(cells.udgift_1000_kr_udgift_suppressed) as bigint) as udgift_1000_kr_udgift_suppressed,
      cast(sum(cells.udgift_1000_kr_udgift_not_applicable) as bigint) as udgift_1000_kr_udgift_not_applicable,
      cast(sum(cells.udgift_udgift) as decimal(38, 2)) as udgift_udgift,
      cast(sum(cells.udgift_udgift_known) as bigint) as udgift_udgift_known,
      cast(sum(cells.udgift_udgift_suppressed) as bigint) as udgift_udgift_suppressed,
      cast(sum(cells.udgift_udgift_not_applicable) as bigint) as udgift_udgift_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
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
      cast(sum(parts.udgift_1000_kr_udgift) as decimal(38, 2)) as udgift_1000_kr_udgift,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.udgift_1000_kr_udgift_known > 0
              and parts.udgift_1000_kr_udgift_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as udgift_1000_kr_udgift_delivered,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.udgift_1000_kr_udgift_suppressed > 0 then 1
            else 0
          end
        ) as bigint
      ) as udgift_1000_kr_udgift_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.udgift_1000_kr_udgift_known = 0
              and parts.udgift_1000_kr_udgift_suppressed = 0
              and parts.udgift_1000_kr_udgift_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as udgift_1000_kr_udgift_not_applicable,
      cast(sum(parts.udgift_1000_kr_udgift_known) as bigint) as udgift_1000_kr_udgift_known,
      cast(sum(parts.udgift_1000_kr_udgift_suppressed) as bigint) as udgift_1000_kr_udgift_suppressed_rows,
      cast(sum(parts.udgift_1000_kr_udgift_not_applicable) as bigint) as udgift_1000_kr_udgift_not_applicable_rows,
      cast(sum(parts.udgift_udgift) as decimal(38, 2)) as udgift_udgift,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.udgift_udgift_known > 0
              and parts.udgift_udgift_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as udgift_udgift_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.udgift_udgift_suppressed > 0 then 1 else 0 end) as bigint
      ) as udgift_udgift_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.udgift_udgift_known = 0
              and parts.udgift_udgift_suppressed = 0
              and parts.udgift_udgift_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as udgift_udgift_not_applicable,
      cast(sum(parts.udgift_udgift_known) as bigint) as udgift_udgift_known,
      cast(sum(parts.udgift_udgift_suppressed) as bigint) as udgift_udgift_suppressed_rows,
      cast(sum(parts.udgift_udgift_not_applicable) as bigint) as udgift_udgift_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sum(by_period.udgift_1000_kr_udgift) as decimal(38, 2)) as udgift_1000_kr_udgift,
  cast(sum(case when by_period.udgift_1000_kr_udgift is not null then 1 else 0 end) as bigint) as udgift_1000_kr_udgift_periods,
  cast(sum(by_period.udgift_1000_kr_udgift_delivered) as bigint) as udgift_1000_kr_udgift_delivered,
  cast(sum(by_period.udgift_1000_kr_udgift_suppressed) as bigint) as udgift_1000_kr_udgift_suppressed,
  cast(sum(by_period.udgift_1000_kr_udgift_not_applicable) as bigint) as udgift_1000_kr_udgift_not_applicable,
  cast(sum(by_period.udgift_1000_kr_udgift_known) as bigint) as udgift_1000_kr_udgift_known,
  cast(sum(by_period.udgift_1000_kr_udgift_suppressed_rows) as bigint) as udgift_1000_kr_udgift_suppressed_rows,
  cast(sum(by_period.udgift_1000_kr_udgift_not_applicable_rows) as bigint) as udgift_1000_kr_udgift_not_applicable_rows,
  cast(sum(by_period.udgift_udgift) as decimal(38, 2)) as udgift_udgift,
  cast(sum(case when by_period.udgift_udgift is not null then 1 else 0 end) as bigint) as udgift_udgift_periods,
  cast(sum(by_period.udgift_udgift_delivered) as bigint) as udgift_udgift_delivered,
  cast(sum(by_period.udgift_udgift_suppressed) as bigint) as udgift_udgift_suppressed,
  cast(sum(by_period.udgift_udgift_not_applicable) as bigint) as udgift_udgift_not_applicable,
  cast(sum(by_period.udgift_udgift_known) as bigint) as udgift_udgift_known,
  cast(sum(by_period.udgift_udgift_suppressed_rows) as bigint) as udgift_udgift_suppressed_rows,
  cast(sum(by_period.udgift_udgift_not_applicable_rows) as bigint) as udgift_udgift_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;
