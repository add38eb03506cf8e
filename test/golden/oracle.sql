-- The delivered files as they stand, and where each kommune lies: written down by hand, beside the
-- classifications that the product reads. {deliveries} is the folder of the files.

create table geo (kommune varchar, name varchar, landsdel varchar, region_before varchar, region varchar, gruppe varchar, land varchar, expected boolean);

-- region_before: until 31 March 2026; region: since.
insert into geo values
  ('101', 'København',     '01', '084', '086', '1', '000', true),
  ('147', 'Frederiksberg', '01', '084', '086', '1', '000', true),
  ('259', 'Køge',          '05', '085', '086', '3', '000', true),
  ('265', 'Roskilde',      '05', '085', '086', '3', '000', true),
  ('411', 'Christiansø',   '01', '084', '086', 'uoplyst', '000', false),
  ('461', 'Odense',        '07', '083', '083', '2', '000', true),
  ('615', 'Horsens',       '09', '082', '082', '3', '000', true),
  ('751', 'Aarhus',        '09', '082', '082', '2', '000', true),
  ('851', 'Aalborg',       '11', '081', '081', '2', '000', true),
  ('uoplyst', 'uoplyst', 'uoplyst', 'uoplyst', 'uoplyst', 'uoplyst', 'uoplyst', false);

create table span (month varchar, kvartal varchar, halvaar varchar);

insert into span values
  ('2026M01', '2026K1', '1'), ('2026M02', '2026K1', '1'), ('2026M03', '2026K1', '1'),
  ('2026M04', '2026K2', '1'), ('2026M05', '2026K2', '1'), ('2026M06', '2026K2', '1');

-- The newest delivery of unemployment is all there is of it.
create table ledighed as
  select coalesce(kommune, 'uoplyst') as kommune, maaletal, periode as month, vaerdi::decimal(9, 1) as value,
    case when vaerdi is not null then 'known' when maaletal = 'procent' and kommune is null then 'not_applicable' else 'suppressed' end as state
  from read_csv('{deliveries}/ledighed_2026M06.csv', delim = ';', header = true, all_varchar = true);

create view ledige as from ledighed where maaletal = 'fuldtid' and kommune <> '000';

create table folketal as
  select kommune, aar, folketal::int as folketal from read_csv('{deliveries}/folketal_*.csv', header = true, all_varchar = true);

create table drift as
  select aar, funktion, kommune, kr_pr_indbygger::int as kr from read_csv('{deliveries}/drift_2025.csv', header = true, all_varchar = true);

create table elever as
  select kommune, coalesce(koen, 'uoplyst') as koen, kvartal, elever::int as elever
  from read_csv('{deliveries}/elever_2026.csv', header = true, all_varchar = true) where kommune <> '000';

-- The second delivery stands for March and what comes after; rows by main account are the supplier's own sums.
create table bilag as
  select geo.kommune, coalesce(nullif(funktion, '99999'), 'uoplyst') as funktion, periode as month, bilag,
    replace(beløb, ',', '.')::decimal(12, 2) as beloeb
  from (
    select * from read_csv('{deliveries}/bilag_2026M03.csv', delim = ';', header = true, all_varchar = true, encoding = 'latin-1') where periode < '2026M03'
    union all
    select * from read_csv('{deliveries}/bilag_2026M06.csv', delim = ';', header = true, all_varchar = true, encoding = 'latin-1')
  ) as sent join geo on geo.name = sent.kommune
  where coalesce(funktion, '') <> '3';

-- A kommune-month of vouchers is known when no amount in it is left out; four kommuner send vouchers.
create view udgift as
  select kommune, month, sum(beloeb) as value, case when count(*) = count(beloeb) then 'known' else 'suppressed' end as state from bilag group by all;

create view antal_bilag as
  select kommune, month, count(*) as value, 'known' as state from bilag group by all;

create view bilag_geo as
  select geo.* replace (kommune in ('101', '461', '751', '851') as expected) from geo;
