import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, Ledger } from '../../src/ledger/types.ts';
import { add, compare, type Rational, rational, subtract, zero } from '../../src/model/rational.ts';
import {
  type Country,
  type CountryDelivery,
  type CountryRow,
  type LedgerHarness,
  openLedgerHarness,
} from '../support/ledgerCountry.ts';
import { longer, patience, tally } from './support.ts';

let harness: LedgerHarness;
beforeAll(async () => {
  harness = await openLedgerHarness();
});
afterAll(() => harness.close());

// --- random countries ------------------------------------------------------------------------------

const kommuner = ['101', '147', '400'];
const months = ['2026M01', '2026M02', '2026M03', '2026M04', '2026M05'];

const rowsOf = (periods: readonly string[]): fc.Arbitrary<CountryRow[]> => {
  const places = periods.flatMap((period) =>
    kommuner.flatMap((kommune) => ['1', '2'].map((koen) => ({ period, kommune, koen }))),
  );
  const numbers = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.bigInt(0n, 4n) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constant('absent' as const) },
    ),
    { minLength: places.length, maxLength: places.length },
  );
  return numbers.map((all) =>
    places.flatMap((place, at) => {
      const number = all[at] ?? null;
      return number === 'absent' ? [] : [{ ...place, number }];
    }),
  );
};

/** The same rows with a few gone, a few of another number, and a few more. */
const revised = (rows: readonly CountryRow[], periods: readonly string[]): fc.Arbitrary<CountryRow[]> =>
  fc.tuple(rowsOf(periods), fc.array(fc.nat(9), { minLength: 40, maxLength: 40 })).map(([fresh, dice]) => {
    const key = ({ period, kommune, koen }: CountryRow) => `${period} ${kommune} ${koen}`;
    const [then, now] = [rows, fresh].map((each) => new Map(each.map((row) => [key(row), row])));
    const keys = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
    return keys.flatMap((each, at) => {
      const row = (dice[at % dice.length] ?? 0) < 6 ? then?.get(each) : now?.get(each);
      return row && periods.includes(row.period) ? [row] : [];
    });
  });

/** An edition and the next: some new receipts, and perhaps other code lists, prices and definitions. */
const pairs: fc.Arbitrary<readonly [Country, Country]> = fc
  .record({
    ting: rowsOf(months.slice(0, 4)),
    folk: rowsOf(months.slice(0, 4)),
    regions: fc.tuple(...kommuner.map(() => fc.constantFrom('081', '082'))),
    others: fc.tuple(...kommuner.map(() => fc.constantFrom('081', '082'))),
    factors: fc.constantFrom([1, 1], [1, 1], [1, 3], [2, 1]),
    rates: fc.constantFrom([1, 1], [1, 1], [1, 4]),
    sameRegions: fc.boolean(),
    news: fc.subarray(['ting', 'folk', 'window', 'again'] as const),
  })
  .chain(({ ting, folk, regions, others, factors, rates, sameRegions, news }) =>
    fc
      .tuple(
        revised(ting, months.slice(1, 3)),
        revised(folk, months.slice(0, 4)),
        rowsOf(['2026M05']),
        revised(ting, months.slice(2, 4)),
      )
      .map(([otherTing, otherFolk, later, again]): readonly [Country, Country] => {
        const map = (all: readonly string[]) =>
          Object.fromEntries(kommuner.map((code, at) => [code, all[at] ?? '081']));
        const first: readonly CountryDelivery[] = [
          { receipt: 1, source: 'test.folk', rows: folk },
          { receipt: 2, source: 'test.ting', rows: ting },
        ];
        const more: readonly CountryDelivery[] = [
          { receipt: 3, source: 'test.ting', rows: otherTing },
          { receipt: 4, source: 'test.folk', rows: otherFolk },
          { receipt: 5, source: 'test.ting', rows: later },
          { receipt: 6, source: 'test.ting', rows: again },
        ];
        const kept = more.filter((_, at) =>
          news.includes((['ting', 'folk', 'window', 'again'] as const)[at] ?? 'ting'),
        );
        const filled = (all: readonly CountryDelivery[]) => all.filter(({ rows }) => rows.length > 0);
        const before: Country = {
          regions: map(regions),
          factor: factors[0] ?? 1,
          prices: { edition: '2025-06-30', rate: rates[0] ?? 1 },
          deliveries: filled(first),
        };
        const sameRates = rates[0] === rates[1];
        return [
          before,
          {
            regions: sameRegions ? before.regions : map(others),
            factor: factors[1] ?? 1,
            prices: { edition: sameRates ? '2025-06-30' : '2026-06-30', rate: rates[1] ?? 1 },
            deliveries: filled([...first, ...kept]),
          },
        ];
      }),
  )
  .filter(([{ deliveries }]) => deliveries.length === 2);

