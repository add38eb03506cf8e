create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, month, kvartal as period, landsdel as area, expected from geo, span;
select period as kvartal, area as landsdel, value, status, delivered, expected from added_up(0.85, 'mean');
