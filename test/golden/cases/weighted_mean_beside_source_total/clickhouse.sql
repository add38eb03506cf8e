with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date,
      pair.weight_period as weight_period
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String), weight_period Nullable(String)',
      (
        cast('2025' as Nullable(String)),
        cast('2025' as Nullable(String)),
        cast('2026-06-30' as Nullable(String)),
        cast('2026' as Nullable(String))
      )
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune_level as kommune_level,
      cell.kommune as kommune,
      cell.funktion as funktion,
      cell.drift as drift,
      cell.drift_known as drift_known,
      cell.drift_suppressed as drift_suppressed,
      cell.drift_not_applicable as drift_not_applicable
    from file(
      '{cells dst.drift 2025}',
      Parquet
    ) as cell
    where cell.periode in ('2025')
  ),
  weight_cells as (
    select
      cell.periode as periode,
      cell.kommune as kommune,
      cell.folketal as folketal,
      cell.folketal_known as folketal_known,
      cell.folketal_suppressed as folketal_suppressed,
      cell.folketal_not_applicable as folketal_not_applicable
    from file(
      '{cells dst.folketal 2026}',
      Parquet
    ) as cell
    where cell.periode in ('2026')
  ),
  weights as (
    select
      weight_cells.periode as weight_period,
      weight_cells.kommune as weight_member,
      cast(
        case
          when sumOrNull(weight_cells.folketal_suppressed) = 0 then sumOrNull(weight_cells.folketal)
        end as Nullable(Decimal(38, 0))
      ) as weight
    from weight_cells as weight_cells
    group by weight_cells.periode, weight_cells.kommune
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      coalesce(structure_kommune.land, 'uoplyst') as land,
      cells.funktion as funktion,
      cells.kommune as part_kommune,
      cells.funktion as part_funktion,
      case
        when coalesce(structure_kommune.expected, 0) = 1
          and coalesce(structure_funktion.expected, 0) = 1 then 1
        else 0
      end as expected,
      weights.weight as weight,
      cast(sumOrNull(cells.drift) as Nullable(Decimal(38, 0))) as drift,
      cast(sumOrNull(cells.drift_known) as Nullable(Int64)) as drift_known,
      cast(sumOrNull(cells.drift_suppressed) as Nullable(Int64)) as drift_suppressed,
      cast(sumOrNull(cells.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable
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
    left join weights as weights
      on weights.weight_member = cells.kommune and weights.weight_period = periods.weight_period
    where cells.kommune_level = 'kommune'
    group by
      periods.out_period,
      periods.periode,
      coalesce(structure_kommune.land, 'uoplyst'),
      cells.funktion,
      cells.kommune,
      cells.funktion,
      case
        when coalesce(structure_kommune.expected, 0) = 1
          and coalesce(structure_funktion.expected, 0) = 1 then 1
        else 0
      end,
      weights.weight
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.land as land,
      parts.funktion as funktion,
      cast(sumOrNull(parts.drift) as Nullable(Decimal(38, 0))) as drift,
      cast(
        sumOrNull(
          case
            when parts.drift_known > 0 and parts.drift_suppressed = 0 and parts.weight is not null then parts.drift * parts.weight
          end
        ) as Nullable(Decimal(38, 0))
      ) as drift_weighted,
      cast(
        sumOrNull(
          case
            when parts.drift_known > 0 and parts.drift_suppressed = 0 and parts.weight is not null then parts.weight
          end
        ) as Nullable(Decimal(38, 0))
      ) as drift_weight,
      cast(
        case
          when minOrNull(case when parts.drift_known > 0 then parts.part_kommune end) = maxOrNull(
            case when parts.drift_known > 0 then parts.part_kommune end
          ) then 1
          else 0
        end as Nullable(Int64)
      ) as drift_alone,
      case
        when minOrNull(case when parts.drift_known > 0 then parts.part_kommune end) = maxOrNull(
          case when parts.drift_known > 0 then parts.part_kommune end
        ) then cast(
          sumOrNull(
            case
              when parts.expected = 1 and parts.drift_known > 0 and parts.drift_suppressed = 0 then 1
              else 0
            end
          ) as Nullable(Int64)
        )
        else cast(
          sumOrNull(
            case
              when parts.expected = 1
                and parts.drift_known > 0
                and parts.drift_suppressed = 0
                and parts.weight is not null then 1
              else 0
            end
          ) as Nullable(Int64)
        )
      end as drift_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.drift_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as drift_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.drift_known = 0
              and parts.drift_suppressed = 0
              and parts.drift_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as drift_not_applicable,
      cast(sumOrNull(parts.drift_known) as Nullable(Int64)) as drift_known,
      cast(sumOrNull(parts.drift_suppressed) as Nullable(Int64)) as drift_suppressed_rows,
      cast(sumOrNull(parts.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.land, parts.funktion
  )
select
  by_period.out_period as out_period,
  by_period.land as land,
  by_period.funktion as funktion,
  cast(sumOrNull(by_period.drift) as Nullable(Decimal(38, 0))) as drift,
  cast(sumOrNull(by_period.drift_weighted) as Nullable(Decimal(38, 0))) as drift_weighted,
  cast(sumOrNull(by_period.drift_weight) as Nullable(Decimal(38, 0))) as drift_weight,
  cast(sumOrNull(by_period.drift_alone) as Nullable(Int64)) as drift_alone,
  cast(sumOrNull(case when by_period.drift is not null then 1 else 0 end) as Nullable(Int64)) as drift_periods,
  cast(sumOrNull(by_period.drift_delivered) as Nullable(Int64)) as drift_delivered,
  cast(sumOrNull(by_period.drift_suppressed) as Nullable(Int64)) as drift_suppressed,
  cast(sumOrNull(by_period.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable,
  cast(sumOrNull(by_period.drift_known) as Nullable(Int64)) as drift_known,
  cast(sumOrNull(by_period.drift_suppressed_rows) as Nullable(Int64)) as drift_suppressed_rows,
  cast(sumOrNull(by_period.drift_not_applicable_rows) as Nullable(Int64)) as drift_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.land, by_period.funktion
order by 1, 2, 3
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
        cast('2025' as Nullable(String)),
        cast('2025' as Nullable(String)),
        cast('2026-06-30' as Nullable(String))
      )
    ) as pair
  ),
  cells as (
    select
      cell.periode as periode,
      cell.kommune_level as kommune_level,
      cell.kommune as kommune,
      cell.funktion as funktion,
      cell.drift as drift,
      cell.drift_known as drift_known,
      cell.drift_suppressed as drift_suppressed,
      cell.drift_not_applicable as drift_not_applicable
    from file(
      '{cells dst.drift 2025}',
      Parquet
    ) as cell
    where cell.periode in ('2025')
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.kommune as land,
      cells.funktion as funktion,
      cells.funktion as part_funktion,
      coalesce(structure_funktion.expected, 0) as expected,
      cast(sumOrNull(cells.drift) as Nullable(Decimal(38, 0))) as drift,
      cast(sumOrNull(cells.drift_known) as Nullable(Int64)) as drift_known,
      cast(sumOrNull(cells.drift_suppressed) as Nullable(Int64)) as drift_suppressed,
      cast(sumOrNull(cells.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join file(
      '{structure funktion}',
      Parquet
    ) as structure_funktion
      on structure_funktion.funktion = cells.funktion
        and structure_funktion.valid_from <= periods.structure_date
        and structure_funktion.valid_to >= periods.structure_date
    where cells.kommune_level = 'land'
    group by
      periods.out_period,
      periods.periode,
      cells.kommune,
      cells.funktion,
      cells.funktion,
      coalesce(structure_funktion.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.land as land,
      parts.funktion as funktion,
      cast(sumOrNull(parts.drift) as Nullable(Decimal(38, 0))) as drift,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.drift_known > 0 and parts.drift_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as drift_delivered,
      cast(
        sumOrNull(case when parts.expected = 1 and parts.drift_suppressed > 0 then 1 else 0 end) as Nullable(Int64)
      ) as drift_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.drift_known = 0
              and parts.drift_suppressed = 0
              and parts.drift_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as drift_not_applicable,
      cast(sumOrNull(parts.drift_known) as Nullable(Int64)) as drift_known,
      cast(sumOrNull(parts.drift_suppressed) as Nullable(Int64)) as drift_suppressed_rows,
      cast(sumOrNull(parts.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.land, parts.funktion
  )
select
  by_period.out_period as out_period,
  by_period.land as land,
  by_period.funktion as funktion,
  cast(sumOrNull(by_period.drift) as Nullable(Decimal(38, 0))) as drift,
  cast(sumOrNull(case when by_period.drift is not null then 1 else 0 end) as Nullable(Int64)) as drift_periods,
  cast(sumOrNull(by_period.drift_delivered) as Nullable(Int64)) as drift_delivered,
  cast(sumOrNull(by_period.drift_suppressed) as Nullable(Int64)) as drift_suppressed,
  cast(sumOrNull(by_period.drift_not_applicable) as Nullable(Int64)) as drift_not_applicable,
  cast(sumOrNull(by_period.drift_known) as Nullable(Int64)) as drift_known,
  cast(sumOrNull(by_period.drift_suppressed_rows) as Nullable(Int64)) as drift_suppressed_rows,
  cast(sumOrNull(by_period.drift_not_applicable_rows) as Nullable(Int64)) as drift_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.land, by_period.funktion
order by 1, 2, 3
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
