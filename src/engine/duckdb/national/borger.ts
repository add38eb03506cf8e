import { firstDay, type Month, nextFirstDay } from './month.ts';
import { kommuneOn, residents } from './people.ts';
import { monthly, type NationalSource } from './source.ts';

const persons: NationalSource = {
  id: 'borger.personer',
  domain: 'borger',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select '${month.code}' as periode, id as person, place.code as kommune, case sex when 1 then '1' else '2' end as koen, alder::utinyint as alder, foedt,
      ([${maritalList()}])[case when never = 0 then null else band * 100 + lot + 1 end] as civilstand
    from (
      select *, ${draws.draw('id', 'marital')} % 100 as lot, ${draws.draw('id', 'marital not told')} % 500 as never,
        (alder >= 18)::integer + (alder >= 30)::integer + (alder >= 45)::integer + (alder >= 65)::integer + (alder >= 80)::integer as band
      from (${residents(firstDay(month))})
    ) join place using (k)`,
};

/** Of a hundred: never married, married, divorced; the rest are widowed. From 0, 18, 30, 45, 65 and 80 years. */
const maritalBands: readonly (readonly [number, number, number])[] = [
  [100, 0, 0],
  [91, 7, 2],
  [50, 42, 8],
  [25, 56, 17],
  [8, 60, 17],
  [4, 38, 10],
];

/** The draw is the same in all months, so that most who marry stay so. */
const maritalList = (): string =>
  maritalBands
    .flatMap(([never, married, divorced]) =>
      Array.from({ length: 100 }, (_, lot) => {
        if (lot < never) return "'U'";
        if (lot < never + married) return "'G'";
        return lot < never + married + divorced ? "'F'" : "'E'";
      }),
    )
    .join(', ');

const within = (day: string, month: Month): string =>
  `${day} >= ${firstDay(month)} and ${day} < ${nextFirstDay(month)}`;

const moves: NationalSource = {
  id: 'borger.flytninger',
  domain: 'borger',
  fileOf: monthly,
  rows: (month) => `
    select '${month.code}' as periode, id as person, dato, coalesce(t.code, f.code) as kommune, f.code as fra_kommune,
      t.code as til_kommune, case sex when 1 then '1' else '2' end as koen, date_sub('year', foedt, dato)::utinyint as alder
    from (
      ${moveBranches(month).join('\n      union all\n      ')}
    ) as m left join place as f on f.k = m.fra_k left join place as t on t.k = m.til_k
    order by person, dato`,
};

function moveBranches(month: Month): readonly string[] {
  const branch = (day: string, from: string, to: string, where = 'true') =>
    `select id, sex, foedt, ${day} as dato, ${from} as fra_k, ${to} as til_k from person where ${within(day, month)} and ${where}`;
  return [
    branch('a1', 'k', 'ka1'),
    branch('a2', 'ka1', 'ka2'),
    branch('b1', 'kb1', 'k'),
    branch('b2', 'kb2', 'kb1'),
    branch('fra', 'null::utinyint', kommuneOn('(fra + 1)'), 'fra > foedt'),
    branch('til', kommuneOn('til'), 'null::utinyint', 'not dies'),
  ];
}

const events: NationalSource = {
  id: 'borger.haendelser',
  domain: 'borger',
  fileOf: monthly,
  rows: (month) => `
    select '${month.code}' as periode, id as person, haendelse, dato, code as kommune, case sex when 1 then '1' else '2' end as koen,
      date_sub('year', foedt, dato)::utinyint as alder
    from (
      select id, sex, foedt, 'foedsel' as haendelse, foedt as dato, ${kommuneOn('(foedt + 1)')} as k from person
      where ${within('foedt', month)} and fra = foedt
      union all
      select id, sex, foedt, 'doed', til, ${kommuneOn('til')} from person where ${within('til', month)} and dies
    ) join place using (k) order by person, haendelse`,
};

export const borger: readonly NationalSource[] = [persons, moves, events];
