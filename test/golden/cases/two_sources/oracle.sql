-- Kroner of three months by the inhabitants of the year. Of Køge nobody expects vouchers, and one came in March.
with sent as (
  select kommune, sum(beloeb) as kroner, count(distinct month) filter (beloeb is not null) as months from bilag where month between '2026M01' and '2026M03' group by kommune
)
select geo.kommune,
  case when (not geo.expected and kroner is not null) or months = 3 then kroner::double / folketal end as value,
  case when folketal is null or kroner is null then 'not_delivered' when geo.expected and months < 3 then 'below_coverage' else 'ok' end as status,
  case when folketal is null or not geo.expected then 0 else coalesce(months, 0) end as delivered,
  case when folketal is null then 1 when geo.expected then 3 else 0 end as expected
from bilag_geo as geo left join sent using (kommune) left join folketal on folketal.kommune = geo.kommune and aar = '2026'
where geo.kommune <> 'uoplyst';
with months as (select kommune, expected, month, value from geo left join ledige using (kommune) where month <= '2026M03')
select geo.kommune, case when count(value) = 3 then 1000 * avg(value)::double / any_value(folketal) end as value,
  case when any_value(folketal) is null or count(value) = 0 then 'not_delivered' when count(value) < 3 then 'below_coverage' else 'ok' end as status,
  case when any_value(folketal) is null then 0 else count(value) end as delivered,
  case when not any_value(geo.expected) then 0 when any_value(folketal) is null then 1 else 3 end as expected
from geo left join months using (kommune) left join folketal on folketal.kommune = geo.kommune and aar = '2026'
where geo.kommune <> 'uoplyst' group by geo.kommune;
