import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editions, explain, publish, query, retract, toPlain } from '../../src/index.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { soundValue } from '../support/published.ts';
import { outsideOf } from '../support/workspace.ts';

const label = 'label: { da: Prøve, en: Trial }';
const definitions: Readonly<Record<string, string>> = {
  'data/classifications/kommune.yaml': `classification: kommune
${label}
source: Made up
members: [{ code: "101", ${label} }, { code: "751", ${label} }]
`,
  'kpi-definitions/dimensions/kommune.yaml': `dimension: kommune
${label}
hierarchies: { kommune: [kommune] }
`,
  'kpi-definitions/sources/ledige.yaml': `source: proeve.ledige
${label}
supplier: Made up
frequency: M
delivery: full
file: { names: ["ledige*.csv"], format: csv, header: [K, P, A] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  periode: { type: period, from: P }
  antal: { type: integer, from: A }
key: [periode, kommune]
`,
  'kpi-definitions/proeve/ledige.yaml': `kpi: proeve.ledige
version: 1
status: draft
valid_from: 2026M01
${label}
unit: person
decimals: 0
direction: neutral
formula: alle
missing: { parts: require_all, operand: require_all }
measures:
  alle: { source: proeve.ledige, sum: antal, unit: person, over_time: sum }
`,
  'cubes/proeve.yaml': `cube: proeve
${label}
kpis: [ledige]
dimensions: [kommune]
wait_for: [proeve.ledige]
`,
};

/**
 * Three releases, each published the day it came. Of January: 101 has 10, then 12, then 12 again; 751 has 20 and is
 * left out of the last. February comes with the second.
 */
const releases = [
  { day: '2026-02-03', rows: ['101,2026M01,10', '751,2026M01,20'] },
  {
    day: '2026-03-03',
    rows: ['101,2026M01,12', '751,2026M01,20', '101,2026M02,5', '751,2026M02,6'],
  },
  { day: '2026-04-03', rows: ['101,2026M01,12', '101,2026M02,5', '751,2026M02,7'] },
] as const;

let root = '';
const at = (time = '2026-05-01T08:00:00Z') => outsideOf(root, time);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flis-time-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(definitions)) write(path, text);
  for (const [number, { day, rows }] of releases.entries()) {
    const file = `data/deliveries/ledige_${number}.csv`;
    write(file, `${['K,P,A', ...rows].join('\n')}\n`);
    write(`${file}.receipt.yaml`, `received: "${day}T05:00:00Z"\nsender: test\n`);
    soundValue(await publish(at(`${day}T08:00:00Z`), { cubes: [], period: null, dryRun: false }));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const january: Request = { cube: 'proeve', kpis: ['ledige'], by: ['kommune'], period: '2026M01' };

const numberOf = (edition: string) => `e${ids.indexOf(edition) + 1}`;
let ids: readonly string[] = [];
beforeAll(async () => {
  ids = soundValue(await editions(at(), 'proeve')).map(({ id }) => id);
});

/** Rows as a person would note them: members, figure or status, and what the past says of them. */
const shown = (answer: Answer): string[] =>
  answer.rows.map(({ members, cells, change, valid }) =>
    [
      ...members,
      ...cells.map(({ status, value }) => (value ? toPlain(value, 2) : status)),
      ...(change ? [change] : []),
      ...(valid
        ? [`${numberOf(valid.edition)} ${valid.from.slice(0, 10)}..${valid.to?.slice(0, 10) ?? ''}`]
        : []),
    ].join(' '),
  );
const asked = async (
  ...[request, which, past]: [Request, Parameters<typeof query>[2], Parameters<typeof query>[3]?]
) => shown(soundValue(await query(at(), request, which, past)));

describe('what was known at a time', () => {
  it.each([
    ['2026-02-03', ['101 10', '751 20']],
    ['2026-03-02', ['101 10', '751 20']],
    ['2026-03-03T08:59', ['101 10', '751 20']],
    ['2026-03-03T09:00', ['101 12', '751 20']],
    ['2026-04-03', ['101 12', '751 not_delivered']],
    ['2030-01-01', ['101 12', '751 not_delivered']],
  ])('as of %s', async (asOf, wanted) => expect(await asked(january, { asOf })).toEqual(wanted));

  it('is nothing before the first edition', async () => {
    const { value, diagnostics } = await query(at(), january, { asOf: '2026-02-02' });
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['no-visible-edition', 'Nothing was known of "proeve" as of 2026-02-02.'],
    ]);
  });

  it('is listed and explained', async () => {
    const seen = soundValue(await editions(at(), 'proeve', { asOf: '2026-03-31' }));
    expect(seen.map(({ number }) => number)).toEqual([1, 2]);
    expect(soundValue(await editions(at(), null, { asOf: '2026-01-31' }))).toEqual([]);
    const question = { cube: 'proeve', kpi: 'ledige', where: 'kommune == "101"', period: '2026M01' };
    const explained = await explain(at(), { ...question, hierarchy: null, edition: { asOf: '2026-02-28' } });
    expect(shown(soundValue(explained).answer)).toEqual(['10']);
  });
});

