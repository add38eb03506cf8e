-- Recipients per 1,000, weighted by the inhabitants of 2026 above the kommuner; 95 per cent of them must be known.
create or replace temp table figure as
  select kommune_kode as kommune, '2025' as month, hjemmesygepleje_modtagere_pr_1000_indb::decimal(9, 2) as value, 'known' as state
  from indikatorer where hjemmesygepleje_modtagere_pr_1000_indb is not null;
with mean as (
  select area, period, sum(value * personer)::double / sum(personer) as value, count(*) as amounts
  from place join figure using (kommune, month) join folketal using (kommune) where aar = '2026' group by area, period
)
select area, period, case when status = 'ok' then mean.value end as value, status, delivered, expected,
  if(status = 'ok' and mean.amounts > 1, 'imputed weighted', '') as flags
from added_up(0.95, 'sum') left join mean using (area, period);
