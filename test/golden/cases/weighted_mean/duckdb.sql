with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date,
      pair.weight_period as weight_period
    from (values
      (
        cast('2025' as varchar),
        cast('2025' as varchar),
        cast('2026-06-30' as varchar),
        cast('2026' as varchar)
      )
    ) as pair (out_period, periode, structure_date, weight_period)
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
    from read_parquet([
      '{cells dst.drift 2025}'
    ]) as cell
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
    from read_parquet([
      '{cells dst.folketal 2026}'
    ]) as cell
    where cell.periode in ('2026')
  ),
  weights as (
    select
      weight_cells.periode as weight_period,
      weight_cells.kommune as weight_member,
      cast(
        case when sum(weight_cells.folketal_suppressed) = 0 then sum(weight_cells.folketal) end as decimal(38, 0)
      ) as weight
    from weight_cells as weight_cells
    group by weight_cells.periode, weight_cells.kommune
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      coalesce(structure_kommune.region, 'uoplyst') as region,
      cells.funktion as funktion,
      cells.kommune as part_kommune,
      cells.funktion as part_funktion,
      case
        when coalesce(structure_kommune.expected, 0) = 1
          and coalesce(structure_funktion.expected, 0) = 1 then 1
        else 0
      end as expected,
      weights.weight as weight,
      cast(sum(cells.drift) as decimal(38, 0)) as drift,
      cast(sum(cells.drift_known) as bigint) as drift_known,
      cast(sum(cells.drift_suppressed) as bigint) as drift_suppressed,
      cast(sum(cells.drift_not_applicable) as bigint) as drift_not_applicable
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
      '{structure funktion}'
    ]) as structure_funktion
      on structure_funktion.funktion = cells.funktion
        and structure_funktion.valid_from <= periods.structure_date
        and structure_funktion.valid_to >= periods.structure_date
    left join weights as weights
      on weights.weight_member = cells.kommune and weights.weight_period = periods.weight_period
    where cells.kommune_level = 'kommune'
    group by
      periods.out_period,
      periods.periode,
      coalesce(structure_kommune.region, 'uoplyst'),
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
      parts.region as region,
      parts.funktion as funktion,
      cast(sum(parts.drift) as decimal(38, 0)) as drift,
      cast(
        sum(
          case
            when parts.drift_known > 0 and parts.drift_suppressed = 0 and parts.weight is not null then parts.drift * parts.weight
          end
        ) as decimal(38, 0)
      ) as drift_weighted,
      cast(
        sum(
          case
            when parts.drift_known > 0 and parts.drift_suppressed = 0 and parts.weight is not null then parts.weight
          end
        ) as decimal(38, 0)
      ) as drift_weight,
      cast(
        case
          when min(case when parts.drift_known > 0 then parts.part_kommune end) = max(
            case when parts.drift_known > 0 then parts.part_kommune end
          ) then 1
          else 0
        end as bigint
      ) as drift_alone,
      case
        when min(case when parts.drift_known > 0 then parts.part_kommune end) = max(
          case when parts.drift_known > 0 then parts.part_kommune end
        ) then cast(
          sum(
            case
              when parts.expected = 1 and parts.drift_known > 0 and parts.drift_suppressed = 0 then 1
              else 0
            end
          ) as bigint
        )
        else cast(
          sum(
            case
              when parts.expected = 1
                and parts.drift_known > 0
                and parts.drift_suppressed = 0
                and parts.weight is not null then 1
              else 0
            end
          ) as bigint
        )
      end as drift_delivered,
      cast(
        sum(case when parts.expected = 1 and parts.drift_suppressed > 0 then 1 else 0 end) as bigint
      ) as drift_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.drift_known = 0
              and parts.drift_suppressed = 0
              and parts.drift_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as drift_not_applicable,
      cast(sum(parts.drift_known) as bigint) as drift_known,
      cast(sum(parts.drift_suppressed) as bigint) as drift_suppressed_rows,
      cast(sum(parts.drift_not_applicable) as bigint) as drift_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.region, parts.funktion
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
  by_period.funktion as funktion,
  cast(sum(by_period.drift) as decimal(38, 0)) as drift,
  cast(sum(by_period.drift_weighted) as decimal(38, 0)) as drift_weighted,
  cast(sum(by_period.drift_weight) as decimal(38, 0)) as drift_weight,
  cast(sum(by_period.drift_alone) as bigint) as drift_alone,
  cast(sum(case when by_period.drift is not null then 1 else 0 end) as bigint) as drift_periods,
  cast(sum(by_period.drift_delivered) as bigint) as drift_delivered,
  cast(sum(by_period.drift_suppressed) as bigint) as drift_suppressed,
  cast(sum(by_period.drift_not_applicable) as bigint) as drift_not_applicable,
  cast(sum(by_period.drift_known) as bigint) as drift_known,
  cast(sum(by_period.drift_suppressed_rows) as bigint) as drift_suppressed_rows,
  cast(sum(by_period.drift_not_applicable_rows) as bigint) as drift_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.region, by_period.funktion
order by out_period, region, funktion;
