import { below } from './draws.ts';
import { type Month, nextFirstDay } from './month.ts';
import { schoolOf, schoolsOf } from './skole.ts';
import { type Making, monthly, type NationalSource, oneOf } from './source.ts';

interface Occupation {
  /** Positions out of a hundred. */
  readonly share: number;
  readonly category: string;
  readonly account: string;
  /** Where it stood in the chart of accounts before 2018. */
  readonly accountBefore2018?: string;
  /** kr. a month for a full-time position. */
  readonly pay: number;
}

const occupations: readonly Occupation[] = [
  { share: 2, category: '10', account: '64551', pay: 58000 },
  { share: 16, category: '20', account: '32201', pay: 41500 },
  { share: 2, category: '20', account: '32208', pay: 42500 },
  { share: 14, category: '30', account: '52514', pay: 35500 },
  { share: 8, category: '40', account: '52514', pay: 27500 },
  { share: 4, category: '30', account: '32205', pay: 35000 },
  { share: 18, category: '50', account: '53027', accountBefore2018: '53232', pay: 33000 },
  { share: 4, category: '50', account: '53026', accountBefore2018: '53232', pay: 33000 },
  { share: 4, category: '60', account: '53028', accountBefore2018: '53232', pay: 39000 },
  { share: 6, category: '30', account: '53850', pay: 36000 },
  { share: 12, category: '70', account: '64551', pay: 40000 },
  { share: 2, category: '70', account: '64553', pay: 39000 },
  { share: 4, category: '80', account: '22811', pay: 32500 },
  { share: 4, category: '90', account: '03231', pay: 31000 },
];

/** A hundred rows, one for each draw. */
function occupationTable(month: Month): string {
  const account = ({ account: now, accountBefore2018 }: Occupation) =>
    month.year < 2018 ? (accountBefore2018 ?? now) : now;
  const rows = occupations
    .flatMap((occupation) => Array.from({ length: occupation.share }, () => occupation))
    .map(
      (occupation, at) =>
        `(${at}, '${occupation.category}', '${account(occupation)}', ${occupation.pay}::bigint)`,
    );
  return `(values ${rows.join(', ')}) as o (lot, category, funktion, pay)`;
}

/** Positions in a kommune for each inhabitant. */
const positionsPerInhabitant = 0.085;

/** A position is held by one after the other, each for 1 to 8 years; one in 25 by the holder of the one before it too. */
function holders(month: Month, { draws: { draw } }: Making): string {
  const tenure = (position: string) => `(12 + ${below(draw(position, 'tenure'), 84)})`;
  const turn = (position: string) => `(${month.index} + ${draw(position, 'turn')} % ${tenure(position)})`;
  const holder = (position: string) => `(${position} * 100 + ${turn(position)} // ${tenure(position)} % 100)`;
  const who = `case when ${draw('position', 'second job')} % 25 = 0 then position - 1 else position end`;
  return `
    select *, ${holder('position')} as holder, ${holder('who')} as ansat, ${turn('position')} % ${tenure('position')} = 0 as begins,
      (${turn('position')} + 1) % ${tenure('position')} = 0 as ends
    from (
      select *, ${who} as who
      from (select k, code, inhabitants, k * 100000 + unnest(range(1, 1 + greatest(1, round(inhabitants * ${positionsPerInhabitant}))::bigint)) as position
        from (select * from place order by k))
    )`;
}

const ansaettelser: NationalSource = {
  id: 'personale.ansaettelser',
  domain: 'personale',
  fileOf: monthly,
  rows: (month, making) => {
    const { draw } = making.draws;
    const absence = (purpose: string) => draw('holder', purpose, month.code);
    const begun = `case when begins then ${below(draw('holder', 'first day'), 15)} else 0 end`;
    const ended = `case when ends then ${below(draw('holder', 'last day'), 12)} else 0 end`;
    return `
      select '${month.code}' as periode, holder as ansaettelse, ansat, code as kommune, funktion, category as stillingskategori, ansaettelsesform,
        ejerforhold, case when category = '20' and funktion = '32201' then code::bigint * 1000 + school end as skole,
        (part * 0.0001)::decimal(18, 4) as fuldtid, active as aktive_dage,
        least(ill, active)::decimal(18, 1) as egen_sygdom, least(injured, greatest(0, active - ill))::decimal(18, 1) as arbejdsskade,
        least(child, greatest(0, active - ill - injured))::decimal(18, 1) as barns_sygdom,
        (case when parent and ill + injured + child = 0 then active else 0 end)::decimal(18, 1) as barsel,
        ((pay * (92 + ${below(draw('holder', 'pay'), 22)}) * part * active // ${month.days * 10_000}) * 0.01)::decimal(18, 2) as bruttoloen,
        case when ends then ${nextFirstDay(month)} - 1 - ${ended} end as fratraadt,
        (22 + ${below(draw('ansat', 'age'), 44)})::utinyint as alder, case when ${draw('ansat', 'sex')} % 100 < 75 then '2' else '1' end as koen
      from (
        select *, ${month.days} - ${begun} - ${ended} as active,
          ${oneOf(draw('holder', 'form'), ['1', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '2', '3', '4'])} as ansaettelsesform,
          case when ${draw('position', 'owner')} % 100 < 93 then '1' else '2' end as ejerforhold,
          ([10000, 10000, 10000, 10000, 10000, 10000, 8649, 8108, 7568, 5000])[${draw('holder', 'part')} % 10 + 1] as part,
          ${schoolOf(draw('position', 'works at'), draw('position', 'works at again'), schoolsOf('inhabitants'))} as school,
          ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 7, 16])[${absence('ill')} % 20 + 1] as ill,
          case when ${absence('injured')} % 250 = 0 then 5 else 0 end as injured,
          case when ${absence('child')} % 16 = 0 then 1 else 0 end as child,
          ${draw('holder', 'parent', Math.floor(month.index / 6))} % 45 = 0 as parent
        from (${holders(month, making)}) as h join ${occupationTable(month)} on o.lot = ${below(draw('position', 'occupation'), 100)}
      )`;
  },
};

export const personale: readonly NationalSource[] = [ansaettelser];
