-- By function each of four kommuner is expected every month, 24 in all; of what has no function nobody.
create or replace temp table place as
  select kommune, month, '' as period, funktion as area, expected and funktion <> 'uoplyst' as expected
  from bilag_geo, span, (values ('02820'), ('32201'), ('32205'), ('uoplyst')) as functions (funktion);
create or replace temp view sent as select kommune, month, funktion, sum(beloeb) as amount, count(*) as vouchers, count(beloeb) = count(*) as known from bilag group by all;
create or replace temp view whole as select kommune, month, sum(beloeb) as amount, count(*) as vouchers, count(beloeb) = count(*) as known from bilag where month >= '2026' group by all;
with counted as (
  select area, sum(amount) as value, count(*) filter (expected and known) as delivered, count(*) filter (expected) as expected
  from place left join sent on sent.kommune = place.kommune and sent.month = place.month and sent.funktion = place.area group by area
)
select area as funktion, case when delivered >= 0.25 * expected then value end as value, if(delivered >= 0.25 * expected, 'ok', 'below_coverage') as status, delivered, expected from counted
union all select 'total', sum(amount), 'ok', count(*) filter (known and kommune <> '259'), 24 from whole;
with counted as (
  select area, sum(vouchers) as value, count(vouchers) filter (expected) as delivered, count(*) filter (expected) as expected
  from place left join sent on sent.kommune = place.kommune and sent.month = place.month and sent.funktion = place.area group by area
)
select area as funktion, case when delivered >= 0.25 * expected then value end as value, if(delivered >= 0.25 * expected, 'ok', 'below_coverage') as status, delivered, expected from counted
union all select 'total', sum(vouchers), 'ok', count(*) filter (kommune <> '259'), 24 from whole;
