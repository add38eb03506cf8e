-- Køge 9, Roskilde 28, Christiansø 1, Odense 47.
create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, land as area, expected from geo where kommune in ('259', '265', '411', '461');
select area as land, value, status, delivered, expected from added_up(0.85, 'mean');
