-- Persons on 1 January.
create or replace temp table figure as select kommune, aar as month, personer as value, 'known' as state from folketal;
from added_up(0.95, 'sum');
