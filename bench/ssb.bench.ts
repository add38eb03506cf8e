import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Answer } from '../src/query/answer.ts';
import { type Kuber, openKuber } from './query/kuber.ts';
import { percentile } from './query/rivals/harness.mjs';
import { publishWorld, takeIn } from './query/world.ts';
import { makeTables, tables } from './ssb/data.ts';
import { starQueries } from './ssb/queries.ts';
import { cubeNames, writeStarDefinitions, writeStarDeliveries } from './ssb/world.ts';
import { keep } from './support.ts';

/**
 * How long do the thirteen questions of the Star Schema Benchmark take, beside DuckDB with its joins over tables in memory?
 * Published as a cube for each of its four flights; the answers are held against DuckDB's first.
 */
const scale = Number(process.env.SCALE ?? 1);
const reps = Number(process.env.REPS ?? 20);
const folder = process.env.DATA ?? mkdtempSync(join(tmpdir(), 'flis-bench-'));
const keepsResults = process.env.KEEP === '1' || (process.env.KEEP !== '0' && scale >= 1);

const started = performance.now();
const say = (text: string): void =>
  console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);

const root = join(folder, 'workspace');
mkdirSync(root, { recursive: true });
if (!existsSync(join(folder, 'lineorder.parquet'))) {
  say('making tables');
  await makeTables(folder, scale);
}
if (!existsSync(join(root, 'cubes', 'published'))) {
  writeStarDefinitions(root);
  say('taking in');
  await takeIn(root, await writeStarDeliveries(folder, join(root, 'in')));
  say('publishing');
  await publishWorld(root, cubeNames);
}
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
for (const table of tables)
  await connection.run(`create table ${table} as from '${join(folder, `${table}.parquet`)}'`);
const opened = new Map<string, Kuber>();
for (const name of cubeNames) opened.set(name, await openKuber(root, name));

/** Codes as numbers and the figure, of every row that holds something. */
const rowsOf = ({ rows }: Answer): string[] =>
  rows
    .flatMap(({ members, cells: [cell] }) => {
      if (cell?.value === null || cell?.value?.numerator === 0n) return [];
      if (cell?.value?.denominator !== 1n) throw new Error('a figure is not whole');
      return [[...members.map(shortCode), cell.value.numerator].join(' ')];
    })
    .sort();
/** A month stands for its year: only one question has months, of a single one. */
const shortCode = (code: string): string => String(Number(code.replace(/M\d\d$/, '')));

async function timesOf(ask: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  const begin = performance.now();
  for (let rep = 0; rep < reps && (rep < 3 || performance.now() - begin < 3000); rep += 1) {
    const before = performance.now();
    await ask();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b);
}
const round = (value: number): number => Number(value.toPrecision(3));

const results: Record<string, unknown> = {};
for (const { name, sql, request, reason } of starQueries) {
  say(name);
  const raw = async () => (await connection.runAndReadAll(sql)).getRowsJS();
  const duckdb = round(percentile(await timesOf(raw), 0.5));
  if (request === null) {
    results[name] = { duckdb, ours: null, reason };
    continue;
  }
  const kuber = opened.get(request.cube);
  if (!kuber) throw new Error(`${request.cube} is not open`);
  const expected = (await raw()).map((row) => row.map(String).join(' ')).sort();
  const got = rowsOf(await kuber.ask(request));
  if (expected.join('\n') !== got.join('\n'))
    throw new Error(`${name}: ${got.length} rows, ${got[0]}; DuckDB has ${expected.length}, ${expected[0]}`);
  const times = await timesOf(() => kuber.ask(request));
  const ours = round(percentile(times, 0.5));
  results[name] = {
    rows: got.length,
    duckdb,
    ours,
    p99: round(percentile(times, 0.99)),
    times: round(duckdb / ours),
  };
}
for (const kuber of opened.values()) await kuber.close();
connection.closeSync();
instance.closeSync();
if (process.env.DATA === undefined) rmSync(folder, { recursive: true, force: true });
console.table(results);
keep(
  'ssb',
  'How long do the questions of the Star Schema Benchmark take?',
  { scale, reps, milliseconds: results },
  { quiet: true, ...(keepsResults ? {} : { folder: tmpdir() }) },
);
