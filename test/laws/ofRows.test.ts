import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import {
  add,
  compare,
  divide,
  isZero,
  multiply,
  type Rational,
  rational,
  scaled,
  subtract,
  zero,
} from '../../src/model/rational.ts';
import { miniWorkspace } from '../support/definitions.ts';
import { shownRows, smallWorld } from '../support/smallWorld.ts';
import { longer, patience, tally } from './support.ts';

interface Row {
  readonly kommune: string;
  readonly maaned: string;
  readonly koen: string;
  readonly person: string;
  /** In hundredths; null where it is not given. */
  readonly beloeb: bigint | null;
}

const source = `source: test.ydelser
label: { da: Ydelser, en: Services }
supplier: test
frequency: M
delivery: full
file: { names: ["ydelser.csv"], format: csv, header: [kommune, maaned, koen, person, loebenummer, beloeb] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune }
  maaned: { type: period, from: maaned }
  koen: { type: code, from: koen, dimension: koen }
  person: { type: text, from: person }
  loebenummer: { type: integer, from: loebenummer }
  beloeb: { type: decimal, from: beloeb, decimals: 2, empty: not_applicable }
key: [kommune, maaned, koen, person, loebenummer]
`;

/** Name to its aggregate, its rule over time, and how it is worked out of the rows of a cell, by hand. */
const measures: Readonly<
  Record<
    string,
    { readonly yaml: string; readonly of: (months: readonly (readonly Row[])[]) => Rational | null }
  >
> = {
  personer: {
    yaml: 'distinct: person, over_time: pooled',
    of: (months) => rational(BigInt(new Set(months.flat().map(({ person }) => person)).size)),
  },
  personer_snit: {
    yaml: 'distinct: [person], over_time: mean',
    of: (months) => {
      const held = months.filter((rows) => rows.length > 0);
      const sizes = held.map((rows) => BigInt(new Set(rows.map(({ person }) => person)).size));
      return divide(rational(sizes.reduce((a, b) => a + b, 0n)), rational(BigInt(held.length)));
    },
  },
  par: {
    yaml: 'distinct: [person, koen], over_time: pooled',
    of: (months) =>
      rational(BigInt(new Set(months.flat().map(({ person, koen }) => `${person}/${koen}`)).size)),
  },
  snit: { yaml: 'mean: beloeb, over_time: pooled', of: (months) => meanOf(amountsOf(months)) },
  varians: { yaml: 'variance: beloeb, over_time: pooled', of: (months) => varianceOf(amountsOf(months)) },
  median: {
    yaml: 'median: beloeb, over_time: pooled',
    of: (months) => quantileOf(amountsOf(months), 1n, 2n),
  },
  niende: {
    yaml: 'quantile: { of: beloeb, at: "0.9" }, over_time: pooled',
    of: (months) => quantileOf(amountsOf(months), 9n, 10n),
  },
};

const amountsOf = (months: readonly (readonly Row[])[]): Rational[] =>
  months.flat().flatMap(({ beloeb }) => (beloeb === null ? [] : [scaled(beloeb, 2)]));
const sumOf = (values: readonly Rational[]) => values.reduce(add, zero);

function meanOf(values: readonly Rational[]): Rational | null {
  return values.length === 0 ? null : divide(sumOf(values), rational(BigInt(values.length)));
}

/** By its first definition, the mean square of the distance to the mean, not by sums of squares. */
function varianceOf(values: readonly Rational[]): Rational | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  const squares = values.map((value) => multiply(subtract(value, mean), subtract(value, mean)));
  return divide(sumOf(squares), rational(BigInt(values.length - 1)));
}

function quantileOf(values: readonly Rational[], numerator: bigint, denominator: bigint): Rational | null {
  const sorted = [...values].sort(compare);
  const steps = numerator * BigInt(sorted.length - 1);
  const low = sorted[Number(steps / denominator)];
  const high = sorted[Number(steps / denominator) + 1];
  if (!low) return null;
  const rest = rational(steps % denominator, denominator);
  return isZero(rest) || !high ? low : add(low, multiply(rest, subtract(high, low)));
}

const kpi = (name: string, yaml: string): DefinitionFile => ({
  file: `kpi-definitions/test/${name}.yaml`,
  text: `kpi: test.${name}
version: 1
status: draft
valid_from: "2020"
label: { da: ${name} (da), en: ${name} }
unit: person
decimals: 2
direction: neutral
formula: ${name}
missing: { parts: skip, coverage: 0, operand: require_all }
measures:
  ${name}: { source: test.ydelser, unit: person, ${yaml} }
`,
});

