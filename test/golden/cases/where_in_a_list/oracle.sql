create or replace temp table figure as from ledige;
create or replace temp table place as select kommune, '2026M02' as month, '' as period, kommune as area, expected from geo where kommune = '101' or kommune = '147';
select area as kommune, value, status, delivered, expected from added_up(0.85, 'mean');
