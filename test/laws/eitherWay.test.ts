import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { add, type Rational, zero } from '../../src/model/rational.ts';
import type { Answer, Cell } from '../../src/query/answer.ts';
import { miniWorkspace } from '../support/definitions.ts';
import { type SmallWorld, smallWorld } from '../support/smallWorld.ts';
import { deeper, patience, tally, textOf, worldsOf } from './support.ts';

/** Events that say where they are told of and where the person lives; silence is zero. */
const source = `source: test.haendelser
label: { da: Hændelser, en: Events }
supplier: test
frequency: M
delivery: periods
absence: zero
delivered_by: kommune
file: { names: ["haendelser_*.csv"], format: csv, header: [maaned, kommune, bopael, koen, person, nummer, beloeb] }
columns:
  maaned: { type: period, from: maaned }
  kommune: { type: code, from: kommune, dimension: kommune, role: handlekommune, expect: all }
  bopael: { type: code, from: bopael, dimension: kommune, role: bopælskommune, empty: uoplyst }
  koen: { type: code, from: koen, dimension: koen }
  person: { type: key, from: person, of: integer, personal: true }
  nummer: { type: integer, from: nummer }
  beloeb: { type: decimal, from: beloeb, decimals: 2, empty: not_applicable }
key: [maaned, kommune, nummer]
`;

const rows = (name: string, step: string): DefinitionFile => ({
  file: `kpi-definitions/test/rows/${name}.yaml`,
  text: `rows: test.${name}\nlabel: { da: ${name}, en: ${name} }\nfrom: test.haendelser\nsteps:\n${step}`,
});

const own = 'role: handlekommune';
const always = 'where: nummer >= 0';

/** Name to a formula, and the measure of the same name if it has one. */
const kpis: Readonly<Record<string, readonly [formula: string, measure?: string]>> = {
  antal: ['antal', `${own}, count: rows, over_time: sum`],
  snit_om_maaneden: ['snit_om_maaneden', `${own}, count: rows, over_time: mean`],
  beloeb: ['beloeb', `${own}, sum: beloeb, over_time: sum`],
  stoerst: ['stoerst', `${own}, max: beloeb, over_time: last_held`],
  boende: ['boende', 'role: bopælskommune, count: rows, over_time: sum'],
  hos: ['hos', 'role: [bopælskommune, handlekommune], count: rows, over_time: sum'],
  personer: ['personer', `${own}, distinct: person, over_time: pooled`],
  snit: ['snit', `${own}, mean: beloeb, over_time: pooled`],
  varians: ['varians', `${own}, variance: beloeb, over_time: pooled`],
  median: ['median', `${own}, median: beloeb, over_time: pooled`],
  niende: ['niende', `${own}, quantile: { of: beloeb, at: "0.9" }, over_time: pooled`],
  alle_antal: ['alle_antal', `${own}, count: rows, over_time: sum, ${always}`],
  alle_boende: ['alle_boende', `role: bopælskommune, count: rows, over_time: sum, ${always}`],
  alle_personer: ['alle_personer', `${own}, distinct: person, over_time: pooled, ${always}`],
  alle_median: ['alle_median', `${own}, median: beloeb, over_time: pooled, ${always}`],
  alle_varians: ['alle_varians', `${own}, variance: beloeb, over_time: pooled, ${always}`],
  dyre: ['dyre', 'source: test.dyre, role: handlekommune, count: rows, over_time: sum'],
  billige: ['billige', 'source: test.billige, role: handlekommune, count: rows, over_time: sum'],
  uden: ['uden', 'source: test.uden, role: handlekommune, count: rows, over_time: sum'],
  igen: ['igen', 'source: test.igen, role: handlekommune, count: rows, over_time: sum'],
  andel: ['antal / total(antal, koen)'],
  hver: ['antal / personer'],
  af_kommuner: ['mean_over(antal, kommune)'],
  foer: ['lag(antal, 1)'],
  rullende: ['rolling(antal, 3)'],
  aaret: ['ytd(beloeb)'],
};

/** What has an answer by months only. */
const monthly = ['foer', 'rullende'];

function kpi(name: string): DefinitionFile {
  const [formula = '', measure] = kpis[name] ?? [];
  const from = measure?.startsWith('source:') ? '' : 'source: test.haendelser, ';
  return {
    file: `kpi-definitions/test/${name}.yaml`,
    text: `kpi: test.${name}
version: 1
status: draft
valid_from: "2020"
label: { da: ${name} (da), en: ${name} }
unit: ${name === 'andel' || name === 'hver' ? 'andel' : 'person'}
decimals: 2
direction: neutral
formula: ${formula}
missing: { parts: require_all, operand: require_all }
${measure === undefined ? '' : `measures:\n  ${name}: { ${from}unit: person, ${measure} }\n`}`,
  };
}

