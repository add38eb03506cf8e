with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026K1' as varchar), cast('2026M01' as varchar), cast('2026-06-30' as varchar)),
      ('2026K1', '2026M02', '2026-06-30'),
      ('2026K1', '2026M03', '2026-06-30'),
      ('2026K2', '2026M04', '2026-06-30'),
      ('2026K2', '2026M05', '2026-06-30'),
      ('2026K2', '2026M06', '2026-06-30'),
      ('2026K3', '2026M07', '2026-06-30'),
      ('2026K3', '2026M08', '2026-06-30'),
      ('2026K3', '2026M09', '2026-06-30'),
      ('2026K4', '2026M10', '2026-06-30'),
      ('2026K4', '2026M11', '2026-06-30'),
      ('2026K4', '2026M12', '2026-06-30')
    ) as pair (out_period, periode, structure_date)
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
    from read_parquet([
      '{cells star.ledighed 2026M01}',
      '{cells star.ledighed 2026M02}',
      '{cells star.ledighed 2026M03}',
      '{cells star.ledighed 2026M04}',
      '{cells star.ledighed 2026M05}',
      '{cells star.ledighed 2026M06}'
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
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sum(cells.ledige) as decimal(38, 1)) as ledige,
      cast(sum(cells.ledige_known) as bigint) as ledige_known,
      cast(sum(cells.ledige_suppressed) as bigint) as ledige_suppressed,
      cast(sum(cells.ledige_not_applicable) as bigint) as ledige_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
      on structure_kommune.kommune = cells.kommune
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    where cells.kommune_level = 'kommune'
      and coalesce(structure_kommune.landsdel, 'uoplyst') in ('01', '05')
    group by
      periods.out_period,
      periods.periode,
      cells.kommune,
      cells.kommune,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sum(parts.ledige) as decimal(38, 1)) as ledige,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.ledige_known > 0 and parts.ledige_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as ledige_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.ledige_suppressed > 0 then 1 else 0 end) as bigint
      ) as ledige_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.ledige_known = 0
              and parts.ledige_suppressed = 0
              and parts.ledige_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as ledige_not_applicable,
      cast(sum(parts.ledige_known) as bigint) as ledige_known,
      cast(sum(parts.ledige_suppressed) as bigint) as ledige_suppressed_rows,
      cast(sum(parts.ledige_not_applicable) as bigint) as ledige_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sum(by_period.ledige) as decimal(38, 1)) as ledige,
  cast(sum(case when by_period.ledige is not null then 1 else 0 end) as bigint) as ledige_periods,
  cast(sum(by_period.ledige_delivered) as bigint) as ledige_delivered,
  cast(sum(by_period.ledige_suppressed) as bigint) as ledige_suppressed,
  cast(sum(by_period.ledige_not_applicable) as bigint) as ledige_not_applicable,
  cast(sum(by_period.ledige_known) as bigint) as ledige_known,
  cast(sum(by_period.ledige_suppressed_rows) as bigint) as ledige_suppressed_rows,
  cast(sum(by_period.ledige_not_applicable_rows) as bigint) as ledige_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;

with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026K1' as varchar), cast('2026' as varchar), cast('2026-06-30' as varchar)),
      ('2026K2', '2026', '2026-06-30'),
      ('2026K3', '2026', '2026-06-30'),
      ('2026K4', '2026', '2026-06-30')
    ) as pair (out_period, periode, structure_date)
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune as kommune,
      cell.folketal as folketal,
      cell.folketal_known as folketal_known,
      cell.folketal_suppressed as folketal_suppressed,
      cell.folketal_not_applicable as folketal_not_applicable
    from read_parquet([
      '{cells dst.folketal 2026}'
    ]) as cell
    where cell.periode in ('2026')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.kommune as kommune,
      cells.kommune as part_kommune,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sum(cells.folketal) as decimal(38, 0)) as folketal,
      cast(sum(cells.folketal_known) as bigint) as folketal_known,
      cast(sum(cells.folketal_suppressed) as bigint) as folketal_suppressed,
      cast(sum(cells.folketal_not_applicable) as bigint) as folketal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
      on structure_kommune.kommune = cells.kommune
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    where coalesce(structure_kommune.landsdel, 'uoplyst') in ('01', '05')
    group by
      periods.out_period,
      periods.periode,
      cells.kommune,
      cells.kommune,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sum(parts.folketal) as decimal(38, 0)) as folketal,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.folketal_known > 0 and parts.folketal_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as folketal_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.folketal_suppressed > 0 then 1 else 0 end) as bigint
      ) as folketal_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.folketal_known = 0
              and parts.folketal_suppressed = 0
              and parts.folketal_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as folketal_not_applicable,
      cast(sum(parts.folketal_known) as bigint) as folketal_known,
      cast(sum(parts.folketal_suppressed) as bigint) as folketal_suppressed_rows,
      cast(sum(parts.folketal_not_applicable) as bigint) as folketal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(arg_max(by_period.folketal, by_period.periode) as decimal(38, 0)) as folketal,
  cast(sum(case when by_period.folketal is not null then 1 else 0 end) as bigint) as folketal_periods,
  cast(sum(by_period.folketal_delivered) as bigint) as folketal_delivered,
  cast(sum(by_period.folketal_suppressed) as bigint) as folketal_suppressed,
  cast(sum(by_period.folketal_not_applicable) as bigint) as folketal_not_applicable,
  cast(sum(by_period.folketal_known) as bigint) as folketal_known,
  cast(sum(by_period.folketal_suppressed_rows) as bigint) as folketal_suppressed_rows,
  cast(sum(by_period.folketal_not_applicable_rows) as bigint) as folketal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;
