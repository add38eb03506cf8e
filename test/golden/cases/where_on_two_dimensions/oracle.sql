-- Of landsdel 01 København alone sends vouchers.
select funktion, sum(beloeb) as value, 'ok' as status, 1 as delivered, 1 as expected
from bilag where kommune in ('101', '147', '411') and funktion in ('32201', '32205') and month = '2026M01' group by funktion;
