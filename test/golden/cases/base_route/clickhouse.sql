with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026M03' as Nullable(String)),
        cast('2026M03' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune_level as kommune_level,
      snapshot.kommune as kommune,
      snapshot.vaerdi as vaerdi,
      snapshot.vaerdi_status as vaerdi_status,
      snapshot.maaletal as maaletal
    from file(
      '{snapshot star.ledighed 2}',
      Parquet
    ) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune_level as kommune_level,
      rows.kommune as kommune,
      cast(
        sumOrNull(case when rows.maaletal = 'fuldtid' then rows.vaerdi end) as Nullable(Decimal(38, 1))
      ) as ledige,
      cast(
        count(case when rows.maaletal = 'fuldtid' and rows.vaerdi_status is null then 1 end) as Nullable(Int64)
      ) as ledige_known,
      cast(
        count(case when rows.maaletal = 'fuldtid' and rows.vaerdi_status = 'suppressed' then 1 end) as Nullable(Int64)
      ) as ledige_suppressed,
      cast(
        count(
          case when rows.maaletal = 'fuldtid' and rows.vaerdi_status = 'not_applicable' then 1 end
        ) as Nullable(Int64)
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

with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026M03' as Nullable(String)),
        cast('2026M03' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune as kommune,
      snapshot.funktion_level as funktion_level,
      snapshot.funktion as funktion
    from file(
      '{snapshot oekonomi.bilag 2}',
      Parquet
    ) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune as kommune,
      rows.funktion_level as funktion_level,
      rows.funktion as funktion,
      cast(sumOrNull(1) as Nullable(Decimal(38, 0))) as bilag,
      cast(count(*) as Nullable(Int64)) as bilag_known,
      cast(sumOrNull(0) as Nullable(Int64)) as bilag_suppressed,
      cast(sumOrNull(0) as Nullable(Int64)) as bilag_not_applicable
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
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
  cast(sumOrNull(by_period.bilag) as Nullable(Decimal(38, 0))) as bilag,
  cast(sumOrNull(case when by_period.bilag is not null then 1 else 0 end) as Nullable(Int64)) as bilag_periods,
  cast(sumOrNull(by_period.bilag_delivered) as Nullable(Int64)) as bilag_delivered,
  cast(sumOrNull(by_period.bilag_suppressed) as Nullable(Int64)) as bilag_suppressed,
  cast(sumOrNull(by_period.bilag_not_applicable) as Nullable(Int64)) as bilag_not_applicable,
  cast(sumOrNull(by_period.bilag_known) as Nullable(Int64)) as bilag_known,
  cast(sumOrNull(by_period.bilag_suppressed_rows) as Nullable(Int64)) as bilag_suppressed_rows,
  cast(sumOrNull(by_period.bilag_not_applicable_rows) as Nullable(Int64)) as bilag_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.region
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
