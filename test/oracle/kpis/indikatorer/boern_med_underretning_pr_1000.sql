-- As published, by kommune and nowhere else. An empty value was not delivered.
create or replace temp table figure as
  select kommune_kode as kommune, '2025' as month, boern_m_underretning_pr_1000::decimal(9, 2) as value, 'known' as state
  from indikatorer where boern_m_underretning_pr_1000 is not null;
from added_up(1, 'sum');
