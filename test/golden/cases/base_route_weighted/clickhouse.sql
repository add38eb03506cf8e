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
  rows as (
    select
      snapshot.periode as periode,
      snapshot.kommune_level as kommune_level,
      snapshot.kommune as kommune,
      snapshot.funktion as funktion,
      snapshot.beloeb as beloeb,
      snapshot.beloeb_status as beloeb_status
    from file(
      '{snapshot dst.drift 1}',
      Parquet
    ) as snapshot
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune_level as kommune_level,
      rows.kommune as kommune,
      rows.funktion as funktion,
      cast(sumOrNull(rows.beloeb) as Nullable(Decimal(38, 0))) as drift,
      cast(count(case when rows.beloeb_status is null then 1 end) as Nullable(Int64)) as drift_known,
      cast(count(case when rows.beloeb_status = 'suppressed' then 1 end) as Nullable(Int64)) as drift_suppressed,
      cast(count(case when rows.beloeb_status = 'not_applicable' then 1 end) as Nullable(Int64)) as drift_not_applicable
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
    from file(
      '{snapshot dst.folketal 2}',
      Parquet
    ) as snapshot
  ),
  weight_cells as (
    select
      weight_rows.periode as periode,
      weight_rows.kommune as kommune,
      cast(sumOrNull(weight_rows.personer) as Nullable(Decimal(38, 0))) as folketal,
      cast(count(case when weight_rows.personer_status is null then 1 end) as Nullable(Int64)) as folketal_known,
      cast(
        count(case when weight_rows.personer_status = 'suppressed' then 1 end) as Nullable(Int64)
      ) as folketal_suppressed,
      cast(
        count(case when weight_rows.personer_status = 'not_applicable' then 1 end) as Nullable(Int64)
      ) as folketal_not_applicable
    from weight_rows as weight_rows
    where weight_rows.periode in ('2026')
    group by weight_rows.periode, weight_rows.kommune
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
      coalesce(structure_kommune.region, 'uoplyst') as region,
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
    group by parts.out_period, parts.periode, parts.region
  )
select
  by_period.out_period as out_period,
  by_period.region as region,
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
group by by_period.out_period, by_period.region
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
