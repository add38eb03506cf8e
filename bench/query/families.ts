import type { Request } from '../../src/query/request.ts';
import { firstYear, kommuneCount, years } from './facts.ts';
import { ageCode, cube, type KpiName } from './world.ts';

/** One draw of everything that a question can ask for, in the words of the facts. */
export interface Drawn {
  readonly municipality: number;
  readonly municipalities: readonly number[];
  readonly year: number;
  /** First day of the year, and of the next. */
  readonly from: string;
  readonly to: string;
  readonly area: string;
  readonly areas: readonly string[];
  readonly ageFrom: number;
  readonly ageTo: number;
  readonly sex: 'K' | 'M';
}

/** Columns of the facts that answers are keyed by. */
export type Key = 'month' | 'municipality' | 'age_group' | 'sex' | 'area';

/** What each KPI is in SQL: above the line, and below it. */
export const figures = {
  antal: ['count(*)', null],
  beloeb: ['sum(amount)', null],
  flag_andel: ['100 * count(*) filter (where flag)', 'count(*)'],
  beloeb_pr_sag: ['sum(amount)', 'count(*)'],
  personer: ['count(distinct person_id)', null],
  beloeb_pr_person: ['sum(amount)', 'count(distinct person_id)'],
  beloeb_aar: ['sum(sum(amount)) over (partition by municipality order by month)', null],
} as const satisfies Record<KpiName, readonly [string, string | null]>;

type Part = 'kommune' | 'kommuner' | 'alder' | 'koen' | 'omraade' | 'omraader' | 'aar';

/** Each part of a slice, as SQL over the facts; the same in our language stands in `inOurs`. */
const inSql: Readonly<Record<Part, string>> = {
  kommune: 'municipality = {municipality}',
  kommuner: 'municipality in ({municipalities})',
  alder: 'age_group between {ageFrom} and {ageTo}',
  koen: "sex = '{sex}'",
  omraade: "area = '{area}'",
  omraader: 'area in ({areas})',
  aar: "month >= date '{from}' and month < date '{to}'",
};

export interface Family {
  readonly name: string;
  readonly title: string;
  readonly keys: readonly Key[];
  readonly kpis: readonly KpiName[];
  readonly slice: readonly Part[];
  /** So many, the greatest first. */
  readonly top?: number;
}

/** The twelve of the published measurements, and a slice of persons that nobody has a table for. */
export const families: readonly Family[] = [
  {
    name: 'q01_total_by_month',
    title: 'total by month',
    keys: ['month'],
    kpis: ['antal', 'beloeb'],
    slice: [],
  },
  {
    name: 'q02_one_kommune',
    title: 'one kommune by month',
    keys: ['month'],
    kpis: ['antal', 'beloeb'],
    slice: ['kommune'],
  },
  {
    name: 'q03_dice',
    title: 'dice kommune x age x sex',
    keys: ['municipality', 'age_group', 'sex'],
    kpis: ['antal', 'beloeb'],
    slice: ['kommuner', 'alder', 'aar'],
  },
  {
    name: 'q04_crosstab',
    title: 'crosstab kommune x month',
    keys: ['municipality', 'month'],
    kpis: ['antal', 'beloeb'],
    slice: [],
  },
  {
    name: 'q05_drill_down',
    title: 'drill-down inside one area',
    keys: ['month', 'age_group'],
    kpis: ['antal', 'beloeb'],
    slice: ['kommune', 'omraade', 'aar'],
  },
  {
    name: 'q06_ratios',
    title: 'ratio KPIs by kommune',
    keys: ['municipality'],
    kpis: ['flag_andel', 'beloeb_pr_sag'],
    slice: ['aar'],
  },
  {
    name: 'q07_persons_crosstab',
    title: 'distinct persons kommune x month',
    keys: ['municipality', 'month'],
    kpis: ['personer'],
    slice: [],
  },
  {
    name: 'q08_persons_slice',
    title: 'distinct persons of one kommune by month',
    keys: ['month'],
    kpis: ['personer'],
    slice: ['kommune'],
  },
  {
    name: 'q09_year_to_date',
    title: 'year to date',
    keys: ['municipality', 'month'],
    kpis: ['beloeb_aar'],
    slice: ['kommuner', 'aar'],
  },
  {
    name: 'q10_top10',
    title: 'top 10 areas',
    keys: ['area'],
    kpis: ['beloeb'],
    slice: ['koen', 'aar'],
    top: 10,
  },
  {
    name: 'q11_amount_per_person',
    title: 'amount per distinct person by age and sex',
    keys: ['age_group', 'sex'],
    kpis: ['beloeb_pr_person'],
    slice: ['aar'],
  },
  {
    name: 'q12_cells_of_a_year',
    title: 'all cells of a year',
    keys: ['month', 'municipality', 'age_group', 'sex'],
    kpis: ['antal', 'beloeb'],
    slice: ['aar'],
  },
  {
    name: 'q13_persons_any_slice',
    title: 'distinct persons in a slice that no table holds',
    keys: ['municipality'],
    kpis: ['personer'],
    slice: ['kommuner', 'alder', 'koen', 'omraader', 'aar'],
  },
];

