-- As published, by kommune and nowhere else. An empty value was not delivered.
create or replace temp table figure as
  select kommune_kode as kommune, '2025' as month, andel_elever_over_10pct_fravaer::decimal(9, 2) as value, 'known' as state
  from indikatorer where andel_elever_over_10pct_fravaer is not null;
from added_up(1, 'sum');
