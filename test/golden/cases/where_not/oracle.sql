create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M06' as month, '' as period, landsdel as area, expected from geo where kommune in ('461', '615', '851', 'uoplyst');
select area as landsdel, value, status, delivered, expected from added_up(0.85, 'mean');
