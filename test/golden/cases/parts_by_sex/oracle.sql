-- Three kommuner are expected; of the unknown sex nobody, and the groups add up to all 1,493.
select koen, kvartal, if(count(elever) = 3 or koen = 'uoplyst', sum(elever), null) as value,
  if(count(elever) = 3 or koen = 'uoplyst', 'ok', 'below_coverage') as status,
  if(koen = 'uoplyst', 0, count(elever)) as delivered, if(koen = 'uoplyst', 0, 3) as expected
from elever group by koen, kvartal;
