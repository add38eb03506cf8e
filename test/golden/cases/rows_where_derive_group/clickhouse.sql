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
      snapshot.behandler as behandler,
      snapshot.person as person,
      snapshot.ind as ind,
      snapshot.ud as ud
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
    where snapshot.periode in ('2026M01', '2026M02', '2026M03')
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.bopael as bopael,
      rows_1.behandler as behandler,
      rows_1.person as person,
      rows_1.ind as ind,
      rows_1.ud as ud
    from rows_1 as rows_1
    where not (case when rows_1.bopael <> 'uoplyst' then rows_1.bopael end is null)
      and cast(dateDiff('minute', rows_1.ind, rows_1.ud) as Nullable(Int64)) >= 45
  ),
  rows_3 as (
    select
      rows_2.periode as periode,
      rows_2.bopael as bopael,
      rows_2.behandler as behandler,
      rows_2.person as person,
      cast(
        intDiv(cast(dateDiff('minute', rows_2.ind, rows_2.ud) as Nullable(Int64)), 60) + cast(
          '0.5' as Nullable(Decimal(38, 1))
        ) as Nullable(Decimal(38, 1))
      ) as timer,
      case
        when cast(
          intDiv(cast(dateDiff('minute', rows_2.ind, rows_2.ud) as Nullable(Int64)), 60) + cast(
            '0.5' as Nullable(Decimal(38, 1))
          ) as Nullable(Decimal(38, 1))
        ) is not null then cast(null as Nullable(String))
        else 'not_applicable'
      end as timer_status,
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
      cast(uniqExact(rows_3.dag, rows_3.behandler) as Nullable(Int64)) as dage,
      cast(null as Nullable(String)) as dage_status,
      cast(
        case
          when sumOrNull(case when rows_3.timer_status = 'suppressed' then 1 else 0 end) > 0 then null
          else sumOrNull(rows_3.timer)
        end as Nullable(Decimal(38, 1))
      ) as timer,
      case
        when sumOrNull(case when rows_3.timer_status = 'suppressed' then 1 else 0 end) > 0 then 'suppressed'
        when count(rows_3.timer) > 0 then cast(null as Nullable(String))
        else coalesce(maxOrNull(rows_3.timer_status), 'not_applicable')
      end as timer_status,
      maxOrNull(rows_3.dag) as sidst
    from rows_3 as rows_3
    group by rows_3.periode, rows_3.bopael, rows_3.person
  ),
  rows as (
    select
      rows_4.periode as periode,
      rows_4.bopael as bopael,
      rows_4.dage as dage,
      rows_4.dage_status as dage_status,
      rows_4.timer as timer,
      rows_4.timer_status as timer_status
    from rows_4 as rows_4
    where rows_4.antal >= 2 or rows_4.sidst >= cast('2026-03-01' as Nullable(Date32))
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sumOrNull(1) as Nullable(Decimal(38, 0))) as gengangere_antal,
      cast(sumOrNull(1) as Nullable(Int64)) as gengangere_antal_known,
      cast(sumOrNull(0) as Nullable(Int64)) as gengangere_antal_suppressed,
      cast(sumOrNull(0) as Nullable(Int64)) as gengangere_antal_not_applicable,
      cast(sumOrNull(rows.dage) as Nullable(Decimal(38, 0))) as gengangeres_dage_antal,
      cast(sumOrNull(case when rows.dage_status is null then 1 else 0 end) as Nullable(Int64)) as gengangeres_dage_antal_known,
      cast(
        sumOrNull(case when rows.dage_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as gengangeres_dage_antal_suppressed,
      cast(
        sumOrNull(case when rows.dage_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as gengangeres_dage_antal_not_applicable,
      cast(sumOrNull(rows.timer) as Nullable(Decimal(38, 1))) as gengangeres_timer_antal,
      cast(sumOrNull(case when rows.timer_status is null then 1 else 0 end) as Nullable(Int64)) as gengangeres_timer_antal_known,
      cast(
        sumOrNull(case when rows.timer_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as gengangeres_timer_antal_suppressed,
      cast(
        sumOrNull(case when rows.timer_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as gengangeres_timer_antal_not_applicable
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
      cast(sumOrNull(cells.gengangere_antal) as Nullable(Decimal(38, 0))) as gengangere_antal,
      cast(sumOrNull(cells.gengangere_antal_known) as Nullable(Int64)) as gengangere_antal_known,
      cast(sumOrNull(cells.gengangere_antal_suppressed) as Nullable(Int64)) as gengangere_antal_suppressed,
      cast(sumOrNull(cells.gengangere_antal_not_applicable) as Nullable(Int64)) as gengangere_antal_not_applicable,
      cast(sumOrNull(cells.gengangeres_dage_antal) as Nullable(Decimal(38, 0))) as gengangeres_dage_antal,
      cast(sumOrNull(cells.gengangeres_dage_antal_known) as Nullable(Int64)) as gengangeres_dage_antal_known,
      cast(sumOrNull(cells.gengangeres_dage_antal_suppressed) as Nullable(Int64)) as gengangeres_dage_antal_suppressed,
      cast(sumOrNull(cells.gengangeres_dage_antal_not_applicable) as Nullable(Int64)) as gengangeres_dage_antal_not_applicable,
      cast(sumOrNull(cells.gengangeres_timer_antal) as Nullable(Decimal(38, 1))) as gengangeres_timer_antal,
      cast(sumOrNull(cells.gengangeres_timer_antal_known) as Nullable(Int64)) as gengangeres_timer_antal_known,
      cast(sumOrNull(cells.gengangeres_timer_antal_suppressed) as Nullable(Int64)) as gengangeres_timer_antal_suppressed,
      cast(sumOrNull(cells.gengangeres_timer_antal_not_applicable) as Nullable(Int64)) as gengangeres_timer_antal_not_applicable
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
      cast(sumOrNull(parts.gengangere_antal) as Nullable(Decimal(38, 0))) as gengangere_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangere_antal_known > 0
              and parts.gengangere_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangere_antal_delivered,
      cast(
        sumOrNull(
          case when parts.expected = 1 and parts.gengangere_antal_suppressed > 0 then 1 else 0 end
        ) as Nullable(Int64)
      ) as gengangere_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangere_antal_known = 0
              and parts.gengangere_antal_suppressed = 0
              and parts.gengangere_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangere_antal_not_applicable,
      cast(sumOrNull(parts.gengangere_antal_known) as Nullable(Int64)) as gengangere_antal_known,
      cast(sumOrNull(parts.gengangere_antal_suppressed) as Nullable(Int64)) as gengangere_antal_suppressed_rows,
      cast(sumOrNull(parts.gengangere_antal_not_applicable) as Nullable(Int64)) as gengangere_antal_not_applicable_rows,
      cast(sumOrNull(parts.gengangeres_dage_antal) as Nullable(Decimal(38, 0))) as gengangeres_dage_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangeres_dage_antal_known > 0
              and parts.gengangeres_dage_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_dage_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.gengangeres_dage_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_dage_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangeres_dage_antal_known = 0
              and parts.gengangeres_dage_antal_suppressed = 0
              and parts.gengangeres_dage_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_dage_antal_not_applicable,
      cast(sumOrNull(parts.gengangeres_dage_antal_known) as Nullable(Int64)) as gengangeres_dage_antal_known,
      cast(sumOrNull(parts.gengangeres_dage_antal_suppressed) as Nullable(Int64)) as gengangeres_dage_antal_suppressed_rows,
      cast(sumOrNull(parts.gengangeres_dage_antal_not_applicable) as Nullable(Int64)) as gengangeres_dage_antal_not_applicable_rows,
      cast(sumOrNull(parts.gengangeres_timer_antal) as Nullable(Decimal(38, 1))) as gengangeres_timer_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangeres_timer_antal_known > 0
              and parts.gengangeres_timer_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_timer_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.gengangeres_timer_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_timer_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.gengangeres_timer_antal_known = 0
              and parts.gengangeres_timer_antal_suppressed = 0
              and parts.gengangeres_timer_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as gengangeres_timer_antal_not_applicable,
      cast(sumOrNull(parts.gengangeres_timer_antal_known) as Nullable(Int64)) as gengangeres_timer_antal_known,
      cast(sumOrNull(parts.gengangeres_timer_antal_suppressed) as Nullable(Int64)) as gengangeres_timer_antal_suppressed_rows,
      cast(sumOrNull(parts.gengangeres_timer_antal_not_applicable) as Nullable(Int64)) as gengangeres_timer_antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sumOrNull(by_period.gengangere_antal) as Nullable(Decimal(38, 0))) as gengangere_antal,
  cast(
    sumOrNull(case when by_period.gengangere_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as gengangere_antal_periods,
  cast(sumOrNull(by_period.gengangere_antal_delivered) as Nullable(Int64)) as gengangere_antal_delivered,
  cast(sumOrNull(by_period.gengangere_antal_suppressed) as Nullable(Int64)) as gengangere_antal_suppressed,
  cast(sumOrNull(by_period.gengangere_antal_not_applicable) as Nullable(Int64)) as gengangere_antal_not_applicable,
  cast(sumOrNull(by_period.gengangere_antal_known) as Nullable(Int64)) as gengangere_antal_known,
  cast(sumOrNull(by_period.gengangere_antal_suppressed_rows) as Nullable(Int64)) as gengangere_antal_suppressed_rows,
  cast(sumOrNull(by_period.gengangere_antal_not_applicable_rows) as Nullable(Int64)) as gengangere_antal_not_applicable_rows,
  cast(sumOrNull(by_period.gengangeres_dage_antal) as Nullable(Decimal(38, 0))) as gengangeres_dage_antal,
  cast(
    sumOrNull(case when by_period.gengangeres_dage_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as gengangeres_dage_antal_periods,
  cast(sumOrNull(by_period.gengangeres_dage_antal_delivered) as Nullable(Int64)) as gengangeres_dage_antal_delivered,
  cast(sumOrNull(by_period.gengangeres_dage_antal_suppressed) as Nullable(Int64)) as gengangeres_dage_antal_suppressed,
  cast(sumOrNull(by_period.gengangeres_dage_antal_not_applicable) as Nullable(Int64)) as gengangeres_dage_antal_not_applicable,
  cast(sumOrNull(by_period.gengangeres_dage_antal_known) as Nullable(Int64)) as gengangeres_dage_antal_known,
  cast(sumOrNull(by_period.gengangeres_dage_antal_suppressed_rows) as Nullable(Int64)) as gengangeres_dage_antal_suppressed_rows,
  cast(sumOrNull(by_period.gengangeres_dage_antal_not_applicable_rows) as Nullable(Int64)) as gengangeres_dage_antal_not_applicable_rows,
  cast(sumOrNull(by_period.gengangeres_timer_antal) as Nullable(Decimal(38, 1))) as gengangeres_timer_antal,
  cast(
    sumOrNull(case when by_period.gengangeres_timer_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as gengangeres_timer_antal_periods,
  cast(sumOrNull(by_period.gengangeres_timer_antal_delivered) as Nullable(Int64)) as gengangeres_timer_antal_delivered,
  cast(sumOrNull(by_period.gengangeres_timer_antal_suppressed) as Nullable(Int64)) as gengangeres_timer_antal_suppressed,
  cast(sumOrNull(by_period.gengangeres_timer_antal_not_applicable) as Nullable(Int64)) as gengangeres_timer_antal_not_applicable,
  cast(sumOrNull(by_period.gengangeres_timer_antal_known) as Nullable(Int64)) as gengangeres_timer_antal_known,
  cast(sumOrNull(by_period.gengangeres_timer_antal_suppressed_rows) as Nullable(Int64)) as gengangeres_timer_antal_suppressed_rows,
  cast(sumOrNull(by_period.gengangeres_timer_antal_not_applicable_rows) as Nullable(Int64)) as gengangeres_timer_antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
