create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, month, month as period, landsdel as area, expected from geo, span where kvartal = '2026K2';
select area as landsdel, period as maaned, value, status, delivered, expected from added_up(0.85, 'mean');
