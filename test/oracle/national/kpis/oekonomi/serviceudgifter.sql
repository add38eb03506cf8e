-- cube: oekonomi
-- levels: kommune landsdel region land
-- times: maaned kvartal aar
-- The draft list of service expenditure since 2018, in millions; all months of all kommuner must have come.
with service as (
  select periode, kommune, sum(beloeb) as kr from oekonomi_posteringer
  where ((dranst = '1' and left(funktion, 1) in ('0', '2', '3', '4', '5', '6')
      and not (funktion like '022%' or funktion in ('02518', '02519', '53230', '46281', '56890', '56891', '56895', '56896', '56897', '56898'))
      and not (funktion like '546%' or funktion like '557%' or funktion between '54865' and '54868' or funktion between '55880' and '55883'))
    or (dranst = '2' and funktion = '52207'))
  group by all
), money as (
  select question, period, area, sum(kr) as kr from place join service on unit = 'M' and periode = code and service.kommune = place.kommune group by all
)
select question, area, period, case when status = 'ok' then coalesce(kr, 0)::double / 1000000 end as value, status
from (select *, silence(expected, present, 1) as status from covered('oekonomi.posteringer', 'M')) left join money using (question, period, area)
where expected > 0 or kr is not null;
