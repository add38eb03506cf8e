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
      snapshot.ud as ud,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from file(
      '{snapshot sundhed.kontakter 1}',
      Parquet
    ) as snapshot
  ),
  rows_2 as (
    select
      rows_1.periode as periode,
      rows_1.bopael as bopael,
      rows_1.ud as ud,
      lead(rows_1.ind) over (partition by rows_1.person
        order by rows_1.ind,
          rows_1.periode,
          rows_1.bopael,
          rows_1.behandler,
          rows_1.person,
          rows_1.ud,
          rows_1.minutter,
          rows_1.minutter_status) as naeste_ind,
      lag(rows_1.minutter) over (partition by rows_1.person
        order by rows_1.ind,
          rows_1.periode,
          rows_1.bopael,
          rows_1.behandler,
          rows_1.person,
          rows_1.ud,
          rows_1.minutter,
          rows_1.minutter_status) as forrige_minutter,
      case
        when lag(rows_1.minutter) over (partition by rows_1.person
          order by rows_1.ind,
            rows_1.periode,
            rows_1.bopael,
            rows_1.behandler,
            rows_1.person,
            rows_1.ud,
            rows_1.minutter,
            rows_1.minutter_status) is not null then cast(null as Nullable(String))
        when lag(rows_1.minutter_status) over (partition by rows_1.person
          order by rows_1.ind,
            rows_1.periode,
            rows_1.bopael,
            rows_1.behandler,
            rows_1.person,
            rows_1.ud,
            rows_1.minutter,
            rows_1.minutter_status) = 'suppressed' then 'suppressed'
        else coalesce(
          lag(rows_1.minutter_status) over (partition by rows_1.person
            order by rows_1.ind,
              rows_1.periode,
              rows_1.bopael,
              rows_1.behandler,
              rows_1.person,
              rows_1.ud,
              rows_1.minutter,
              rows_1.minutter_status),
          'not_applicable'
        )
      end as forrige_minutter_status
    from rows_1 as rows_1
  ),
  rows_3 as (
    select
      rows_2.periode as periode,
      rows_2.bopael as bopael,
      rows_2.ud as ud,
      rows_2.naeste_ind as naeste_ind,
      rows_2.forrige_minutter as forrige_minutter,
      rows_2.forrige_minutter_status as forrige_minutter_status
    from rows_2 as rows_2
    where rows_2.periode in ('2026M01', '2026M02', '2026M03')
  ),
  rows as (
    select
      rows_3.periode as periode,
      rows_3.bopael as bopael,
      rows_3.forrige_minutter as forrige_minutter,
      rows_3.forrige_minutter_status as forrige_minutter_status,
      cast(
        case
          when cast(dateDiff('day', rows_3.ud, rows_3.naeste_ind) as Nullable(Int64)) <= 30 then 1
          else 0
        end as Nullable(Int64)
      ) as igen,
      case
        when cast(
          case
            when cast(dateDiff('day', rows_3.ud, rows_3.naeste_ind) as Nullable(Int64)) <= 30 then 1
            else 0
          end as Nullable(Int64)
        ) is not null then cast(null as Nullable(String))
        else 'not_applicable'
      end as igen_status
    from rows_3 as rows_3
  ),
  cells as (
    select
      rows.periode as periode,
      rows.bopael as bopael,
      cast(sumOrNull(rows.igen) as Nullable(Decimal(38, 0))) as genindlagte_antal,
      cast(sumOrNull(case when rows.igen_status is null then 1 else 0 end) as Nullable(Int64)) as genindlagte_antal_known,
      cast(
        sumOrNull(case when rows.igen_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as genindlagte_antal_suppressed,
      cast(
        sumOrNull(case when rows.igen_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as genindlagte_antal_not_applicable,
      cast(sumOrNull(rows.forrige_minutter) as Nullable(Decimal(38, 0))) as minutter_foer_antal,
      cast(
        sumOrNull(case when rows.forrige_minutter_status is null then 1 else 0 end) as Nullable(Int64)
      ) as minutter_foer_antal_known,
      cast(
        sumOrNull(case when rows.forrige_minutter_status = 'suppressed' then 1 else 0 end) as Nullable(Int64)
      ) as minutter_foer_antal_suppressed,
      cast(
        sumOrNull(case when rows.forrige_minutter_status = 'not_applicable' then 1 else 0 end) as Nullable(Int64)
      ) as minutter_foer_antal_not_applicable
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
      cast(sumOrNull(cells.genindlagte_antal) as Nullable(Decimal(38, 0))) as genindlagte_antal,
      cast(sumOrNull(cells.genindlagte_antal_known) as Nullable(Int64)) as genindlagte_antal_known,
      cast(sumOrNull(cells.genindlagte_antal_suppressed) as Nullable(Int64)) as genindlagte_antal_suppressed,
      cast(sumOrNull(cells.genindlagte_antal_not_applicable) as Nullable(Int64)) as genindlagte_antal_not_applicable,
      cast(sumOrNull(cells.minutter_foer_antal) as Nullable(Decimal(38, 0))) as minutter_foer_antal,
      cast(sumOrNull(cells.minutter_foer_antal_known) as Nullable(Int64)) as minutter_foer_antal_known,
      cast(sumOrNull(cells.minutter_foer_antal_suppressed) as Nullable(Int64)) as minutter_foer_antal_suppressed,
      cast(sumOrNull(cells.minutter_foer_antal_not_applicable) as Nullable(Int64)) as minutter_foer_antal_not_applicable
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
      cast(sumOrNull(parts.genindlagte_antal) as Nullable(Decimal(38, 0))) as genindlagte_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.genindlagte_antal_known > 0
              and parts.genindlagte_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as genindlagte_antal_delivered,
      cast(
        sumOrNull(
          case when parts.expected = 1 and parts.genindlagte_antal_suppressed > 0 then 1 else 0 end
        ) as Nullable(Int64)
      ) as genindlagte_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.genindlagte_antal_known = 0
              and parts.genindlagte_antal_suppressed = 0
              and parts.genindlagte_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as genindlagte_antal_not_applicable,
      cast(sumOrNull(parts.genindlagte_antal_known) as Nullable(Int64)) as genindlagte_antal_known,
      cast(sumOrNull(parts.genindlagte_antal_suppressed) as Nullable(Int64)) as genindlagte_antal_suppressed_rows,
      cast(sumOrNull(parts.genindlagte_antal_not_applicable) as Nullable(Int64)) as genindlagte_antal_not_applicable_rows,
      cast(sumOrNull(parts.minutter_foer_antal) as Nullable(Decimal(38, 0))) as minutter_foer_antal,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.minutter_foer_antal_known > 0
              and parts.minutter_foer_antal_suppressed = 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_foer_antal_delivered,
      cast(
        sumOrNull(
          case
            when parts.expected = 1 and parts.minutter_foer_antal_suppressed > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_foer_antal_suppressed,
      cast(
        sumOrNull(
          case
            when parts.expected = 1
              and parts.minutter_foer_antal_known = 0
              and parts.minutter_foer_antal_suppressed = 0
              and parts.minutter_foer_antal_not_applicable > 0 then 1
            else 0
          end
        ) as Nullable(Int64)
      ) as minutter_foer_antal_not_applicable,
      cast(sumOrNull(parts.minutter_foer_antal_known) as Nullable(Int64)) as minutter_foer_antal_known,
      cast(sumOrNull(parts.minutter_foer_antal_suppressed) as Nullable(Int64)) as minutter_foer_antal_suppressed_rows,
      cast(sumOrNull(parts.minutter_foer_antal_not_applicable) as Nullable(Int64)) as minutter_foer_antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sumOrNull(by_period.genindlagte_antal) as Nullable(Decimal(38, 0))) as genindlagte_antal,
  cast(
    sumOrNull(case when by_period.genindlagte_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as genindlagte_antal_periods,
  cast(sumOrNull(by_period.genindlagte_antal_delivered) as Nullable(Int64)) as genindlagte_antal_delivered,
  cast(sumOrNull(by_period.genindlagte_antal_suppressed) as Nullable(Int64)) as genindlagte_antal_suppressed,
  cast(sumOrNull(by_period.genindlagte_antal_not_applicable) as Nullable(Int64)) as genindlagte_antal_not_applicable,
  cast(sumOrNull(by_period.genindlagte_antal_known) as Nullable(Int64)) as genindlagte_antal_known,
  cast(sumOrNull(by_period.genindlagte_antal_suppressed_rows) as Nullable(Int64)) as genindlagte_antal_suppressed_rows,
  cast(sumOrNull(by_period.genindlagte_antal_not_applicable_rows) as Nullable(Int64)) as genindlagte_antal_not_applicable_rows,
  cast(sumOrNull(by_period.minutter_foer_antal) as Nullable(Decimal(38, 0))) as minutter_foer_antal,
  cast(
    sumOrNull(case when by_period.minutter_foer_antal is not null then 1 else 0 end) as Nullable(Int64)
  ) as minutter_foer_antal_periods,
  cast(sumOrNull(by_period.minutter_foer_antal_delivered) as Nullable(Int64)) as minutter_foer_antal_delivered,
  cast(sumOrNull(by_period.minutter_foer_antal_suppressed) as Nullable(Int64)) as minutter_foer_antal_suppressed,
  cast(sumOrNull(by_period.minutter_foer_antal_not_applicable) as Nullable(Int64)) as minutter_foer_antal_not_applicable,
  cast(sumOrNull(by_period.minutter_foer_antal_known) as Nullable(Int64)) as minutter_foer_antal_known,
  cast(sumOrNull(by_period.minutter_foer_antal_suppressed_rows) as Nullable(Int64)) as minutter_foer_antal_suppressed_rows,
  cast(sumOrNull(by_period.minutter_foer_antal_not_applicable_rows) as Nullable(Int64)) as minutter_foer_antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by 1, 2
settings join_use_nulls = 1, prefer_column_name_to_alias = 1;
