with
  periods as (
    select
      pair.out_period as out_period,
      pair.periode as periode,
      pair.structure_date as structure_date
    from (values
      (cast('2026K1' as varchar), cast('2026K1' as varchar), cast('2026-03-31' as varchar)),
      ('2026K2', '2026K2', '2026-03-31'),
      ('2026K3', '2026K3', '2026-03-31'),
      ('2026K4', '2026K4', '2026-03-31')
    ) as pair (out_period, periode, structure_date)
  ),
  rows_1 as (
    select
      snapshot.periode as periode,
      snapshot.bopael as bopael,
      snapshot.behandler as behandler,
      snapshot.person as person,
      snapshot.minutter as minutter,
      snapshot.minutter_status as minutter_status
    from read_parquet([
      '{snapshot sundhed.kontakter 1}'
    ]) as snapshot
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
          extract(year from cast(
            (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as date
          )) as bigint
        ) as varchar
      ) || 'K' || cast(
        cast(
          extract(quarter from cast(
            (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as date
          )) as bigint
        ) as varchar
      )) as periode,
      rows_2.person as person,
      rows_2.kommune as kommune,
      cast(
        case
          when sum(case when rows_2.minutter_status = 'suppressed' then 1 else 0 end) > 0 then null
          else min(rows_2.minutter)
        end as bigint
      ) as mindst,
      case
        when sum(case when rows_2.minutter_status = 'suppressed' then 1 else 0 end) > 0 then 'suppressed'
        when count(rows_2.minutter) > 0 then cast(null as varchar)
        else coalesce(max(rows_2.minutter_status), 'not_applicable')
      end as mindst_status
    from rows_2 as rows_2
    group by
      (cast(
        cast(
          extract(year from cast(
            (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as date
          )) as bigint
        ) as varchar
      ) || 'K' || cast(
        cast(
          extract(quarter from cast(
            (substring(rows_2.periode, 1, 4) || '-' || substring(rows_2.periode, 6, 2) || '-01') as date
          )) as bigint
        ) as varchar
      )),
      rows_2.person,
      rows_2.kommune
  ),
  cells as (
    select
      rows.periode as periode,
      rows.kommune as kommune,
      cast(sum(rows.mindst) as decimal(38, 0)) as kvartalets_mindste_antal,
      cast(sum(case when rows.mindst_status is null then 1 else 0 end) as bigint) as kvartalets_mindste_antal_known,
      cast(sum(case when rows.mindst_status = 'suppressed' then 1 else 0 end) as bigint) as kvartalets_mindste_antal_suppressed,
      cast(sum(case when rows.mindst_status = 'not_applicable' then 1 else 0 end) as bigint) as kvartalets_mindste_antal_not_applicable,
      cast(sum(1) as decimal(38, 0)) as kvartalets_personer_antal,
      cast(sum(1) as bigint) as kvartalets_personer_antal_known,
      cast(sum(0) as bigint) as kvartalets_personer_antal_suppressed,
      cast(sum(0) as bigint) as kvartalets_personer_antal_not_applicable
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
      cast(sum(cells.kvartalets_personer_antal) as decimal(38, 0)) as kvartalets_personer_antal,
      cast(sum(cells.kvartalets_personer_antal_known) as bigint) as kvartalets_personer_antal_known,
      cast(sum(cells.kvartalets_personer_antal_suppressed) as bigint) as kvartalets_personer_antal_suppressed,
      cast(sum(cells.kvartalets_personer_antal_not_applicable) as bigint) as kvartalets_personer_antal_not_applicable,
      cast(sum(cells.kvartalets_mindste_antal) as decimal(38, 0)) as kvartalets_mindste_antal,
      cast(sum(cells.kvartalets_mindste_antal_known) as bigint) as kvartalets_mindste_antal_known,
      cast(sum(cells.kvartalets_mindste_antal_suppressed) as bigint) as kvartalets_mindste_antal_suppressed,
      cast(sum(cells.kvartalets_mindste_antal_not_applicable) as bigint) as kvartalets_mindste_antal_not_applicable
    from cells as cells
    join periods as periods
      on periods.periode = cells.periode
    left join read_parquet([
      '{structure kommune}'
    ]) as structure_kommune
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
      cast(sum(parts.kvartalets_personer_antal) as decimal(38, 0)) as kvartalets_personer_antal,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.kvartalets_personer_antal_known > 0
              and parts.kvartalets_personer_antal_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_personer_antal_delivered,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.kvartalets_personer_antal_suppressed > 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_personer_antal_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.kvartalets_personer_antal_known = 0
              and parts.kvartalets_personer_antal_suppressed = 0
              and parts.kvartalets_personer_antal_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_personer_antal_not_applicable,
      cast(sum(parts.kvartalets_personer_antal_known) as bigint) as kvartalets_personer_antal_known,
      cast(sum(parts.kvartalets_personer_antal_suppressed) as bigint) as kvartalets_personer_antal_suppressed_rows,
      cast(sum(parts.kvartalets_personer_antal_not_applicable) as bigint) as kvartalets_personer_antal_not_applicable_rows,
      cast(sum(parts.kvartalets_mindste_antal) as decimal(38, 0)) as kvartalets_mindste_antal,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.kvartalets_mindste_antal_known > 0
              and parts.kvartalets_mindste_antal_suppressed = 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_mindste_antal_delivered,
      cast(
        sum(
          case
            when parts.expected = 1 and parts.kvartalets_mindste_antal_suppressed > 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_mindste_antal_suppressed,
      cast(
        sum(
          case
            when parts.expected = 1
              and parts.kvartalets_mindste_antal_known = 0
              and parts.kvartalets_mindste_antal_suppressed = 0
              and parts.kvartalets_mindste_antal_not_applicable > 0 then 1
            else 0
          end
        ) as bigint
      ) as kvartalets_mindste_antal_not_applicable,
      cast(sum(parts.kvartalets_mindste_antal_known) as bigint) as kvartalets_mindste_antal_known,
      cast(sum(parts.kvartalets_mindste_antal_suppressed) as bigint) as kvartalets_mindste_antal_suppressed_rows,
      cast(sum(parts.kvartalets_mindste_antal_not_applicable) as bigint) as kvartalets_mindste_antal_not_applicable_rows
    from parts as parts
    group by parts.out_period, parts.periode, parts.kommune
  )
select
  by_period.out_period as out_period,
  by_period.kommune as kommune,
  cast(sum(by_period.kvartalets_personer_antal) as decimal(38, 0)) as kvartalets_personer_antal,
  cast(sum(case when by_period.kvartalets_personer_antal is not null then 1 else 0 end) as bigint) as kvartalets_personer_antal_periods,
  cast(sum(by_period.kvartalets_personer_antal_delivered) as bigint) as kvartalets_personer_antal_delivered,
  cast(sum(by_period.kvartalets_personer_antal_suppressed) as bigint) as kvartalets_personer_antal_suppressed,
  cast(sum(by_period.kvartalets_personer_antal_not_applicable) as bigint) as kvartalets_personer_antal_not_applicable,
  cast(sum(by_period.kvartalets_personer_antal_known) as bigint) as kvartalets_personer_antal_known,
  cast(sum(by_period.kvartalets_personer_antal_suppressed_rows) as bigint) as kvartalets_personer_antal_suppressed_rows,
  cast(sum(by_period.kvartalets_personer_antal_not_applicable_rows) as bigint) as kvartalets_personer_antal_not_applicable_rows,
  cast(sum(by_period.kvartalets_mindste_antal) as decimal(38, 0)) as kvartalets_mindste_antal,
  cast(sum(case when by_period.kvartalets_mindste_antal is not null then 1 else 0 end) as bigint) as kvartalets_mindste_antal_periods,
  cast(sum(by_period.kvartalets_mindste_antal_delivered) as bigint) as kvartalets_mindste_antal_delivered,
  cast(sum(by_period.kvartalets_mindste_antal_suppressed) as bigint) as kvartalets_mindste_antal_suppressed,
  cast(sum(by_period.kvartalets_mindste_antal_not_applicable) as bigint) as kvartalets_mindste_antal_not_applicable,
  cast(sum(by_period.kvartalets_mindste_antal_known) as bigint) as kvartalets_mindste_antal_known,
  cast(sum(by_period.kvartalets_mindste_antal_suppressed_rows) as bigint) as kvartalets_mindste_antal_suppressed_rows,
  cast(sum(by_period.kvartalets_mindste_antal_not_applicable_rows) as bigint) as kvartalets_mindste_antal_not_applicable_rows
from by_period as by_period
group by by_period.out_period, by_period.kommune
order by out_period, kommune;
