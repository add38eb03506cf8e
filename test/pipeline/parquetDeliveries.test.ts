import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectPath, readObject } from '../../src/catalog/objects.ts';
import { type PosixStore, posixStore } from '../../src/catalog/posixStore.ts';
import type { ObjectRef } from '../../src/catalog/types.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Source } from '../../src/model/types.ts';
import { parquetEngine } from '../../src/pipeline/parquetEngine.ts';
import { type IngestContext, type IngestResult, ingestDelivery } from '../../src/supply/ingest.ts';
import {
  codeColumn,
  condition,
  dateColumn,
  keyColumn,
  lists,
  numberColumn,
  opening,
  periodColumn,
  sourceWith,
  textColumn,
  timeColumn,
} from '../supply/fixtures.ts';

let folder: string;
let engine: Engine;
let maker: DuckDBInstance;
let stores = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flis-parquet-'));
  const data = join(folder, 'data');
  await mkdir(data);
  engine = await openDuckDb({
    folders: [data],
    writable: [data],
    temporaryFolder: join(folder, 'temporary'),
    threads: 2,
    memoryLimit: '500MB',
  });
  maker = await DuckDBInstance.create();
});
afterAll(async () => {
  engine.close();
  maker.closeSync();
  await rm(folder, { recursive: true });
});

function newStore(): PosixStore {
  stores += 1;
  return posixStore(join(folder, 'data', String(stores)), 'data/snapshots', {
    own: process.pid,
    isAlive: () => true,
    now: () => new Date('2026-09-01T00:00:00Z'),
  });
}

const header = [
  'kommune',
  'maaletal',
  'periode',
  'person',
  'foedt',
  'ind',
  'vaerdi',
  'antal',
  'note',
  'skole',
];

const source = (format: 'csv' | 'parquet', changes: Partial<Source> = {}, rows: string | null = null) =>
  sourceWith({
    id: 'test.alt',
    inFile: {
      names: ['alt.*'],
      format,
      header,
      rows: rows === null ? null : condition(rows),
    },
    columns: [
      codeColumn({ from: 'kommune', unknown: 'uoplyst', emptyIsUnknown: true, expect: 'all' }),
      textColumn({ values: ['a', 'b', '10', '9'] }),
      periodColumn(),
      keyColumn(),
      dateColumn({ emptyIsNone: true }),
      timeColumn(),
      numberColumn({
        empty: [
          { when: condition('maaletal == "a" or antal > 3'), means: 'suppressed' },
          { when: condition('kommune == "uoplyst"'), means: 'not_applicable' },
        ],
        min: -5,
        max: 100,
      }),
      numberColumn({
        name: 'antal',
        from: 'antal',
        decimals: 0,
        empty: [{ when: null, means: 'not_delivered' }],
      }),
      textColumn({ name: 'note', from: 'note' }),
      keyColumn({ name: 'skole', from: 'skole', of: 'text', personal: false, emptyIsNone: true }),
    ],
    key: ['maaletal', 'kommune', 'periode', 'person', 'note'],
    ...changes,
  });

const contextOf = async (store: PosixStore, sources: readonly Source[]): Promise<IngestContext> => ({
  ...lists,
  sources,
  store,
  writeTable: engine.writeTable,
  parquet: await parquetEngine(engine),
  now: () => new Date('2026-09-01T00:00:00Z'),
});

async function ingest(store: PosixStore, sources: readonly Source[], name: string, bytes: Uint8Array) {
  return ingestDelivery(
    { name, label: 'alt', open: opening(bytes), received: null, sender: null, synthetic: false },
    await contextOf(store, sources),
  );
}

type Row = readonly string[];

