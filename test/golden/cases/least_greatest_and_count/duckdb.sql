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
      cast(min(cells.mindste) as decimal(38, 2)) as mindste,
      cast(sum(cells.mindste_known) as bigint) as mindste_known,
      cast(sum(cells.mindste_suppressed) as bigint) as mindste_suppressed,
      cast(sum(cells.mindste_not_applicable) as bigint) as mindste_not_applicable,
      cast(max(cells.stoerste) as decimal(38, 2)) as stoerste,
      cast(sum(cells.stoerste_known) as bigint) as stoerste_known,
      cast(sum(cells.stoerste_suppressed) as bigint) as stoerste_suppressed,
      cast(sum(cells.stoerste_not_applicable) as bigint) as stoerste_not_applicable,
      cast(sum(cells.bilag) as decimal(38, 0)) as bilag,
      cast(sum(cells.bilag_known) as bigint) as bilag_known,
      cast(sum(cells.bilag_suppressed) as bigint) as bilag_suppressed,
      cast(sum(cells.bilag_not_applicable) as bigint) as bilag_not_applicable
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
      cast(min(parts.mindste) as decimal(38, 2)) as mindste,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.mindste_known > 0 and parts.mindste_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as mindste_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.mindste_suppressed > 0 then 1 else 0 end) as bigint
      ) as mindste_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.mindste_known = 0
              and parts.mindste_suppressed = 0
              and parts.mindste_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as mindste_not_applicable,
      cast(sum(parts.mindste_known) as bigint) as mindste_known,
      cast(sum(parts.mindste_suppressed) as bigint) as mindste_suppressed_rows,
      cast(sum(parts.mindste_not_applicable) as bigint) as mindste_not_applicable_rows,
      cast(max(parts.stoerste) as decimal(38, 2)) as stoerste,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.stoerste_known > 0 and parts.stoerste_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as stoerste_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.stoerste_suppressed > 0 then 1 else 0 end) as bigint
      ) as stoerste_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.stoerste_known = 0
              and parts.stoerste_suppressed = 0
              and parts.stoerste_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as stoerste_not_applicable,
      cast(sum(parts.stoerste_known) as bigint) as stoerste_known,
      cast(sum(parts.stoerste_suppressed) as bigint) as stoerste_suppressed_rows,
      cast(sum(parts.stoerste_not_applicable) as bigint) as stoerste_not_applicable_rows,
      cast(sum(parts.bilag) as decimal(38, 0)) as bilag,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.bilag_known > 0 and parts.bilag_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as bilag_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.bilag_suppressed > 0 then 1 else 0 end) as bigint
      ) as bilag_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.bilag_known = 0
              and parts.bilag_suppressed = 0
              and parts.bilag_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as bilag_not_applicable,
      cast(sum(parts.bilag_known) as bigint) as bilag_known,
      cast(sum(parts.bilag_suppressed) as bigint) as bilag_suppressed_rows,
      cast(sum(parts.bilag_not_applicable) as bigint) as bilag_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(min(by_period.mindste) as decimal(38, 2)) as mindste,
  cast(sum(case when by_period.mindste is not null then 1 else 0 end) as bigint) as mindste_periods,
  cast(sum(by_period.mindste_delivered) as bigint) as mindste_delivered,
  cast(sum(by_period.mindste_suppressed) as bigint) as mindste_suppressed,
  cast(sum(by_period.mindste_not_applicable) as bigint) as mindste_not_applicable,
  cast(sum(by_period.mindste_known) as bigint) as mindste_known,
  cast(sum(by_period.mindste_suppressed_rows) as bigint) as mindste_suppressed_rows,
  cast(sum(by_period.mindste_not_applicable_rows) as bigint) as mindste_not_applicable_rows,
  cast(max(by_period.stoerste) as decimal(38, 2)) as stoerste,
  cast(sum(case when by_period.stoerste is not null then 1 else 0 end) as bigint) as stoerste_periods,
  cast(sum(by_period.stoerste_delivered) as bigint) as stoerste_delivered,
  cast(sum(by_period.stoerste_suppressed) as bigint) as stoerste_suppressed,
  cast(sum(by_period.stoerste_not_applicable) as bigint) as stoerste_not_applicable,
  cast(sum(by_period.stoerste_known) as bigint) as stoerste_known,
  cast(sum(by_period.stoerste_suppressed_rows) as bigint) as stoerste_suppressed_rows,
  cast(sum(by_period.stoerste_not_applicable_rows) as bigint) as stoerste_not_applicable_rows,
  cast(sum(by_period.bilag) as decimal(38, 0)) as bilag,
  cast(sum(case when by_period.bilag is not null then 1 else 0 end) as bigint) as bilag_periods,
  cast(sum(by_period.bilag_delivered) as bigint) as bilag_delivered,
  cast(sum(by_period.bilag_suppressed) as bigint) as bilag_suppressed,
  cast(sum(by_period.bilag_not_applicable) as bigint) as bilag_not_applicable,
  cast(sum(by_period.bilag_known) as bigint) as bilag_known,
  cast(sum(by_period.bilag_suppressed_rows) as bigint) as bilag_suppressed_rows,
  cast(sum(by_period.bilag_not_applicable_rows) as bigint) as bilag_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;