const names = Object.keys(kpis);
const files: readonly DefinitionFile[] = [
  ...miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file)),
  { file: 'kpi-definitions/sources/test.haendelser.yaml', text: source },
  rows('dyre', '  - where: beloeb > 10\n'),
  rows('billige', '  - where: not (beloeb > 10)\n'),
  rows('uden', '  - where: is_empty(beloeb)\n'),
  rows(
    'igen',
    '  - order: { by: [person], along: [maaned], within: 2, take: { sidst: { previous: maaned } } }\n  - where: not is_empty(sidst)\n',
  ),
  ...names.map(kpi),
  {
    file: 'cubes/test.yaml',
    text: `cube: test\nlabel: { da: Test, en: Test }\nkpis: [${names.join(', ')}]\ndimensions: [kommune, koen]\nwait_for: [test.haendelser]\n`,
  },
];

const months = ['2026M01', '2026M02', '2026M03', '2026M04'] as const;

/** A row without its number, which says where it stood first. */
const row = fc
  .record({
    maaned: fc.constantFrom(...months),
    kommune: fc.constantFrom('101', '400', '751', '851'),
    bopael: fc.constantFrom('101', '400', '751', '851', ''),
    koen: fc.constantFrom('1', '2'),
    person: fc.integer({ min: 1, max: 9 }),
    beloeb: fc.constantFrom('', '9.99', '10.00', '10.01', '0.33', '-4.10', '1234.56'),
  })
  .map(({ maaned, kommune, bopael, koen, person, beloeb }) => ({
    maaned,
    before: [maaned, kommune, bopael, koen, person].join(','),
    beloeb,
  }));

interface Told {
  readonly maaned: string;
  readonly line: string;
}

const events: fc.Arbitrary<readonly Told[]> = fc
  .array(row, { minLength: 60, maxLength: 140 })
  // Two events of one person in one month have no order of their own, so the number makes it.
  .map((all) =>
    all.map(({ maaned, before, beloeb }, nummer) => ({ maaned, line: `${before},${nummer},${beloeb}` })),
  );

const fileOf = (told: readonly Told[]): string =>
  ['maaned,kommune,bopael,koen,person,nummer,beloeb', ...told.map(({ line }) => line), ''].join('\n');

interface Question {
  readonly by: readonly string[];
  readonly period: string;
  readonly where?: string;
}

const question: fc.Arbitrary<Question> = fc
  .tuple(
    fc.constantFrom(
      [],
      ['land'],
      ['landsdel'],
      ['kommune'],
      ['koen'],
      ['kommune', 'koen'],
      ['landsdel', 'koen'],
    ),
    fc.constantFrom(
      ['maaned', '2026K1'],
      ['maaned', '2026M02..2026M04'],
      ['kvartal', '2026K1'],
      ['kvartal', '2026K1..2026K2'],
      ['aar', '2026'],
    ),
    fc.constantFrom(undefined, undefined, 'koen == "1"', 'landsdel == "01"', 'kommune != "400"'),
  )
  .map(([levels, [time = '', period = ''], where]) => ({
    by: [...levels, time],
    period,
    ...(where === undefined ? {} : { where }),
  }));

const columnsOf = ({ by }: Question): string[] =>
  names.filter((name) => by.includes('maaned') || !monthly.includes(name));

const ask = (world: SmallWorld, asked: Question, columns = columnsOf(asked)): Promise<Answer> =>
  world.ask({ cube: 'test', kpis: columns, ...asked });

/** Place and column to what the cell says, coverage and all. */
function saidIn(answer: Answer): Map<string, string> {
  return new Map(
    answer.rows.flatMap(({ members, cells }) =>
      answer.columns.map(({ name }, at) => [`${members.join(' ')} ${name}`, said(cells[at])] as const),
    ),
  );
}

function said(cell: Cell | undefined): string {
  if (!cell) return '';
  const { status, value, flags, coverage } = cell;
  return JSON.stringify([status, value && textOf(value), flags, coverage]);
}

