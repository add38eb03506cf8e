-- Files that are on developers' desks only.
create or replace table folk1a as
  select OMRÅDE as area, KØN as koen, ALDER as alder, TID as month, INDHOLD::bigint as personer
  from read_csv('{deliveries}/FOLK1A_12omraader_koen_alder_2008-2020.csv', delim = ';', header = true, all_varchar = true);

-- Names of areas to their codes, by the labels of the classifications.
create or replace table civilstand as
  select coalesce(names.code, OMRÅDE) as area, names.level as area_level, CIVILSTAND as civilstand, TID as month, INDHOLD::bigint as personer
  from read_csv('{deliveries}/FOLK1A_civilstand_alle_omraader_2020K1.csv', delim = ';', header = true, all_varchar = true)
    left join names on names.label = OMRÅDE;

create or replace table regk11 as
  select coalesce(names.code, OMRÅDE) as area, names.level as area_level, TID as month, INDHOLD::bigint as kr
  from read_csv('{deliveries}/REGK11_hk4_sundhed_drift_netto_pr_indb_2008-2022.csv', header = true, all_varchar = true)
    left join names on names.label = OMRÅDE;