// --- what the documented rule says, worked out naively ---------------------------------------------

type Numbers = ReadonlyMap<string, bigint | null>;

/** What figures are made of: rows by period, kommune and koen, and what is done with them. */
interface Made {
  readonly ting: Numbers;
  readonly folk: Numbers;
  readonly regions: Readonly<Record<string, string>>;
  readonly factor: number;
  readonly rate: number;
}

type Source = CountryDelivery['source'];

/** Period to the receipt that gives it, the newest last. */
function receiptsOf({ deliveries }: Country, source: Source): Map<string, number> {
  const found = new Map<string, number>();
  for (const delivery of deliveries)
    if (delivery.source === source)
      for (const { period } of delivery.rows) found.set(period, delivery.receipt);
  return found;
}

function numbersOf(country: Country, source: Source): Map<string, bigint | null> {
  const receipts = receiptsOf(country, source);
  const rows = country.deliveries.flatMap((delivery) =>
    delivery.source === source
      ? delivery.rows.filter(({ period }) => receipts.get(period) === delivery.receipt)
      : [],
  );
  return new Map(rows.map(({ period, kommune, koen, number }) => [`${period} ${kommune} ${koen}`, number]));
}

const madeOf = (country: Country): Made => ({
  ting: numbersOf(country, 'test.ting'),
  folk: numbersOf(country, 'test.folk'),
  regions: country.regions,
  factor: country.factor,
  rate: country.prices.rate,
});

/** One cause alone: its name, and what it does to what figures are made of. */
interface NaiveCause {
  readonly id: string;
  readonly act: (made: Made) => Made;
}

/** All causes in the documented order, whether they do anything or not. */
function naiveCauses(before: Country, after: Country): readonly NaiveCause[] {
  const receipts = [...new Set(after.deliveries.map(({ receipt }) => receipt))].sort((a, b) => a - b);
  const fresh = (source: Source) => numbersOf(after, source);
  const periodOf = (key: string) => key.split(' ')[0] ?? '';
  const deliveries = receipts.flatMap((receipt) => {
    const concerns = (source: Source, key: string) =>
      receiptsOf(after, source).get(periodOf(key)) === receipt &&
      receiptsOf(before, source).has(periodOf(key)) &&
      receiptsOf(before, source).get(periodOf(key)) !== receipt;
    const over =
      (change: (own: Numbers, now: Numbers, wanted: (key: string) => boolean) => Numbers) =>
      (made: Made): Made => ({
        ...made,
        ting: change(made.ting, fresh('test.ting'), (key) => concerns('test.ting', key)),
        folk: change(made.folk, fresh('test.folk'), (key) => concerns('test.folk', key)),
      });
    return [
      {
        id: `delivery-${receipt}-removed`,
        act: over((own, now, wanted) => new Map([...own].filter(([key]) => !wanted(key) || now.has(key)))),
      },
      {
        id: `delivery-${receipt}-changed`,
        act: over(
          (own, now, wanted) =>
            new Map(
              [...own].map(([key, number]) => [
                key,
                wanted(key) && now.has(key) ? (now.get(key) ?? null) : number,
              ]),
            ),
        ),
      },
      {
        id: `delivery-${receipt}-added`,
        act: over(
          (own, now, wanted) =>
            new Map([...own, ...[...now].filter(([key]) => wanted(key) && !own.has(key))]),
        ),
      },
    ];
  });
  const held = (country: Country, source: Source, key: string) =>
    receiptsOf(country, source).has(periodOf(key));
  const window =
    (change: (own: Numbers, source: Source) => Numbers) =>
    (made: Made): Made => ({
      ...made,
      ting: change(made.ting, 'test.ting'),
      folk: change(made.folk, 'test.folk'),
    });
  return [
    ...deliveries,
    { id: 'structure', act: (made) => ({ ...made, regions: after.regions }) },
    { id: 'prices', act: (made) => ({ ...made, rate: after.prices.rate }) },
    { id: 'definition', act: (made) => ({ ...made, factor: after.factor }) },
    {
      id: 'window-gone',
      act: window((own, source) => new Map([...own].filter(([key]) => held(after, source, key)))),
    },
    {
      id: 'window-new',
      act: window(
        (own, source) =>
          new Map([...own, ...[...fresh(source)].filter(([key]) => !held(before, source, key))]),
      ),
    },
  ];
}

