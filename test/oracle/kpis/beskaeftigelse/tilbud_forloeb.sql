-- Courses add over the types of offer; for the country STAR's own five rows are added.
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
  select kommune || if(getvariable('slice') = 'tilbudstype', '|' || code, '') as area, month, sum(value) as value,
    if(getvariable('slice') = 'tilbudstype' or count(value) >= 0.75 * 5, 'known', 'incomplete') as state
  from star join types on datasaet = 'offers:' || name where maaletal = 'courses' and kommune = '000' group by all;
from as_sent_or_own_total(0.75);
