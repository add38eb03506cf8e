import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import type { Table } from 'apache-arrow';
import { columnValues } from '../src/engine/arrow.ts';
import { chunksToArrow } from '../src/engine/duckdb/arrow.ts';

/**
 * What does it cost to copy DuckDB's data chunks into Arrow, beside the query itself, and beside the
 * client's own way into JavaScript values?
 *
 * npx esbuild bench/arrow-copy.bench.ts --bundle --platform=node --format=esm --packages=external \
 *   --outfile=node_modules/.tmp/arrow-copy.mjs && node node_modules/.tmp/arrow-copy.mjs
 */
const rows = 1_000_000;
const runs = 11;
const columns = ['kommune', 'navn', 'ledige', 'timer', 'sum'];

const folder = await mkdtemp(join(tmpdir(), 'flis-bench-'));
const file = join(folder, 'facts.parquet');
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
await connection.run(`copy (
  select
    (101 + a % 98)::varchar as kommune,
    'et navn på mere end tolv bytes ' || (a % 5000) as navn,
    case when a % 10 = 0 then null else a end::bigint as ledige,
    case when a % 9 = 0 then null else a * 3 - 500000 end::decimal(18, 1) as timer,
    (a * 7)::decimal(38, 2) as sum
  from range(${rows}) as t (a)
) to '${file}' (format parquet)`);
const query = `select ${columns.join(', ')} from read_parquet('${file}')`;

await checkAnswer(connection);

const samples: Record<'query' | 'fetch' | 'copy' | 'values', number[]> = {
  query: [],
  fetch: [],
  copy: [],
  values: [],
};
// All copies first: five million values leave the collector work that the next copy would pay for.
for (let run = 0; run < runs; run += 1) {
  const started = performance.now();
  const result = await connection.run(query);
  const ran = performance.now();
  const chunks = await result.fetchAllChunks();
  const fetched = performance.now();
  const table = chunksToArrow(bindings, described(result), chunks);
  const copied = performance.now();
  if (table.numRows !== rows) throw new Error('rows are missing');
  samples.query.push(ran - started);
  samples.fetch.push(fetched - ran);
  samples.copy.push(copied - fetched);
}
for (let run = 0; run < runs; run += 1) {
  const chunks = await (await connection.run(query)).fetchAllChunks();
  const fetched = performance.now();
  const values = chunks.map((chunk) => chunk.getColumns());
  samples.values.push(performance.now() - fetched);
  if (values.length !== chunks.length) throw new Error('chunks are missing');
}

const milliseconds = Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, summary(list)]));
const median = (name: string): number => milliseconds[name]?.median ?? Number.NaN;
const whole = median('query') + median('fetch') + median('copy');
const report = {
  bench: 'arrow-copy',
  question: 'What does the copy from DuckDB chunks to Arrow cost?',
  date: new Date().toISOString(),
  commit:
    git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src/engine') === '' ? '' : '-dirty'),
  versions: { node: process.version, duckdb: version() },
  machine: { cpu: cpus()[0]?.model ?? '', cores: availableParallelism() },
  rows,
  columns: columns.length,
  runs,
  milliseconds,
  copiedRowsPerSecond: Math.round(rows / (median('copy') / 1000)),
  copyShareOfWhole: Number((median('copy') / whole).toFixed(3)),
  timesFasterThanValues: Number((median('values') / median('copy')).toFixed(1)),
};
await writeFile(
  `bench/results/arrow-copy-${report.date.slice(0, 10)}.json`,
  `${JSON.stringify(report, null, 2)}\n`,
);
console.log(JSON.stringify(report, null, 2));
instance.closeSync();
await rm(folder, { recursive: true });

/** The copy must hold what DuckDB itself says of the same rows, before any time is taken. */
async function checkAnswer(from: DuckDBConnection): Promise<void> {
  const result = await from.run(query);
  const table = chunksToArrow(bindings, described(result), await result.fetchAllChunks());
  const totals = `select count(distinct kommune), sum(length(navn)), sum(ledige), sum(timer) * 10, sum(sum) * 100, count(timer)
    from read_parquet('${file}')`;
  const [expected = []] = (await from.runAndReadAll(totals)).getRowsJson();
  const timer = valuesOf(table, 'timer');
  const actual = [
    new Set(valuesOf(table, 'kommune')).size,
    valuesOf(table, 'navn').reduce<number>((sum, value) => sum + String(value).length, 0),
    total(valuesOf(table, 'ledige')),
    total(timer),
    total(valuesOf(table, 'sum')),
    timer.filter((value) => value !== null).length,
  ];
  const same = expected.every((value, index) => Number(value) === Number(actual[index]));
  if (!same) throw new Error(`the copy is wrong: ${expected.join()} is not ${actual.join()}`);
}

function valuesOf(table: Table, name: string) {
  const vector = table.getChild(name);
  if (vector === null) throw new Error(`no column ${name}`);
  return columnValues(vector);
}

function total(values: ReturnType<typeof columnValues>): bigint {
  return values.reduce<bigint>((sum, value) => sum + (typeof value === 'bigint' ? value : 0n), 0n);
}

function described(result: Awaited<ReturnType<DuckDBConnection['run']>>) {
  const types = result.columnTypes();
  return result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
}

function summary(list: readonly number[]) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1));
  return { median: at(0.5), least: at(0), greatest: at(1), quartiles: [at(0.25), at(0.75)] };
}

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { encoding: 'utf8' }).trim();
}