const names = Object.keys(measures);
const files: readonly DefinitionFile[] = [
  ...miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file)),
  { file: 'kpi-definitions/sources/test.ydelser.yaml', text: source },
  ...names.map((name) => kpi(name, measures[name]?.yaml ?? '')),
  {
    file: 'cubes/test.yaml',
    text: `cube: test\nlabel: { da: Test, en: Test }\nkpis: [${names.join(', ')}]\ndimensions: [kommune, koen]\nwait_for: [test.ydelser]\n`,
  },
];

const landsdele: Readonly<Record<string, string>> = { '101': '01', '400': '04', '751': '09', '851': '11' };
const row: fc.Arbitrary<Row> = fc.record({
  kommune: fc.constantFrom('101', '400', '751', '851'),
  maaned: fc.constantFrom('2026M01', '2026M02', '2026M03', '2026M04'),
  koen: fc.constantFrom('1', '2'),
  person: fc.integer({ min: 1, max: 12 }).map((number) => `p${number}`),
  beloeb: fc.option(fc.bigInt(-100_000n, 100_000n), { freq: 5 }),
});

/** Levels asked for, to the member of a row at each. */
const placeOf: Readonly<Record<string, (row: Row) => string>> = {
  kommune: ({ kommune }) => kommune,
  landsdel: ({ kommune }) => landsdele[kommune] ?? '',
  land: () => '000',
  koen: ({ koen }) => koen,
};
const periodOf: Readonly<Record<string, (row: Row) => string>> = {
  maaned: ({ maaned }) => maaned,
  kvartal: ({ maaned }) => (maaned === '2026M04' ? '2026K2' : '2026K1'),
  aar: () => '2026',
};

/** Laws 4 and 10: what does not add is taken from the rows, at the grain that is asked for, to the last digit. */
describe('figures that no parts add up to', () => {
  it(
    'equal those worked out of the rows by hand, at every grain',
    async () => {
      let questions = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 20, maxLength: 120 }), async (rows) => {
          const lines = rows.map(({ kommune, maaned, koen, person, beloeb }, number) =>
            [kommune, maaned, koen, person, number, beloeb === null ? '' : decimalText(beloeb)].join(','),
          );
          const csv = ['kommune,maaned,koen,person,loebenummer,beloeb', ...lines, ''].join('\n');
          const world = await smallWorld(files, { 'ydelser.csv': csv });
          for (const levels of [[], ['land'], ['landsdel'], ['kommune'], ['koen'], ['landsdel', 'koen']]) {
            for (const time of Object.keys(periodOf)) {
              for (const koen of [null, '2']) {
                const where = koen === null ? {} : { where: 'koen == "2"' };
                const by = [...levels, time];
                questions += 1;
                const answer = await world.ask({ cube: 'test', kpis: names, by, period: '2026', ...where });
                const kept = rows.filter((each) => koen === null || each.koen === koen);
                const answered = answer.rows.filter(({ cells }) => cells[0]?.status === 'ok');
                expect(shownRows({ ...answer, rows: answered })).toEqual(byHand(kept, levels, time));
              }
            }
          }
          await world.close();
        }),
        { numRuns: 3 * longer },
      );
      tally(questions, 3 * longer, fc.readConfigureGlobal()?.seed ?? 0);
    },
    patience,
  );
});

function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function byHand(rows: readonly Row[], levels: readonly string[], time: string): string[] {
  const keyOf = (each: Row) => [
    ...levels.map((level) => placeOf[level]?.(each) ?? ''),
    periodOf[time]?.(each) ?? '',
  ];
  const cells = new Map<string, Row[]>();
  for (const each of rows)
    cells.set(keyOf(each).join(' '), [...(cells.get(keyOf(each).join(' ')) ?? []), each]);
  return [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => {
      const months = [...new Set(held.map(({ maaned }) => maaned))].map((month) =>
        held.filter(({ maaned }) => maaned === month),
      );
      return [
        key,
        ...names.map((name) => shownFigure(measures[name]?.of(months) ?? null, months.flat())),
      ].join(' ');
    });
}

/** No row with an amount: that does not apply. Too few for a figure: undefined. */
function shownFigure(value: Rational | null, rows: readonly Row[]): string {
  if (value !== null)
    return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
  return rows.some(({ beloeb }) => beloeb !== null) ? 'undefined' : 'not_applicable';
}
