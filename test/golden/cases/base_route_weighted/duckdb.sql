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
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune_level as kommune_level,
      snapshot.kommune as kommune,
      snapshot.funktion as funktion,
      snapshot.beloeb as beloeb,
      snapshot.beloeb_status as beloeb_status
    from read_parquet([
      '{snapshot dst.drift 1}'
    ]) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune_level as kommune_level,
      rows.kommune as kommune,
      rows.funktion as funktion,
      cast(sum(rows.beloeb) as decimal(38, 0)) as drift,
      cast(count(case when rows.beloeb_status is null then 1 end) as bigint) as drift_known,
      cast(count(case when rows.beloeb_status = 'suppressed' then 1 end) as bigint) as drift_suppressed,
      cast(count(case when rows.beloeb_status = 'not_applicable' then 1 end) as bigint) as drift_not_applicable
    from rows as rows
    where rows.periode in ('2025')
    group by rows.periode, rows.kommune_level, rows.kommune, rows.funktion
  ),
  weight_rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune as kommune,
      snapshot.personer as personer,
      snapshot.personer_status as personer_status
    from read_parquet([
      '{snapshot dst.folketal 2}'
    ]) as snapshot
  ),
  weight_cells as (
    select
      weight_rows.periode as periode,
      weight_rows.kommune as kommune,
      cast(sum(weight_rows.personer) as decimal(38, 0)) as folketal,
      cast(count(case when weight_rows.personer_status is null then 1 end) as bigint) as folketal_known,
      cast(count(case when weight_rows.personer_status = 'suppressed' then 1 end) as bigint) as folketal_suppressed,
      cast(count(case when weight_rows.personer_status = 'not_applicable' then 1 end) as bigint) as folketal_not_applicable
    from weight_rows as weight_rows
    where weight_rows.periode in ('2026')
    group by weight_rows.periode, weight_rows.kommune
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
    where cells.kommune_level = 'kommune' and cells.funktion = '32201'
    group by
      periods.out_period,
      periods.periode,
      coalesce(structure_kommune.region, 'uoplyst'),
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
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
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
group by by_period.out_period, by_period.region
order by out_period, region;
