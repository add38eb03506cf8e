-- As published, by kommune and nowhere else. An empty value was not delivered.
create or replace temp table figure as
  select kommune_kode as kommune, '2026' as month, elevtrivsel_1_5::decimal(9, 2) as value, 'known' as state
  from indikatorer where elevtrivsel_1_5 is not null;
from added_up(1, 'sum');
