import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { freshWorkspace, keep, summary, timeFailing, timeProcess } from './support.ts';

/**
 * How long does taking in a month of persons take, and how much memory, from a Parquet file of as many rows as the
 * country has people? Beside it one hand-written COPY of DuckDB that casts, joins the code list and sorts: no hash,
 * no check of keys, codes, dates or person numbers, no quarantine, no receipt.
 */
const rows = Number(process.env.ROWS ?? 6_000_000);
const runs = Number(process.env.RUNS ?? 3);
const flis = join(process.cwd(), 'dist', 'flis.js');

const contract = `source: bench.personer
label: { da: Personer, en: Persons }
supplier: Bench
frequency: M
delivery: periods
file:
  names: ["personer_*.parquet"]
  format: parquet
  header: [PERIODE, PERSON, KOMMUNE, KOEN, FOEDT, INDTAEGT]
columns:
  periode: { type: period, from: PERIODE }
  person: { type: key, from: PERSON, of: integer, personal: true }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: all }
  koen: { type: code, from: KOEN, dimension: koen }
  foedt: { type: date, from: FOEDT, empty: none }
  indtaegt: { type: decimal, from: INDTAEGT, decimals: 2, min: 0, empty: not_applicable }
key: [periode, person]
absence: zero
delivered_by: kommune
`;

/** Persons in no order that helps; a few in a thousand with something wrong. */
async function makeDelivery(path: string, faulty: boolean): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const fault = (every: number, bad: string, good: string) =>
    faulty ? `case when i % ${every} = 7 then ${bad} else ${good} end` : good;
  await connection.run(`create table kommuner as select row_number() over () - 1 as n, kode from (
    select distinct kommune_kode as kode from read_csv('data/deliveries/folketal_2026_kommune.csv', all_varchar = true))`);
  await connection.run(`copy (
    select '2026-07' as PERIODE,
      ${fault(5000, '20000000', `10000000 + (i * 7919) % ${rows}`)} as PERSON,
      ${fault(1000, "'999'", 'kode')} as KOMMUNE, cast(1 + i % 2 as varchar) as KOEN,
      ${fault(3000, "date '0001-01-01'", "date '1930-01-01' + cast(i % 35000 as integer)")} as FOEDT,
      cast(${fault(2000, '-1', '(i % 900000) / 7')} as decimal(12, 2)) as INDTAEGT
    from range(${rows}) r(i) join kommuner on n = (i * 31) % (select count(*) from kommuner)
  ) to '${path}' (format parquet, compression zstd)`);
  connection.closeSync();
  instance.closeSync();
}

/** A process that says at its end how much memory it had at most, and how long processors worked for it. */
const measured = (program: string, args: readonly string[]): readonly string[] => [
  '-e',
  `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log('most memory ' + maxRSS + ', processor ' + (userCPUTime + systemCPUTime) / 1000);
});
process.argv.splice(1, process.argv.length, ${[program, ...args].map((arg) => JSON.stringify(arg)).join(', ')});
import(${JSON.stringify(program)});`,
];

function byHand(root: string, path: string): string {
  const program = join(root, 'by-hand.mjs');
  const packages = join(process.cwd(), 'node_modules', '@duckdb', 'node-api', 'lib', 'index.js');
  writeFileSync(
    program,
    `import api from ${JSON.stringify(packages)};
const instance = await api.DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(\`copy (
  select replace(PERIODE, '-', 'M') as periode, PERSON::bigint as person, kode as kommune, KOEN as koen, FOEDT::date as foedt,
    INDTAEGT::decimal(18, 2) as indtaegt, file_row_number + 1 as _row
  from read_parquet('${path}', file_row_number = true)
  join (select distinct kommune_kode as kode from read_csv('data/deliveries/folketal_2026_kommune.csv', all_varchar = true)) on kode = KOMMUNE
  order by periode, person, _row) to '${root}/by-hand.parquet' (format parquet, compression zstd)\`);
console.log(String((await connection.runAndReadAll("select count(*) from read_parquet('${root}/by-hand.parquet')")).getRows()[0][0]) + ' rows');
`,
  );
  return program;
}

const samples = new Map<string, number[]>();
const sample = (name: string, value: number) => samples.set(name, [...(samples.get(name) ?? []), value]);
/** Milliseconds of all processors tell more than the clock where others work on the machine. */
function sampleUse(name: string, output: string): void {
  const [, memory, processor] = /most memory (\d+), processor ([\d.]+)/.exec(output) ?? [];
  sample(`megabytes, ${name}`, Number(memory) / 1024);
  sample(`processor, ${name}`, Number(processor));
}

for (let run = 0; run < runs; run += 1) {
  for (const faulty of [false, true]) {
    const label = faulty ? 'with faults' : 'clean';
    const root = freshWorkspace();
    writeFileSync(join(root, 'kpi-definitions', 'sources', 'bench.personer.yaml'), contract);
    mkdirSync(join(root, 'in'));
    const path = join(root, 'in', 'personer_2026M07.parquet');
    await makeDelivery(path, faulty);
    // What is refused row by row is told as errors, though the rest is taken.
    const time = faulty ? timeFailing : timeProcess;
    const taken = time(measured(flis, ['ingest', path, '--root', root]), (output) => {
      if (!output.includes('accepted')) throw new Error(output);
      sampleUse(`ingest ${label}`, output);
    });
    sample(`clock, ingest ${label}`, taken);
    if (!faulty) {
      const program = byHand(root, path);
      const hand = timeProcess(measured(program, []), (output) => {
        if (!output.includes(`${rows} rows`)) throw new Error(output);
        sampleUse('by hand', output);
      });
      sample('clock, by hand', hand);
    }
    rmSync(root, { recursive: true, force: true });
  }
}
const all = Object.fromEntries([...samples].map(([name, list]) => [name, summary(list)]));
const median = (name: string): number => all[name]?.median ?? Number.NaN;
keep('ingest', `How long does taking in ${rows} persons from Parquet take, and with how much memory?`, {
  rows,
  measured: all,
  rowsPerSecondOfProcessor: Math.round(rows / (median('processor, ingest clean') / 1000)),
  ratioOfProcessorToRival:
    Math.round((median('processor, ingest clean') / median('processor, by hand')) * 100) / 100,
  ratioOfClockToRival: Math.round((median('clock, ingest clean') / median('clock, by hand')) * 100) / 100,
});