/** No figure, or 0. */
const nothing = /^\["\w+",(null|"0\/1")/;

const only = (all: ReadonlyMap<string, string>, column: string): [string, string][] =>
  [...all]
    .filter(([place]) => place.endsWith(` ${column}`))
    .map(([place, cell]) => [place.slice(0, -column.length), cell]);

/** Random events, published as often as a law needs them, and questions to them. */
async function hold(
  ways: readonly ((told: readonly Told[]) => Readonly<Record<string, string>>)[],
  law: (worlds: readonly SmallWorld[], asked: Question) => Promise<void>,
): Promise<void> {
  const several = 8 * deeper;
  const cases = fc.tuple(events, fc.array(question, { minLength: several, maxLength: several }));
  const { failed, seed, numRuns, errorInstance } = await fc.check(
    fc.asyncProperty(cases, async ([told, asked]) => {
      const worlds: SmallWorld[] = [];
      try {
        for (const way of ways) worlds.push(await smallWorld(files, way(told)));
        for (const each of asked) await law(worlds, each);
      } finally {
        for (const world of worlds) await world.close();
      }
    }),
    { numRuns: worldsOf(1), endOnFailure: true },
  );
  tally(numRuns * several, numRuns, seed);
  if (failed) throw new Error(`With seed ${seed}: ${String(errorInstance)}`, { cause: errorInstance });
}

const whole = (told: readonly Told[]) => ({ 'haendelser_1.csv': fileOf(told) });

/** Laws 1, 2, 4, 5, 7, 8 and 10 of everything that a measure and a formula can say, without another reader beside. */
describe('the same asked or told either way', () => {
  it(
    'alone = together',
    () =>
      hold([whole], async ([world], asked) => {
        if (!world) return;
        const together = saidIn(await ask(world, asked));
        for (const column of columnsOf(asked)) {
          const alone = saidIn(await ask(world, asked, [column]));
          // A place that nobody expects has a row where some column holds something: one without a row is nothing.
          const places = new Set([
            ...alone.keys(),
            ...only(together, column).map(([place]) => `${place}${column}`),
          ]);
          for (const place of places) {
            const [here, there] = [alone.get(place), together.get(place)];
            if (here === undefined || there === undefined)
              expect([place, here ?? there]).toEqual([place, expect.stringMatching(nothing)]);
            else expect([place, there]).toEqual([place, here]);
          }
        }
      }),
    patience,
  );

  it(
    'split = whole',
    () => {
      const split = (told: readonly Told[]) => {
        const early = (each: Told) => each.maaned < '2026M03';
        return {
          'haendelser_1.csv': fileOf(told.filter(early)),
          'haendelser_2.csv': fileOf(told.filter((each) => !early(each))),
        };
      };
      return hold([whole, split], async ([one, other], asked) => {
        if (one && other) expect(saidIn(await ask(other, asked))).toEqual(saidIn(await ask(one, asked)));
      });
    },
    patience,
  );

  it(
    'permuted = same',
    () => {
      const permuted = (told: readonly Told[]) =>
        whole([...told].sort((a, b) => (turned(a) < turned(b) ? -1 : 1)));
      return hold([whole, permuted], async ([one, other], asked) => {
        if (one && other) expect(saidIn(await ask(other, asked))).toEqual(saidIn(await ask(one, asked)));
      });
    },
    patience,
  );

  it(
    'filter true = no filter',
    () =>
      hold([whole], async ([world], asked) => {
        if (!world) return;
        const plain = saidIn(await ask(world, asked));
        for (const name of names.filter((each) => each.startsWith('alle_')))
          expect(only(plain, name)).toEqual(only(plain, name.slice('alle_'.length)));
        const kept = asked.where === undefined ? '' : `${asked.where} and `;
        expect(saidIn(await ask(world, { ...asked, where: `${kept}koen in ["1", "2"]` }))).toEqual(plain);
      }),
    patience,
  );

  it(
    'p, not p, p is null = all',
    () =>
      hold([whole], async ([world], asked) => {
        if (!world) return;
        const figures = ['antal', 'dyre', 'billige', 'uden'];
        for (const { cells } of (await ask(world, asked, figures)).rows) {
          const [all, ...parts] = cells.map(({ value }) => value);
          if (all) expect(textOf(sum(parts))).toBe(textOf(all));
          else expect(parts).toEqual([null, null, null]);
        }
        for (const [yes, no] of [
          ['koen == "1"', 'koen != "1"'],
          ['kommune in ["101", "751"]', 'not (kommune in ["101", "751"])'],
        ] as const) {
          const overall = { period: asked.period, by: asked.by.slice(-1) };
          for (const column of ['antal', 'boende', 'hos', 'dyre', 'igen']) {
            const of = async (where?: string) =>
              (await ask(world, where === undefined ? overall : { ...overall, where }, [column])).rows.map(
                ({ cells: [cell] }) => cell?.value ?? null,
              );
            const [all, both] = [await of(), [...(await of(yes)), ...(await of(no))]];
            // Of a part everybody may have come where of the whole somebody is missing.
            if (!all.includes(null)) expect([column, textOf(sum(both))]).toEqual([column, textOf(sum(all))]);
          }
        }
      }),
    patience,
  );
});

/** Another order of lines, by nothing that they say. */
const turned = ({ line }: Told): string => [...line].reverse().join('');

const sum = (values: readonly (Rational | null)[]): Rational =>
  values.flatMap((value) => value ?? []).reduce(add, zero);
