-- What hand-written queries over the made-up country share: where things lie and when, and what silence means.
-- (shapes.sql comes before it; of that only worse() is used here.)
-- Nothing here knows how a KPI is counted.
--
--   place(question, unit, code, period, kommune, area, expected)
--       Every question (level/time/hierarchy) with the source periods that make each of its periods, and where
--       every kommune lies then. unit: M K Å U D for sources of that frequency; primo for a year's first day, skolestart for
--       the year of the newest 1 September up to the period's last day.
--   came(source, code, kommune)     who delivered anything of a source in a source period
--   <source with _ for .>           the rows of a source that its contract lets through, codes as text

create or replace temp table place (question varchar, unit varchar, code varchar, period varchar, kommune varchar, area varchar, expected boolean);
create table came (source varchar, code varchar, kommune varchar);

-- Whether enough of those who should have delivered did. Of what nobody is expected to deliver, nothing is missing.
create macro silence(expected, present, need) as
  case when expected > 0 and present = 0 then 'not_delivered'
       when present < need * expected then 'below_coverage'
       else 'ok' end;

-- Of each cell of the questions over a source: how many should have delivered, how many did.
create macro covered(wanted, wanted_unit) as table
  select question, period, area,
    count(*) filter (place.expected) as expected,
    count(*) filter (place.expected and came.kommune is not null) as present
  from place left join came on came.source = wanted and came.code = place.code and came.kommune = place.kommune
  where place.unit = wanted_unit
  group by all;
