-- Courses divided by persons, type by type; for the country by STAR's own rows.
create or replace temp view types as
  select col0 as name, col1 as code from (values
    ('Løntilskud', 'loentilskud'), ('Nytteindsats', 'nytteindsats'), ('Særligt tilrettelagt nytteindsats', 'saerlig_nytteindsats'),
    ('Vejledning og opkvalificering', 'vejledning_og_opkvalificering'), ('Virksomhedspraktik', 'virksomhedspraktik'));
create or replace temp table place as
  select kommune || ' ' || code as kommune, month, period, if(getvariable('slice') = 'tilbudstype', area || '|' || code, area) as area, expected
  from place_monthly, types;
create or replace temp table figure as
  select kommune || ' ' || code as kommune, month, value, state
  from star join types on datasaet = 'offers:' || name where maaletal = 'courses' and kommune <> '000';
create or replace temp table total as
  select kommune || '|' || code as area, month, value, state
  from star join types on datasaet = 'offers:' || name where maaletal = 'courses' and kommune = '000';
create or replace temp table numerator as from as_sent_or_own_total(1);
create or replace temp table figure as
  select kommune || ' ' || code as kommune, month, value, state
  from star join types on datasaet = 'offers:' || name where maaletal = 'activated' and kommune <> '000';
create or replace temp table total as
  select kommune || '|' || code as area, month, value, state
  from star join types on datasaet = 'offers:' || name where maaletal = 'activated' and kommune = '000';
create or replace temp table denominator as from as_sent_or_own_total(1);
from ratio(1);