describe('what changed since a time', () => {
  const both = { ...january, by: ['maaned', 'kommune'], period: '2026M01..2026M02' };

  it.each([
    ['2026-02-01', ['2026M01 101 12 added', '2026M02 101 5 added', '2026M02 751 7 added']],
    [
      '2026-03-01',
      [
        '2026M01 101 12 changed',
        '2026M02 101 5 added',
        '2026M02 751 7 added',
        '2026M01 751 not_delivered removed',
      ].sort(),
    ],
    ['2026-04-01', ['2026M01 751 not_delivered removed', '2026M02 751 7 changed']],
    ['2026-04-03T08:00:00Z', []],
    // A date is its beginning: what came that day has come since.
    ['2026-04-03', ['2026M01 751 not_delivered removed', '2026M02 751 7 changed']],
  ])('%s', async (updatedAfter, wanted) =>
    expect((await asked(both, null, { updatedAfter })).sort()).toEqual(wanted),
  );

  it('holds for what was known at another time too', async () => {
    expect(await asked(both, { asOf: '2026-03-31' }, { updatedAfter: '2026-02-28' })).toEqual([
      '2026M01 101 12 changed',
      '2026M02 101 5 added',
      '2026M02 751 6 added',
    ]);
  });
});

describe('the history of figures', () => {
  it('has every version, and when it was what was known', async () => {
    expect(await asked(january, null, { includeHistory: true })).toEqual([
      '101 10 e1 2026-02-03..2026-03-03',
      '101 12 e2 2026-03-03..',
      '751 20 e1 2026-02-03..2026-04-03',
      '751 not_delivered e3 2026-04-03..',
    ]);
  });

  it('begins when there was a figure', async () => {
    expect(await asked({ ...january, period: '2026M02' }, null, { includeHistory: true })).toEqual([
      '101 5 e2 2026-03-03..',
      '751 6 e2 2026-03-03..2026-04-03',
      '751 7 e3 2026-04-03..',
    ]);
  });

  it('is cut to what came since a time', async () => {
    const past = { includeHistory: true, updatedAfter: '2026-04-01' };
    expect(await asked(january, null, past)).toEqual(['751 not_delivered e3 2026-04-03..']);
  });

  it('ends where somebody stands in time', async () => {
    expect(await asked(january, { asOf: '2026-03-15' }, { includeHistory: true })).toEqual([
      '101 10 e1 2026-02-03..2026-03-03',
      '101 12 e2 2026-03-03..',
      '751 20 e1 2026-02-03..',
    ]);
  });

  it('has no total and no greatest', async () => {
    const refused = await query(at(), { ...january, totals: true, top: 3 }, null, { includeHistory: true });
    expect(refused.diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['not-of-the-past', 'leave out --totals'],
      ['not-of-the-past', 'leave out --top'],
    ]);
  });
});

/** Last, since it stays: the third edition is taken back a week after it came. */
describe('an edition that was taken back', () => {
  beforeAll(async () => {
    const edition = { cube: 'proeve', edition: '3', reason: 'Tal fra en forkert fil.', by: 'Test' };
    soundValue(await retract(at('2026-04-10T08:00:00Z'), edition));
  });

  it('was known until then, and is passed over since', async () => {
    const then = await query(at(), january, { asOf: '2026-04-09' });
    expect(shown(soundValue(then))).toEqual(['101 12', '751 not_delivered']);
    expect(await asked(january, { asOf: '2026-04-10' })).toEqual(['101 12', '751 20']);
    const seen = soundValue(await editions(at(), 'proeve', { asOf: '2026-04-30' }));
    expect(seen.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is said to be taken back where the same is published again', async () => {
    const again = await publish(at('2026-04-12T08:00:00Z'), { cubes: [], period: null, dryRun: true });
    expect(again.diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
      'edition-retracted',
      expect.stringMatching(
        /^2026M\d\d-\d-\w+ was taken back on 2026-04-10, and what it was made of has not changed since/,
      ),
    ]);
  });

  it('stays in the history, with the one before it after it', async () => {
    expect(await asked(january, { asOf: '2026-04-30' }, { includeHistory: true })).toEqual([
      '101 10 e1 2026-02-03..2026-03-03',
      '101 12 e2 2026-03-03..',
      '751 20 e1 2026-02-03..2026-04-03',
      '751 not_delivered e3 2026-04-03..2026-04-10',
      '751 20 e2 2026-04-10..',
    ]);
  });

  it('is a change back', async () => {
    const past = { updatedAfter: '2026-04-05' };
    expect(await asked(january, { asOf: '2026-04-30' }, past)).toEqual(['751 20 added']);
  });
});
