with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026M03' as varchar), cast('2026M03' as varchar), cast('2026-06-30' as varchar))
    ) as pair (out_period, periode, structure_date)
  ),
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune_level as kommune_level,
      snapshot.kommune as kommune,
      snapshot.vaerdi as vaerdi,
      snapshot.vaerdi_status as vaerdi_status,
      snapshot.maaletal as maaletal
    from read_parquet([
      '{snapshot star.ledighed 2}'
    ]) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune_level as kommune_level,
      rows.kommune as kommune,
      cast(sum(case when rows.maaletal = 'fuldtid' then rows.vaerdi end) as decimal(38, 1)) as ledige,
      cast(
        count(case when rows.maaletal = 'fuldtid' and rows.vaerdi_status is null then 1 end) as bigint
      ) as ledige_known,
      cast(
        count(case when rows.maaletal = 'fuldtid' and rows.vaerdi_status = 'suppressed' then 1 end) as bigint
      ) as ledige_suppressed,
      cast(
        count(
          case when rows.maaletal = 'fuldtid' and rows.vaerdi_status = 'not_applicable' then 1 end
        ) as bigint
      ) as ledige_not_applicable
    from rows as rows
    where rows.periode in ('2026M03')
    group by rows.periode, rows.kommune_level, rows.kommune
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      coalesce(structure_kommune.region, 'uoplyst') as region,
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
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
  cast(sum(by_period.ledige) as decimal(38, 1)) as ledige,
  cast(sum(case when by_period.ledige is not null then 1 else 0 end) as bigint) as ledige_periods,
  cast(sum(by_period.ledige_delivered) as bigint) as ledige_delivered,
  cast(sum(by_period.ledige_suppressed) as bigint) as ledige_suppressed,
  cast(sum(by_period.ledige_not_applicable) as bigint) as ledige_not_applicable,
  cast(sum(by_period.ledige_known) as bigint) as ledige_known,
  cast(sum(by_period.ledige_suppressed_rows) as bigint) as ledige_suppressed_rows,
  cast(sum(by_period.ledige_not_applicable_rows) as bigint) as ledige_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.region
order by out_period, region;

with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026M03' as varchar), cast('2026M03' as varchar), cast('2026-06-30' as varchar))
    ) as pair (out_period, periode, structure_date)
  ),
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune as kommune,
      snapshot.funktion_level as funktion_level,
      snapshot.funktion as funktion
    from read_parquet([
      '{snapshot oekonomi.bilag 2}'
    ]) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune as kommune,
      rows.funktion_level as funktion_level,
      rows.funktion as funktion,
      cast(sum(1) as decimal(38, 0)) as bilag,
      cast(count(*) as bigint) as bilag_known,
      cast(sum(0) as bigint) as bilag_suppressed,
      cast(sum(0) as bigint) as bilag_not_applicable
    from rows as rows
    where rows.periode in ('2026M03')
    group by rows.periode, rows.kommune, rows.funktion_level, rows.funktion
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      coalesce(structure_kommune.region, 'uoplyst') as region,
      cells.kommune as part_kommune,
      case
        when cells.kommune in ('101', '461', '751', '851') and structure_kommune.kommune is not null then 1
        else 0
      end as expected,
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
      coalesce(structure_kommune.region, 'uoplyst'),
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
      parts.region as region,
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
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
  cast(sum(by_period.bilag) as decimal(38, 0)) as bilag,
  cast(sum(case when by_period.bilag is not null then 1 else 0 end) as bigint) as bilag_periods,
  cast(sum(by_period.bilag_delivered) as bigint) as bilag_delivered,
  cast(sum(by_period.bilag_suppressed) as bigint) as bilag_suppressed,
  cast(sum(by_period.bilag_not_applicable) as bigint) as bilag_not_applicable,
  cast(sum(by_period.bilag_known) as bigint) as bilag_known,
  cast(sum(by_period.bilag_suppressed_rows) as bigint) as bilag_suppressed_rows,
  cast(sum(by_period.bilag_not_applicable_rows) as bigint) as bilag_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.region
order by out_period, region;
