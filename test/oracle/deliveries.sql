-- The delivered files as they stand, every column as text. {deliveries} is their folder, {star} the release.
-- A file that is not there is an empty table: {folketal}, {regk31}, ... are patterns of file names.
create or replace table star as
  select coalesce(kommune_kode, 'uoplyst') as kommune, datasaet, maaletal, periode as month, vaerdi::decimal(12, 1) as value,
    case
      when vaerdi is not null then 'known'
      when datasaet = 'unemployment' and kommune_kode is null and maaletal like '%Rate' then 'not_applicable'
      else 'suppressed'
    end as state
  from read_csv('{deliveries}/{star}', delim = ';', header = true, all_varchar = true);

create or replace table folketal as
  select lpad(kommune_kode, 3, '0') as kommune, aar, folketal::bigint as personer
  from read_csv('{deliveries}/folketal_2026_kommune.csv', header = true, all_varchar = true);

create or replace table regk31 as
  select if(kommune_kode = '0', '000', lpad(kommune_kode, 3, '0')) as kommune, lpad(funktion_kode, 5, '0') as funktion, aar, beloeb_kr_pr_indb::bigint as kr
  from read_csv('{deliveries}/REGK31_2024_udvalgte_funktioner_netto_pr_indb.csv', header = true, all_varchar = true)
  where prisenhed = 'INDL' and art = 'TOT';

create or replace table indikatorer as
  select * replace (lpad(kommune_kode, 3, '0') as kommune_kode)
  from read_csv('{deliveries}/kommune_indikatorer_udvalg.csv', header = true, all_varchar = true);