/** The question as a good engineer writes it; `{...}` are filled in from what was drawn. */
export function sqlOf({ keys, kpis, slice, top }: Family, from = 'facts'): string {
  const shown = kpis.map((kpi) => {
    const [numerator, denominator] = figures[kpi];
    const value = denominator === null ? numerator : `(${numerator})::double / ${denominator}`;
    return `${/amount/.test(value) && denominator === null ? `(${value})::double` : value} as ${kpi}`;
  });
  return selectOf(
    keys,
    shown,
    slice,
    from,
    top === undefined ? keys.join(', ') : `${kpis[0]} desc, ${keys[0]} limit ${top}`,
  );
}

/** The same with everything exact: amounts in øre, and what is divided beside what it is divided by. */
export function exactSqlOf({ keys, kpis, slice, top }: Family): string {
  const shown = kpis.flatMap((kpi) => {
    const [numerator, denominator] = figures[kpi];
    const isAmount = /amount/.test(numerator);
    const above = isAmount ? `(100 * ${numerator})::hugeint` : numerator;
    const below =
      denominator === null ? (isAmount ? '100' : '1') : isAmount ? `100 * ${denominator}` : denominator;
    return [`(${above})::varchar as ${kpi}`, `(${below})::varchar as ${kpi}_of`];
  });
  const order =
    top === undefined ? keys.join(', ') : `${figures[kpis[0] ?? 'antal'][0]} desc, ${keys[0]} limit ${top}`;
  return selectOf(keys, shown, slice, 'facts', order);
}

function selectOf(
  keys: readonly Key[],
  shown: readonly string[],
  slice: readonly Part[],
  from: string,
  order: string,
): string {
  const where = slice.length === 0 ? '' : ` where ${slice.map((part) => inSql[part]).join(' and ')}`;
  return `select ${[...keys, ...shown].join(', ')} from ${from}${where} group by ${keys.join(', ')} order by ${order}`;
}

export function fill(sql: string, drawn: Drawn): string {
  return sql.replace(/\{(\w+)\}/g, (_, name: keyof Drawn) => {
    const value = drawn[name];
    if (!Array.isArray(value)) return String(value);
    return value.map((each) => (typeof each === 'string' ? `'${each}'` : String(each))).join(', ');
  });
}

const levelOf: Readonly<Record<Key, string>> = {
  month: 'maaned',
  municipality: 'kommune',
  age_group: 'aldersgruppe',
  sex: 'koen',
  area: 'omraade',
};

const texts = (codes: readonly string[]): string => `[${codes.map((code) => `"${code}"`).join(', ')}]`;

/** The question as a user of the library writes it. */
export function requestOf(
  { keys, kpis, slice, top }: Family,
  drawn: Drawn,
  kommuner: readonly string[],
): Request {
  const code = (municipality: number) => kommuner[municipality - 101] ?? '';
  const ages = Array.from({ length: drawn.ageTo - drawn.ageFrom + 1 }, (_, index) =>
    ageCode(drawn.ageFrom + index),
  );
  const inOurs: Readonly<Record<Part, string | null>> = {
    kommune: `kommune == "${code(drawn.municipality)}"`,
    kommuner: `kommune in ${texts(drawn.municipalities.map(code))}`,
    alder: `aldersgruppe in ${texts(ages)}`,
    koen: `koen == "${sexCode[drawn.sex]}"`,
    omraade: `omraade == "${drawn.area}"`,
    omraader: `omraade in ${texts(drawn.areas)}`,
    aar: null,
  };
  const where = slice.flatMap((part) => inOurs[part] ?? []).join(' and ');
  const isOfYear = slice.includes('aar');
  return {
    cube,
    kpis,
    by: keys.map((key) => levelOf[key]),
    period: isOfYear ? String(drawn.year) : `${firstYear}..${firstYear + years - 1}`,
    ...(where === '' ? {} : { where }),
    ...(top === undefined ? {} : { order: `-${kpis[0]}`, top }),
  };
}

export const sexCode = { K: '2', M: '1' } as const;

/** A code of ours in the words of the facts. */
export function keyOfCode(key: Key, code: string, kommuner: readonly string[]): string {
  switch (key) {
    case 'month':
      return `${code.slice(0, 4)}-${code.slice(5, 7)}-01`;
    case 'municipality':
      return String(kommuner.indexOf(code) + 101);
    case 'age_group':
      return String(Number(code));
    case 'sex':
      return code === '2' ? 'K' : 'M';
    case 'area':
      return code;
  }
}

/** Marsaglia's xorshift of 32 bits: the same questions in every run of a seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export function draws(count: number, seed: number): readonly Drawn[] {
  const random = randomOf(seed);
  const several = <T>(of: number, make: () => T): readonly T[] => {
    const found = new Set<T>();
    while (found.size < of) found.add(make());
    return [...found];
  };
  const kommune = () => 101 + random(kommuneCount);
  const area = () => `A${String(1 + random(50)).padStart(2, '0')}`;
  return Array.from({ length: count }, () => {
    const year = firstYear + random(years);
    const ageFrom = random(15);
    return {
      municipality: kommune(),
      municipalities: several(5, kommune),
      year,
      from: `${year}-01-01`,
      to: `${year + 1}-01-01`,
      area: area(),
      areas: several(7, area),
      ageFrom,
      ageTo: ageFrom + 5,
      sex: random(2) === 0 ? 'K' : 'M',
    };
  });
}
