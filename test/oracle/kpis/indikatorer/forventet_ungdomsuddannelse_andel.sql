-- As published, by kommune and nowhere else. An empty value was not delivered.
create or replace temp table figure as
  select kommune_kode as kommune, '2023' as month, forventet_ungdomsudd_pct::decimal(9, 2) as value, 'known' as state
  from indikatorer where forventet_ungdomsudd_pct is not null;
from added_up(1, 'sum');