interface Place {
  readonly levels: readonly string[];
  readonly members: readonly string[];
  readonly period: string;
}

/** The figure of a KPI, row by row; null where it is no number. */
function figureOf(kpi: string, made: Made, place: Place): Rational | null {
  const quarter = (month: string) => `${month.slice(0, 4)}K${Math.ceil(Number(month.slice(5)) / 3)}`;
  const numbers = (rows: Numbers) =>
    [...rows].flatMap(([key, number]) => {
      const [period = '', kommune = '', koen = ''] = key.split(' ');
      const codes: Record<string, string> = {
        kommune,
        koen,
        region: made.regions[kommune] ?? '',
        land: '000',
      };
      const isIn =
        place.levels.every((level, at) => codes[level] === place.members[at]) &&
        [period, quarter(period), period.slice(0, 4)].includes(place.period);
      return isIn ? [number] : [];
    });
  const sum = (all: readonly (bigint | null)[]) => all.reduce<bigint>((a, b) => a + (b ?? 0n), 0n);
  const [ting, folk] = [numbers(made.ting), numbers(made.folk)];
  // Nothing may be hidden, and there must be something.
  const isWhole = (all: readonly (bigint | null)[]) =>
    all.length > 0 && all.every((number) => number !== null);
  if (!isWhole(ting)) return null;
  switch (kpi) {
    case 'test.antal':
      return rational(sum(ting) * BigInt(made.factor));
    case 'test.kroner':
      return rational(sum(ting) * BigInt(100 + made.rate), 100n);
    default:
      return isWhole(folk) && sum(folk) !== 0n ? rational(sum(ting) * BigInt(made.factor), sum(folk)) : null;
  }
}

/** What figures are made of in each state, every state made from the start by itself, in any order. */
function naiveStates(
  causes: readonly NaiveCause[],
  before: Country,
  order: readonly number[],
): readonly Made[] {
  const said: Made[] = Array.from({ length: causes.length + 1 }, () => madeOf(before));
  const places = said.map((_, at) => at).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
  for (const at of places)
    said[at] = causes.slice(0, at).reduce((made, { act }) => act(made), madeOf(before));
  return said;
}

/** Cause to part as text; what is moved while there is no number between is of all causes over it together. */
function naiveParts(
  causes: readonly NaiveCause[],
  chain: readonly (Rational | null)[],
  present: ReadonlySet<string>,
): string[] {
  const parts: string[] = [];
  let waiting: string[] = [];
  let last = chain[0] ?? zero;
  for (const [at, { id }] of causes.entries()) {
    const value = chain[at + 1] ?? null;
    if (present.has(id)) waiting.push(id);
    if (value === null || !present.has(id)) continue;
    const moved = subtract(value, last);
    if (compare(moved, zero) !== 0)
      parts.push(`${waiting.join('+')} ${moved.numerator}/${moved.denominator}`);
    last = value;
    waiting = [];
  }
  return parts;
}

