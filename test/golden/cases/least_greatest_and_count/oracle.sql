-- Twelve months are expected of four kommuner, and a quarter of them must be known.
create or replace temp view counted as
  select kommune, min(beloeb) as least, max(beloeb) as greatest, count(*) as vouchers,
    count(distinct month) filter (beloeb is not null) as known, count(distinct month) as sent, kommune <> '259' as expected
  from bilag where month >= '2026' group by kommune;
select kommune, if(known >= 3 or not expected, least, null) as value, if(known >= 3 or not expected, 'ok', 'below_coverage') as status, if(expected, known, 0) as delivered, if(expected, 12, 0) as expected from counted;
select kommune, if(known >= 3 or not expected, greatest, null) as value, if(known >= 3 or not expected, 'ok', 'below_coverage') as status, if(expected, known, 0) as delivered, if(expected, 12, 0) as expected from counted;
select kommune, if(sent >= 3 or not expected, vouchers, null) as value, if(sent >= 3 or not expected, 'ok', 'below_coverage') as status, if(expected, sent, 0) as delivered, if(expected, 12, 0) as expected from counted;