const csvOf = (rows: readonly Row[]): Uint8Array =>
  Buffer.from(
    [header, ...rows]
      .map((row) => `${row.map((text) => `"${text.replaceAll('"', '""')}"`).join(';')}\n`)
      .join(''),
  );

/** The same texts as a Parquet file of texts, empty ones as none; `types` for columns that are to have another. */
async function parquetOf(
  rows: readonly Row[],
  types: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const path = join(folder, 'made.parquet');
  const connection = await maker.connect();
  const columns = header.map((name) => `${name} varchar`).join(', ');
  await connection.run(`create or replace table made (place integer, ${columns})`);
  const appender = await connection.createAppender('made');
  rows.forEach((row, place) => {
    appender.appendInteger(place);
    for (const text of row) {
      if (text === '') appender.appendNull();
      else appender.appendVarchar(text);
    }
    appender.endRow();
  });
  appender.closeSync();
  const selected = header.map((name) => `cast(${name} as ${types[name] ?? 'varchar'}) as ${name}`).join(', ');
  await connection.run(
    `copy (select ${selected} from made order by place) to '${path}' (format parquet, row_group_size 2048)`,
  );
  connection.closeSync();
  return readFile(path);
}

/** Everything that came of a delivery, with what no two stores have alike left out. */
async function outcome(store: PosixStore, result: IngestResult) {
  const textOf = async (ref: ObjectRef | null) =>
    ref && Buffer.from((await readObject(store, ref)).value ?? []).toString();
  const [snapshot] = result.snapshots;
  return {
    verdict: result.verdict,
    diagnostics: result.diagnostics,
    messages: result.receipt?.messages,
    sources: await Promise.all(
      (result.receipt?.sources ?? []).map(async ({ quarantine, ...rest }) => ({
        ...rest,
        quarantine: await textOf(quarantine),
      })),
    ),
    periods: snapshot?.periods,
    rows: snapshot?.rows,
    checks: snapshot?.checks,
    file: snapshot && (await rowsOf(store, snapshot.file)),
    sha256: snapshot?.file.sha256,
  };
}

async function rowsOf(store: PosixStore, ref: ObjectRef) {
  const connection = await maker.connect();
  const path = store.localPath(objectPath(ref));
  const read = await connection.runAndReadAll(`select * from read_parquet('${path}')`);
  const found = { types: read.columnTypes().map(String), rows: read.getRows().map((row) => row.map(String)) };
  connection.closeSync();
  return found;
}

async function bothWays(
  rows: readonly Row[],
  types: Readonly<Record<string, string>> = {},
  claim: string | null = null,
) {
  const outcomes = [];
  for (const format of ['csv', 'parquet'] as const) {
    const store = newStore();
    const bytes = format === 'csv' ? csvOf(rows) : await parquetOf(rows, types);
    outcomes.push(
      await outcome(store, await ingest(store, [source(format, {}, claim)], `alt.${format}`, bytes)),
    );
  }
  return outcomes as [Awaited<ReturnType<typeof outcome>>, Awaited<ReturnType<typeof outcome>>];
}

/** A CSV file has a header before its rows, so its lines are one more. */
const sameLines = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === 'rules' || key === 'sha256' || key === 'file' ? undefined : inner,
    ),
  );

const fine: Row = ['101', 'a', '2026M07', '1', '2000-02-29', '2026-07-31T13:05', '1.5', '2', 'x', 's'];
const change = (changes: Readonly<Record<string, string>>): Row =>
  header.map((name, at) => changes[name] ?? fine[at] ?? '');

const texts: Readonly<Record<string, readonly string[]>> = {
  kommune: ['101', '0147', 'Kobenhavn', '492', '000', '0', '', '999', ' 998 ', '010190-1234', 'Ærø'],
  maaletal: ['a', ' b', '10', '9', 'c', '', '0101901234'],
  periode: ['2026M07', '2026-06', '202605', '2006M12', '2026', '', '010190-1234'],
  person: [
    '1',
    '02',
    '-3',
    '12',
    '9223372036854775807',
    '9223372036854775808',
    'x1',
    '',
    '0101901234',
    '6109931234',
    '3102001234',
    '+4',
  ],
  foedt: [
    '2000-02-29',
    '2001-02-29',
    '',
    '31-12-2000',
    '1950-01-01 00:00:00',
    '1950-01-01 10:00:00',
    '9999-12-31',
    '0101901234',
  ],
  ind: [
    '2026-07-31T13:05',
    '2026-07-31 13:05:00',
    '2026-07-31 13:05:07',
    '2026-07-31',
    '',
    '2026-07-31T25:00',
  ],
  vaerdi: [
    '1.5',
    '-1.5',
    '0',
    '-0.4',
    '',
    '1,5',
    '1.23',
    '1e3',
    'NA',
    '101',
    '-6',
    '1.000.000',
    '123456789012345678',
    ' 7',
    '+3',
  ],
  antal: ['1', '3', '4', '', '9007199254740991', '9007199254740993', '1.0', '0005', '-2'],
  note: [
    'x',
    'X',
    '',
    'uoplyst',
    '7',
    '07',
    '10',
    ' y\u00a0',
    'tlf. 010190-1234.',
    '290201-1234',
    '290200 1234',
    '890200-1234',
    '"q";',
  ],
  skole: ['s', '', '0101901234', ' k ', '9999999999'],
};

const rowArbitrary = fc.tuple(
  ...header.map((name, at) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...(texts[name] ?? ['']).slice(0, 3)) },
      { weight: 4, arbitrary: fc.constant(fine[at] ?? '') },
      { weight: 1, arbitrary: fc.constantFrom(...(texts[name] ?? [''])) },
    ),
  ),
);

/** Lines of CSV begin after its header; in words and places alike. */
const oneLess = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(oneLess);
  if (typeof value === 'string')
    return value
      .replace(/in line (\d+)/g, (_, line: string) => `in line ${Number(line) - 1}`)
      .replace(/^(\d+),/gm, (all, line: string) => (all === 'row,' ? all : `${Number(line) - 1},`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'row' && typeof inner === 'number' ? Math.max(1, inner - 1) : oneLess(inner),
    ]),
  );
};

/** `_row` is the last column. */
const rowsOneLess = (file: { types: string[]; rows: string[][] } | undefined) =>
  file && {
    types: file.types,
    rows: file.rows.map((row) => [...row.slice(0, -1), String(Number(row.at(-1)) - 1)]),
  };

