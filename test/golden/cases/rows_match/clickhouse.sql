with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from values(
      'out_period Nullable(String), periode Nullable(String), structure_date Nullable(String)',
      (
        cast('2026M01' as Nullable(String)),
        cast('2026M01' as Nullable(String)),
        cast('2026-03-31' as Nullable(String))
      ),
      ('2026M02', '2026M02', '2026-03-31'),
      ('2026M03', '2026M03', '2026-03-31')
    ) as pair
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.person as person,
      snapshot.ind as ind,
      snapshot.ud as ud
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
    where snapshot.periode in ('2026M01', '2026M02')
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.bopael as bopael,
      rows_1.person as person,
      rows_1.ind as ind
    from rows_1 as rows_1
    where not (case when rows_1.bopael <> 'uoplyst' then rows_1.bopael end is null)
      and cast(dateDiff('minute', rows_1.ind, rows_1.ud) as Nullable(Int64)) >= 45
  ),
  rows_3 as (
    select
      rows_2.periode as periode,
      rows_2.bopael as bopael,
      rows_2.person as person,
      cast(cast(rows_2.ind as Nullable(Date32)) as Nullable(Date32)) as dag
    from rows_2 as rows_2
  ),
  rows_4 as (
    select
      rows_3.periode as periode,
      rows_3.bopael as bopael,
      rows_3.person as person,
      cast(sumOrNull(1) as Nullable(Int64)) as antal,
      cast(null as Nullable(String)) as antal_status,
      maxOrNull(rows_3.dag) as sidst
    from rows_3 as rows_3
    group by rows_3.periode, rows_3.bopael, rows_3.person
  ),
  rows_5 as (
    select
      rows_4.periode as periode,
      rows_4.bopael as bopael,
      rows_4.person as person
    from rows_4 as rows_4
    where rows_4.antal >= 2 or rows_4.sidst >= cast('2026-03-01' as Nullable(Date32))
  ),
  rows_6 as (
    select
      snapshot.periode as periode,
      snapshot.person as person,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
    where snapshot.periode in ('2026M02', '2026M03')
  ),
  rows_7 as (
    select
      rows_6.periode as periode,
      rows_6.person as person,
      cast(
        case
          when sumOrNull(case when rows_6.minutter_status = 'suppressed' then 1 else 0 end) > 0 then null
          else sumOrNull(rows_6.minutter)
        end as Nullable(Int64)
      ) as minutter,
      case
        when sumOrNull(case when rows_6.minutter_status = 'suppressed' then 1 else 0 end) > 0 then 'suppressed'
        when count(rows_6.minutter) > 0 then cast(null as Nullable(String))
        else coalesce(maxOrNull(rows_6.minutter_status), 'not_applicable')
      end as minutter_status
    from rows_6 as rows_6
    group by rows_6.periode, rows_6.person
  ),
  rows as (
    select
      rows_5.periode as periode,
      rows_5.bopael as bopael,
      match.minutter as minutter_efter,
      case when match._found is null then 'not_applicable' else match.minutter_status end as minutter_efter_status,
      cast(coalesce(match._found, 0) as Nullable(Int64)) as genfundet,
      cast(null as Nullable(String)) as genfundet_status
    from rows_5 as rows_5
    left join (
      select
        rows_7.periode as periode,
        rows_7.person as person,
        rows_7.minutter as minutter,
        rows_7.minutter_status as minutter_status,
        1 as _found
      from rows_7 as rows_7
    ) as match
      on match.person = rows_5.person
        and match.periode = (cast(
          cast(
            toYear(
              addMonths(
                cast(
                  (substring(rows_5.periode, 1, 4) || '-' || substring(rows_5.periode, 6, 2) || '-01') as Nullable(Date32)
                ),
                1
              )
            ) as Nullable(Int64)
          ) as Nullable(String)
        ) || 'M' || leftPad(cast(
          cast(
            toMonth(
              addMonths(
                cast(
                  (substring(rows_5.periode, 1, 4) || '-' || substring(rows_5.periode, 6, 2) || '-01') as Nullable(Date32)
                ),
                1
              )
            ) as Nullable(Int64)
          ) as Nullable(String)
        ), 2, '0'))
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sumOrNull(rows.genfundet) as Nullable(Decimal(38, 0))) as genfundne_antal,
      cast(sumOrNull(case when rows.genfundet_status is null then 1 else 0 end) as Nullable(Int64)) as genfundne_antal_known,
      cast(
        sumOrNull(case when rows.genfundet_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as genfundne_antal_suppressed,
      cast(
        sumOrNull(case when rows.genfundet_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as genfundne_antal_not_applicable,
      cast(sumOrNull(rows.minutter_efter) as Nullable(Decimal(38, 0))) as minutter_efter_antal,
      cast(
        sumOrNull(case when rows.minutter_efter_status is null then 1 else 0 end) as Nullable(Int64)
      ) as minutter_efter_antal_known,
      cast(
        sumOrNull(case when rows.minutter_efter_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as minutter_efter_antal_suppressed,
      cast(
        sumOrNull(case when rows.minutter_efter_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as minutter_efter_antal_not_applicable
    from rows as rows
    where rows.periode in ('2026M01', '2026M02', '2026M03')
    group by rows.periode, rows.bopael
  ),
  parts as (
    select
      periods.out_period as out_period,
      periods.periode as periode,
      cells.bopael as kommune,
      cells.bopael as part_bopael,
      coalesce(structure_kommune.expected, 0) as expected,
      cast(sumOrNull(cells.genfundne_antal) as Nullable(Decimal(38, 0))) as genfundne_antal,
      cast(sumOrNull(cells.genfundne_antal_known) as Nullable(Int64)) as genfundne_antal_known,
      cast(sumOrNull(cells.genfundne_antal_suppressed) as Nullable(Int64)) as genfundne_antal_suppressed,
      cast(sumOrNull(cells.genfundne_antal_not_applicable) as Nullable(Int64)) as genfundne_antal_not_applicable,
      cast(sumOrNull(cells.minutter_efter_antal) as Nullable(Decimal(38, 0))) as minutter_efter_antal,
      cast(sumOrNull(cells.minutter_efter_antal_known) as Nullable(Int64)) as minutter_efter_antal_known,
      cast(sumOrNull(cells.minutter_efter_antal_suppressed) as Nullable(Int64)) as minutter_efter_antal_suppressed,
      cast(sumOrNull(cells.minutter_efter_antal_not_applicable) as Nullable(Int64)) as minutter_efter_antal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join file(
      '{structure kommune}',
      Parquet
    ) as structure_kommune
      on structure_kommune.kommune = cells.bopael
        and structure_kommune.valid_from <= periods.structure_date
        and structure_kommune.valid_to >= periods.structure_date
    group by
      periods.out_period,
      periods.periode,
      cells.bopael,
      cells.bopael,
      coalesce(structure_kommune.expected, 0)
  ),
  by_period as (
    select
      parts.out_period as out_period,
      parts.periode as periode,
      parts.kommune as kommune,
      cast(sumOrNull(parts.genfundne_antal) as Nullable(Decimal(38, 0))) as genfundne_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.genfundne_antal_known > 0
              and parts.genfundne_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as genfundne_antal_delivered,
      cast(
        sumOrNull(
          case when parts.expected = 1 and parts.genfundne_antal_suppressed > 0 then 1 else 0 end
        ) as Nullable(Int64)
      ) as genfundne_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.genfundne_antal_known = 0
              and parts.genfundne_antal_suppressed = 0
              and parts.genfundne_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as genfundne_antal_not_applicable,
      cast(sumOrNull(parts.genfundne_antal_known) as Nullable(Int64)) as genfundne_antal_known,
      cast(sumOrNull(parts.genfundne_antal_suppressed) as Nullable(Int64)) as genfundne_antal_suppressed_rows,
      cast(sumOrNull(parts.genfundne_antal_not_applicable) as Nullable(Int64)) as genfundne_antal_not_applicable_rows,
      cast(sumOrNull(parts.minutter_efter_antal) as Nullable(Decimal(38, 0))) as minutter_efter_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.minutter_efter_antal_known > 0
              and parts.minutter_efter_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_efter_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.minutter_efter_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_efter_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.minutter_efter_antal_known = 0
              and parts.minutter_efter_antal_suppressed = 0
              and parts.minutter_efter_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_efter_antal_not_applicable,
      cast(sumOrNull(parts.minutter_efter_antal_known) as Nullable(Int64)) as minutter_efter_antal_known,
      cast(sumOrNull(parts.minutter_efter_antal_suppressed) as Nullable(Int64)) as minutter_efter_antal_suppressed_rows,
      cast(sumOrNull(parts.minutter_efter_antal_not_applicable) as Nullable(Int64)) as minutter_efter_antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sumOrNull(by_period.genfundne_antal) as Nullable(Decimal(38, 0))) as genfundne_antal,
  cast(
    sumOrNull(case when by_period.genfundne_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as genfundne_antal_periods,
  cast(sumOrNull(by_period.genfundne_antal_delivered) as Nullable(Int64)) as genfundne_antal_delivered,
  cast(sumOrNull(by_period.genfundne_antal_suppressed) as Nullable(Int64)) as genfundne_antal_suppressed,
  cast(sumOrNull(by_period.genfundne_antal_not_applicable) as Nullable(Int64)) as genfundne_antal_not_applicable,
  cast(sumOrNull(by_period.genfundne_antal_known) as Nullable(Int64)) as genfundne_antal_known,
  cast(sumOrNull(by_period.genfundne_antal_suppressed_rows) as Nullable(Int64)) as genfundne_antal_suppressed_rows,
  cast(sumOrNull(by_period.genfundne_antal_not_applicable_rows) as Nullable(Int64)) as genfundne_antal_not_applicable_rows,
  cast(sumOrNull(by_period.minutter_efter_antal) as Nullable(Decimal(38, 0))) as minutter_efter_antal,
  cast(
    sumOrNull(case when by_period.minutter_efter_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as minutter_efter_antal_periods,
  cast(sumOrNull(by_period.minutter_efter_antal_delivered) as Nullable(Int64)) as minutter_efter_antal_delivered,
  cast(sumOrNull(by_period.minutter_efter_antal_suppressed) as Nullable(Int64)) as minutter_efter_antal_suppressed,
  cast(sumOrNull(by_period.minutter_efter_antal_not_applicable) as Nullable(Int64)) as minutter_efter_antal_not_applicable,
  cast(sumOrNull(by_period.minutter_efter_antal_known) as Nullable(Int64)) as minutter_efter_antal_known,
  cast(sumOrNull(by_period.minutter_efter_antal_suppressed_rows) as Nullable(Int64)) as minutter_efter_antal_suppressed_rows,
  cast(sumOrNull(by_period.minutter_efter_antal_not_applicable_rows) as Nullable(Int64)) as minutter_efter_antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
