with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026K1' as Nullable(String)),
        cast('2026K1' as Nullable(String)),
        cast('2026-03-31' as Nullable(String))
      ),
      ('2026K2', '2026K2', '2026-03-31'),
      ('2026K3', '2026K3', '2026-03-31'),
      ('2026K4', '2026K4', '2026-03-31')
    ) as pair
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.behandler as behandler,
      snapshot.person as person,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
    where snapshot.periode in ('2026M01', '2026M02', '2026M03')
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.person as person,
      rows_1.minutter as minutter,
      rows_1.minutter_status as minutter_status,
      coalesce(
        case when rows_1.bopael in ('461', '751') then rows_1.bopael else rows_1.behandler end,
        'uoplyst'
      ) as kommune
    from rows_1 as rows_1
  ),
  rows as (
    select
      (cast(
        cast(
          toYear(
            cast(
              (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as Nullable(Date32)
            )
          ) as Nullable(Int64)
        ) as Nullable(String)
      ) || 'K' || cast(
        cast(
          toQuarter(
            cast(
              (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as Nullable(Date32)
            )
          ) as Nullable(Int64)
        ) as Nullable(String)
      )) as periode,
      rows_2.person as person,
      rows_2.kommune as kommune,
      cast(
        case
          when sumOrNull(case when rows_2.minutter_status = 'suppressed' then 1 else 0 end) > 0 then null
          else minOrNull(rows_2.minutter)
        end as Nullable(Int64)
      ) as mindst,
      case
        when sumOrNull(case when rows_2.minutter_status = 'suppressed' then 1 else 0 end) > 0 then 'suppressed'
        when count(rows_2.minutter) > 0 then cast(null as Nullable(String))
        else coalesce(maxOrNull(rows_2.minutter_status), 'not_applicable')
      end as mindst_status
    from rows_2 as rows_2
    group by
      (cast(
        cast(
          toYear(
            cast(
              (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as Nullable(Date32)
            )
          ) as Nullable(Int64)
        ) as Nullable(String)
      ) || 'K' || cast(
        cast(
          toQuarter(
            cast(
              (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as Nullable(Date32)
            )
          ) as Nullable(Int64)
        ) as Nullable(String)
      )),
      rows_2.person,
      rows_2.kommune
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune as kommune,
      cast(sumOrNull(rows.mindst) as Nullable(Decimal(38, 0))) as kvartalets_mindste_antal,
      cast(sumOrNull(case when rows.mindst_status is null then 1 else 0 end) as Nullable(Int64)) as kvartalets_mindste_antal_known,
      cast(
        sumOrNull(case when rows.mindst_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as kvartalets_mindste_antal_suppressed,
      cast(
        sumOrNull(case when rows.mindst_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as kvartalets_mindste_antal_not_applicable,
      cast(sumOrNull(1) as Nullable(Decimal(38, 0))) as kvartalets_personer_antal,
      cast(sumOrNull(1) as Nullable(Int64)) as kvartalets_personer_antal_known,
      cast(sumOrNull(0) as Nullable(Int64)) as kvartalets_personer_antal_suppressed,
      cast(sumOrNull(0) as Nullable(Int64)) as kvartalets_personer_antal_not_applicable
    from rows as rows
    where rows.periode in ('2026K1', '2026K2', '2026K3', '2026K4')
    group by rows.periode, rows.kommune
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.kommune as kommune,
      cells.kommune as part_kommune,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sumOrNull(cells.kvartalets_personer_antal) as Nullable(Decimal(38, 0))) as kvartalets_personer_antal,
      cast(sumOrNull(cells.kvartalets_personer_antal_known) as Nullable(Int64)) as kvartalets_personer_antal_known,
      cast(sumOrNull(cells.kvartalets_personer_antal_suppressed) as Nullable(Int64)) as kvartalets_personer_antal_suppressed,
      cast(sumOrNull(cells.kvartalets_personer_antal_not_applicable) as Nullable(Int64)) as kvartalets_personer_antal_not_applicable,
      cast(sumOrNull(cells.kvartalets_mindste_antal) as Nullable(Decimal(38, 0))) as kvartalets_mindste_antal,
      cast(sumOrNull(cells.kvartalets_mindste_antal_known) as Nullable(Int64)) as kvartalets_mindste_antal_known,
      cast(sumOrNull(cells.kvartalets_mindste_antal_suppressed) as Nullable(Int64)) as kvartalets_mindste_antal_suppressed,
      cast(sumOrNull(cells.kvartalets_mindste_antal_not_applicable) as Nullable(Int64)) as kvartalets_mindste_antal_not_applicable
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
      cast(sumOrNull(parts.kvartalets_personer_antal) as Nullable(Decimal(38, 0))) as kvartalets_personer_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.kvartalets_personer_antal_known > 0
              and parts.kvartalets_personer_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_personer_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.kvartalets_personer_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_personer_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.kvartalets_personer_antal_known = 0
              and parts.kvartalets_personer_antal_suppressed = 0
              and parts.kvartalets_personer_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_personer_antal_not_applicable,
      cast(sumOrNull(parts.kvartalets_personer_antal_known) as Nullable(Int64)) as kvartalets_personer_antal_known,
      cast(sumOrNull(parts.kvartalets_personer_antal_suppressed) as Nullable(Int64)) as kvartalets_personer_antal_suppressed_rows,
      cast(sumOrNull(parts.kvartalets_personer_antal_not_applicable) as Nullable(Int64)) as kvartalets_personer_antal_not_applicable_rows,
      cast(sumOrNull(parts.kvartalets_mindste_antal) as Nullable(Decimal(38, 0))) as kvartalets_mindste_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.kvartalets_mindste_antal_known > 0
              and parts.kvartalets_mindste_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_mindste_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.kvartalets_mindste_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_mindste_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.kvartalets_mindste_antal_known = 0
              and parts.kvartalets_mindste_antal_suppressed = 0
              and parts.kvartalets_mindste_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as kvartalets_mindste_antal_not_applicable,
      cast(sumOrNull(parts.kvartalets_mindste_antal_known) as Nullable(Int64)) as kvartalets_mindste_antal_known,
      cast(sumOrNull(parts.kvartalets_mindste_antal_suppressed) as Nullable(Int64)) as kvartalets_mindste_antal_suppressed_rows,
      cast(sumOrNull(parts.kvartalets_mindste_antal_not_applicable) as Nullable(Int64)) as kvartalets_mindste_antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sumOrNull(by_period.kvartalets_personer_antal) as Nullable(Decimal(38, 0))) as kvartalets_personer_antal,
  cast(
    sumOrNull(case when by_period.kvartalets_personer_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as kvartalets_personer_antal_periods,
  cast(sumOrNull(by_period.kvartalets_personer_antal_delivered) as Nullable(Int64)) as kvartalets_personer_antal_delivered,
  cast(sumOrNull(by_period.kvartalets_personer_antal_suppressed) as Nullable(Int64)) as kvartalets_personer_antal_suppressed,
  cast(sumOrNull(by_period.kvartalets_personer_antal_not_applicable) as Nullable(Int64)) as kvartalets_personer_antal_not_applicable,
  cast(sumOrNull(by_period.kvartalets_personer_antal_known) as Nullable(Int64)) as kvartalets_personer_antal_known,
  cast(sumOrNull(by_period.kvartalets_personer_antal_suppressed_rows) as Nullable(Int64)) as kvartalets_personer_antal_suppressed_rows,
  cast(sumOrNull(by_period.kvartalets_personer_antal_not_applicable_rows) as Nullable(Int64)) as kvartalets_personer_antal_not_applicable_rows,
  cast(sumOrNull(by_period.kvartalets_mindste_antal) as Nullable(Decimal(38, 0))) as kvartalets_mindste_antal,
  cast(
    sumOrNull(case when by_period.kvartalets_mindste_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as kvartalets_mindste_antal_periods,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_delivered) as Nullable(Int64)) as kvartalets_mindste_antal_delivered,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_suppressed) as Nullable(Int64)) as kvartalets_mindste_antal_suppressed,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_not_applicable) as Nullable(Int64)) as kvartalets_mindste_antal_not_applicable,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_known) as Nullable(Int64)) as kvartalets_mindste_antal_known,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_suppressed_rows) as Nullable(Int64)) as kvartalets_mindste_antal_suppressed_rows,
  cast(sumOrNull(by_period.kvartalets_mindste_antal_not_applicable_rows) as Nullable(Int64)) as kvartalets_mindste_antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