function expectAlike(csv: Awaited<ReturnType<typeof outcome>>, parquet: Awaited<ReturnType<typeof outcome>>) {
  expect(parquet.file).toEqual(rowsOneLess(csv.file));
  expect(sameLines(parquet)).toEqual(oneLess(sameLines(csv)));
}

describe('a delivery as CSV and as Parquet', () => {
  it('gives the same snapshot, quarantine and counts', async () => {
    const rows = Object.entries(texts).flatMap(([name, all]) => all.map((text) => change({ [name]: text })));
    const padding = Array.from({ length: 2 * rows.length }, (_, at) => change({ person: String(1000 + at) }));
    const [csv, parquet] = await bothWays([...rows, ...padding]);
    expect(csv.verdict).toBe('accepted');
    expectAlike(csv, parquet);
  });

  it('of random faulty rows too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 40 }), async (rows) => {
        const [csv, parquet] = await bothWays(rows);
        expectAlike(csv, parquet);
      }),
      { numRuns: 20 },
    );
  });

  it('where contracts claim some of the rows', async () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      change({
        person: String(at),
        maaletal: at % 3 === 0 ? 'a' : at % 3 === 1 ? 'b' : '',
        kommune: at === 4 ? '999' : '147',
      }),
    );
    const [csv, parquet] = await bothWays(rows, {}, 'maaletal != "a" and kommune in ["147", "999"]');
    expect(csv.diagnostics.map(({ code }) => code)).toContain('unclaimed-rows');
    expectAlike(csv, parquet);
  });

  it('whatever types the columns of the file have', async () => {
    const rows = Array.from({ length: 40 }, (_, at) =>
      change({
        kommune: at % 2 === 0 ? '101' : '147',
        person: at === 3 ? '6109931234' : String(5_000_000_000 - at),
        foedt: at % 5 === 0 ? '' : `19${String(50 + at).padStart(2, '0')}-03-01`,
        ind: at === 7 ? '2026-07-31 13:05:01' : '2026-07-31 13:05:00',
        vaerdi: at === 9 ? '' : at === 11 ? '250.5' : `${at}.5`,
        antal: at === 12 ? '' : String(at),
      }),
    );
    const types = {
      kommune: 'integer',
      person: 'bigint',
      foedt: 'date',
      ind: 'timestamp',
      vaerdi: 'decimal(9, 1)',
      antal: 'smallint',
    };
    const [csv, parquet] = await bothWays(rows, types);
    expect(csv.sources[0]?.refused).toBe(3);
    expectAlike(csv, parquet);
  });

  it('whatever the order of its rows', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) =>
      change({ person: String((at * 7919) % 3001), note: at % 4 === 0 ? '' : String(at % 4) }),
    );
    const [csv, parquet] = await bothWays(rows);
    expectAlike(csv, parquet);
    const store = newStore();
    const one = await ingest(store, [source('parquet')], 'alt.parquet', await parquetOf(rows));
    const again = await ingest(
      store,
      [source('parquet')],
      'alt.parquet',
      await parquetOf([...rows].reverse()),
    );
    expect([one.verdict, again.verdict]).toEqual(['accepted', 'nothing_new']);
  });
});

describe('a Parquet delivery', () => {
  it.each([
    ['with nothing in it', () => new Uint8Array()],
    ['without an end', (bytes: Uint8Array) => bytes.subarray(0, -5)],
    ['with a footer of nothing', () => Buffer.from('PAR1 not json at all PAR1')],
    [
      'with a damaged page',
      (bytes: Uint8Array) => {
        const damaged = Uint8Array.from(bytes);
        damaged.fill(0xff, 8, Math.floor(bytes.length / 3));
        return damaged;
      },
    ],
  ])('%s is refused in words', async (_, damage) => {
    const bytes = damage(
      await parquetOf(
        Array.from({ length: 5000 }, (_, at) => change({ person: String(at), note: `n${at}` })),
      ),
    );
    const { verdict, diagnostics } = await ingest(newStore(), [source('parquet')], 'alt.parquet', bytes);
    expect([verdict, diagnostics.map(({ code }) => code)]).toEqual(['refused', ['not-a-table']]);
  });

  it('never says a key that names a person', async () => {
    const store = newStore();
    const rows = [
      change({ person: 'secret4711' }),
      ...Array.from({ length: 5 }, (_, at) => change({ person: String(at) })),
    ];
    const result = await ingest(store, [source('parquet')], 'alt.parquet', await parquetOf(rows));
    const said = JSON.stringify(await outcome(store, result));
    expect(said).toContain('(personal) is no whole number');
    expect(said).not.toContain('4711');
  });

  it('leaves no file of its own behind', async () => {
    const store = newStore();
    await ingest(store, [source('parquet')], 'alt.parquet', await parquetOf([fine, change({ kommune: '' })]));
    expect(await store.list('.tmp')).toEqual([]);
  });
});
