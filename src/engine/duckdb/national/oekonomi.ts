import { accounts } from './accounts.ts';
import type { Combination } from './chart.ts';
import { below } from './draws.ts';
import type { Month } from './month.ts';
import { eventKey, inDecember, inJanuary, type Making, monthly, type NationalSource } from './source.ts';

/** Table `combination`, in the order of the list. */
export function combinationTable(combinations: readonly Combination[]): string {
  const rows = combinations.map(
    ({ funktion, dranst, ejerforhold, gruppering, art, kr, chart, main }, at) =>
      `(${at}, '${funktion}', '${dranst}', '${ejerforhold}', '${gruppering}', '${art}', ${Math.round(kr * 100)}, ${chart === null ? 'null' : `'${chart}'`}, ${main})`,
  );
  return `create table combination as select * from (values ${rows.join(', ')})
    as t (c, funktion, dranst, ejerforhold, gruppering, art, oere, chart, main) order by c`;
}

const chartOf = (year: number): string => (year < 2018 ? 'old' : 'new');

/** A kommune and an account as one number, to draw by. */
const account = 'k::bigint * 10000 + c';

/** Prices rise by 2.5 % a year, from the year that the amounts are of. */
const priceOf = (year: number): number => Math.round(1000 * 1.025 ** (year - 2024));

const amount = (oere: string): string => `((${oere}) * 0.01)::decimal(18, 2)`;

/**
 * Postings: the larger the scale, the more of the combinations a kommune uses in a month, and the more often.
 * At a scale of 0.001 a month is a few thousand rows, at 1 near a million.
 */
function usedIn({ year, month, code }: Month, { draws: { draw }, scale }: Making): string {
  const main = Math.round(Math.min(1, 0.25 + scale * 50) * 1000);
  const others = Math.round(Math.min(0.85, 0.02 + scale * 8) * 1000);
  return `
    select *, 1 + floor(inhabitants / 12000 * (1 + ${draw(account, 'postings')} % 3))::bigint as postings,
      inhabitants * oere / 12 * ${priceOf(year)} / 1000 * (90 + ${draw(account, 'level')} % 21) / 100 as monthly
    from place cross join combination
    where (chart is null or chart = '${chartOf(year)}') and funktion < '9'
      and ${draw(account, 'used', `${code} ${month}`)} % 1000 < case when main then ${main} else ${others} end`;
}

const posteringer: NationalSource = {
  id: 'oekonomi.posteringer',
  domain: 'oekonomi',
  fileOf: monthly,
  rows: (month, making) => {
    const { draw } = making.draws;
    const line = '(account * 1000 + number)';
    return `
      select '${month.code}' as periode, ${eventKey(draw(line, 'posting', month.code))} as postering, code as kommune,
        funktion, dranst, ejerforhold, gruppering, art,
        ${amount(`floor(monthly / postings)::bigint * (700 + ${below(draw(line, 'amount', month.code), 601)}) // 1000`)} as beloeb
      from (
        select *, ${account} as account, unnest(range(postings)) as number
        from (select * from (${usedIn(month, making)}) order by k, c)
      )`;
  },
};

/** The original budget, and the corrected one, a little apart from it. */
const budget: NationalSource = {
  id: 'oekonomi.budget',
  domain: 'oekonomi',
  fileOf: inJanuary,
  rows: ({ year }, { draws: { draw }, scale }) => `
    select '${year}' as periode, code as kommune, funktion, dranst, ejerforhold, gruppering, art, version as budgetversion,
      ${amount(`floor(inhabitants * oere * ${priceOf(year)} / 1000 * (95 + ${draw(account, 'budgeted', year)} % 11) / 100
        * case when version = 'korrigeret' then (97 + ${draw(account, 'corrected', year)} % 8) / 100 else 1 end)::bigint`)} as beloeb
    from place cross join combination cross join (values ('oprindeligt'), ('korrigeret')) as v (version)
    where (chart is null or chart = '${chartOf(year)}') and funktion < '9'
      and (main or ${draw(account, 'in budget')} % 1000 < ${Math.round(Math.min(0.85, 0.1 + scale * 8) * 1000)})
    order by k, c, version desc`,
};

/** Money at the end of each day: paid in early in the month, out at its end; some kommuner are short of it. */
const likviditet: NationalSource = {
  id: 'oekonomi.likviditet',
  domain: 'oekonomi',
  fileOf: monthly,
  rows: ({ code, days, year, month, index }, { draws: { draw } }) => `
    select strftime(date '${year}-01-01' + ${`(date '${year}-${String(month).padStart(2, '0')}-01' - date '${year}-01-01')::integer`} + day::integer, '%Y-%m-%d') as periode,
      code as kommune,
      ${amount(`floor(inhabitants * 100 * (${draw('k', 'liquidity')} % 14000 - 1500 + 120 * (${index} % 12) + 3000 - 200 * day + ${draw('k::bigint * 100 + day', 'balance', code)} % 900))::bigint`)} as saldo
    from place cross join range(${days}) as t (day) order by k, day`,
};

/** Main account 9; what a year ends with is what the next begins with. */
const balance: NationalSource = {
  id: 'oekonomi.balance',
  domain: 'oekonomi',
  fileOf: inDecember,
  rows: ({ year }, { draws: { draw } }) => {
    const end = (of: number) =>
      amount(`floor(inhabitants * oere * (80 + ${draw(account, 'balance', of)} % 41) / 100)::bigint`);
    const stocks = accounts.filter(({ code }) => code.startsWith('9'));
    const table = `(values ${stocks.map(({ code, kr }, at) => `(${at}, '${code}', ${kr * 100})`).join(', ')}) as t (c, funktion, oere)`;
    return `
      select '${year}' as periode, code as kommune, funktion, ${end(year - 1)} as primo, ${end(year)} as ultimo
      from place cross join ${table} order by k, c`;
  },
};

export const oekonomi: readonly NationalSource[] = [posteringer, budget, likviditet, balance];