/** By which cause it became a number for good, or ceased to be one. */
function naiveStatusCause(causes: readonly NaiveCause[], chain: readonly (Rational | null)[]): string {
  const isNumber = chain.at(-1) !== null;
  let at = chain.length - 1;
  while (at > 0 && (chain[at - 1] !== null) === isNumber) at -= 1;
  return causes[at - 1]?.id ?? '';
}

const toldParts = ({ causes }: Ledger, { parts }: Entry): string[] =>
  parts.map(({ cause, value }) => `${causes[cause]?.id} ${value.numerator}/${value.denominator}`);

// --- the law ---------------------------------------------------------------------------------------

describe('the ledger', () => {
  it(
    'splits every figure exactly as each cause alone moves it, in the documented order',
    async () => {
      let questions = 0;
      const runs = Math.ceil(6 * longer);
      await fc.assert(
        fc.asyncProperty(
          pairs,
          fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
          fc.subarray(
            [[], ['kommune'], ['region'], ['land'], ['koen'], ['kommune', 'koen'], ['region', 'koen']],
            { minLength: 2, maxLength: 2 },
          ),
          async ([before, after], order, grids) => {
            const ledger = await harness.ledger(before, after, { by: [...grids], usual: false });
            const causes = naiveCauses(before, after);
            const states = naiveStates(causes, before, order);
            const present = new Set(ledger.causes.map(({ id }) => id));
            const listed = new Map<string, Entry>();
            for (const entry of ledger.entries) {
              // Whatever it is of: parts make the difference.
              if (entry.change === 'moved') {
                const [then, now] = [entry.before?.value ?? zero, entry.after?.value ?? zero];
                expect(
                  compare(entry.parts.map(({ value }) => value).reduce(add, zero), subtract(now, then)),
                ).toBe(0);
              }
              const column = ledger.columns[entry.column];
              const levels = ledger.grids[entry.grid]?.levels ?? [];
              if (column?.kind === 'kpi' && !entry.members.includes('uoplyst'))
                listed.set([column.id, levels.join(), entry.members.join(), entry.period].join(' '), entry);
            }
            for (const kpi of ['test.antal', 'test.andel', 'test.kroner'])
              for (const place of places(grids)) {
                const chain = states.map((made) => figureOf(kpi, made, place));
                const [then, now] = [chain[0] ?? null, chain.at(-1) ?? null];
                const key = [kpi, place.levels.join(), place.members.join(), place.period].join(' ');
                const entry = listed.get(key);
                questions += 1;
                if (then !== null && now !== null) {
                  const moved = compare(then, now) !== 0;
                  expect([key, entry?.change]).toEqual([key, moved ? 'moved' : undefined]);
                  if (entry)
                    expect([key, ...toldParts(ledger, entry)]).toEqual([
                      key,
                      ...naiveParts(causes, chain, present),
                    ]);
                } else if (then !== null || now !== null) {
                  expect([key, entry?.change]).toEqual([key, then === null ? 'new' : 'gone']);
                  const by = entry?.causes.map((cause) => ledger.causes[cause]?.id);
                  expect([key, by]).toEqual([key, [naiveStatusCause(causes, chain)]]);
                } else expect([key, entry?.change ?? 'status']).toEqual([key, 'status']);
              }
          },
        ),
        { numRuns: runs, endOnFailure: true },
      );
      tally(questions, runs, 0);
    },
    patience,
  );
});

function places(grids: readonly (readonly string[])[]): readonly Place[] {
  const codes: Readonly<Record<string, readonly string[]>> = {
    kommune: kommuner,
    region: ['081', '082'],
    land: ['000'],
    koen: ['1', '2'],
  };
  return grids.flatMap((levels) => {
    const members = levels.reduce<readonly (readonly string[])[]>(
      (found, level) => found.flatMap((tuple) => (codes[level] ?? []).map((code) => [...tuple, code])),
      [[]],
    );
    return members.flatMap((tuple) =>
      [...months, '2026K1', '2026K2', '2026'].map((period) => ({ levels, members: tuple, period })),
    );
  });
}
