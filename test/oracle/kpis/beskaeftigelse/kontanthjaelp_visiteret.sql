-- Full-time persons by assessment; a part is a group in a kommune, and three of four must be known.
create or replace temp view groups as
  select col0 as name, col1 as code from (values
    ('Jobparat', 'jobparat'), ('Aktivitetsparat', 'aktivitetsparat'), ('Uddannelsesparat', 'uddannelsesparat'),
    ('Åbenlys uddannelsesparat', 'aabenlys_uddannelsesparat'), ('Uoplyst', 'ikke_oplyst'));
create or replace temp table figure as
  select kommune || ' ' || code as kommune, month, value, state
  from star join groups on datasaet = 'cashVisitation:' || name where maaletal = 'fullTime' and kommune <> '000';
create or replace temp table place as
  select kommune || ' ' || code as kommune, month, period, if(getvariable('slice') = 'visitationsgruppe', area || '|' || code, area) as area, expected
  from place_monthly, groups;
from added_up(0.75, 'mean');
