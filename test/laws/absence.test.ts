import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { miniWorkspace } from '../support/definitions.ts';
import { smallWorld } from '../support/smallWorld.ts';
import { longer, patience, tally } from './support.ts';

const source = `source: test.haendelser
label: { da: Hændelser, en: Events }
supplier: test
frequency: M
delivery: full
absence: zero
delivered_by: kommune
file: { names: ["haendelser.csv"], format: csv, header: [kommune, maaned, koen, person, nummer] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune, expect: all, empty: uoplyst }
  maaned: { type: period, from: maaned }
  koen: { type: code, from: koen, dimension: koen }
  person: { type: key, from: person, of: integer, personal: true }
  nummer: { type: integer, from: nummer }
key: [kommune, maaned, koen, person, nummer]
`;

const kpi = (name: string, measure: string, missing: string): DefinitionFile => ({
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
missing: { ${missing}, operand: require_all }
measures:
  ${name}: { source: test.haendelser, unit: person, ${measure} }
`,
});

const all = 'parts: require_all';
const some = 'parts: skip, coverage: 0.5';
const names = ['antal', 'antal_halvt', 'personer', 'snit', 'stoerste'];
const files: readonly DefinitionFile[] = [
  ...miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file)),
  { file: 'kpi-definitions/sources/test.haendelser.yaml', text: source },
  kpi('antal', 'count: rows, over_time: sum', all),
  kpi('antal_halvt', 'count: rows, over_time: sum', some),
  kpi('personer', 'distinct: person, over_time: pooled', all),
  kpi('snit', 'count: rows, over_time: mean', some),
  kpi('stoerste', 'max: nummer, over_time: last', all),
  {
    file: 'cubes/test.yaml',
    text: `cube: test\nlabel: { da: Test, en: Test }\nkpis: [${names.join(', ')}]\ndimensions: [kommune, koen]\nwait_for: [test.haendelser]\n`,
  },
];

const kommuner = ['101', '400', '751', '851'] as const;
const months = ['2026M01', '2026M02', '2026M03'] as const;

interface Event {
  readonly kommune: string;
  readonly maaned: string;
  readonly koen: string;
  readonly person: number;
}

const event = fc.record<Event>({
  kommune: fc.constantFrom(...kommuner, ''),
  maaned: fc.constantFrom(...months),
  koen: fc.constantFrom('1', '2'),
  person: fc.integer({ min: 1, max: 9 }),
});

const places: Readonly<Record<string, readonly [string, readonly string[]][]>> = {
  land: [
    ['000', kommuner],
    ['uoplyst', ['']],
  ],
  kommune: [...kommuner.map((code): [string, readonly string[]] => [code, [code]]), ['uoplyst', ['']]],
};
const stretches: Readonly<Record<string, readonly [string, readonly string[]][]>> = {
  maaned: months.map((month): [string, readonly string[]] => [month, [month]]),
  kvartal: [['2026K1', months]],
};

/** Law 5: missing is not zero, and zero is not missing. */
describe('where silence is zero', () => {
  it(
    'nothing is 0 where anything was delivered, and missing where nothing was',
    async () => {
      let questions = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 25 }), async (events) => {
          const lines = events.map((each, at) =>
            [each.kommune, each.maaned, each.koen, each.person, at].join(','),
          );
          const world = await smallWorld(files, {
            'haendelser.csv': ['kommune,maaned,koen,person,nummer', ...lines, ''].join('\n'),
          });
          for (const [level, members] of Object.entries(places))
            for (const [time, periods] of Object.entries(stretches))
              for (const koen of [null, '1']) {
                questions += 1;
                const where = koen === null ? {} : { where: `koen == "${koen}"` };
                const answer = await world.ask({
                  cube: 'test',
                  kpis: names,
                  by: [level, time],
                  period: '2026K1',
                  ...where,
                });
                const shown = new Map(
                  answer.rows.map((row) => [
                    row.members.join(' '),
                    row.cells.map(({ value, status }) =>
                      value === null ? status : Number(value.numerator) / Number(value.denominator),
                    ),
                  ]),
                );
                for (const [member, codes] of members)
                  for (const [period, held] of periods) {
                    const found = shown.get(`${member} ${period}`);
                    // What nobody expects has a row only where it holds something.
                    if (member === 'uoplyst' && found === undefined) continue;
                    expect([member, period, koen, found]).toEqual([
                      member,
                      period,
                      koen,
                      byHand(events, codes, held, koen),
                    ]);
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

function byHand(
  events: readonly Event[],
  codes: readonly string[],
  held: readonly string[],
  koen: string | null,
) {
  const came = (code: string, month: string) =>
    events.some(({ kommune, maaned }) => kommune === code && maaned === month);
  const expected = codes.filter((code) => code !== '');
  const parts = expected.flatMap((code) => held.map((month) => came(code, month)));
  const share = parts.length === 0 ? 1 : parts.filter(Boolean).length / parts.length;
  const rows = events.filter(
    (each) =>
      codes.includes(each.kommune) && held.includes(each.maaned) && (koen === null || each.koen === koen),
  );
  const status = (least: number) =>
    share >= least ? null : share === 0 ? 'not_delivered' : 'below_coverage';
  const half = parts.length > 0 && share === 0 ? 'not_delivered' : status(0.5);
  // Of what nobody is expected to send, every month that came at all has some, if none.
  const monthsThatCame = held.filter((month) =>
    expected.length === 0
      ? events.some(({ maaned }) => maaned === month)
      : expected.some((code) => came(code, month)),
  );
  const last = held.at(-1) ?? '';
  const lastParts = expected.map((code) => came(code, last));
  const lastShare = lastParts.length === 0 ? 1 : lastParts.filter(Boolean).length / lastParts.length;
  const lastStatus = lastShare === 1 ? null : lastShare === 0 ? 'not_delivered' : 'below_coverage';
  const lastRows = rows.filter(({ maaned }) => maaned === last);
  return [
    status(1) ?? rows.length,
    half ?? rows.length,
    status(1) ?? new Set(rows.map(({ person }) => person)).size,
    half ?? rows.length / monthsThatCame.length,
    lastStatus ??
      (lastRows.length === 0 ? 'undefined' : Math.max(...lastRows.map((each) => events.indexOf(each)))),
  ];
}
