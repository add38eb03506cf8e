import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { keep } from './support.ts';

/**
 * How fast is a made-up country written, and in how much memory? Whole processes, from outside:
 * all nine domains at three scales. The limit is what DuckDB needs to write the same rows when they lie
 * ready in memory: no generator that writes such files with it can be faster.
 */
const wishes = [
  { name: 'test bed, 24 months', scale: '0.001', months: '24' },
  { name: 'a tenth of the country, 2 months', scale: '0.1', months: '2' },
  { name: 'a tenth of the country, 12 months', scale: '0.1', months: '12' },
  { name: 'the whole country, 1 month', scale: '1', months: '1' },
];

/** Processor seconds of writing the rows of files again, of tables in memory and with the same options. */
async function writingAlone(folder: string, files: readonly string[]): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const again = join(folder, 'again.parquet');
  let spent = 0;
  for (const file of files) {
    await connection.run(`create or replace table made as select * from '${join(folder, file)}'`);
    const before = process.cpuUsage();
    await connection.run(
      `copy made to '${again}' (format parquet, compression snappy, row_group_size 122880)`,
    );
    const { user, system } = process.cpuUsage(before);
    spent += (user + system) / 1e6;
  }
  instance.closeSync();
  return spent;
}

async function measure({ name, scale, months }: (typeof wishes)[number]) {
  const folder = mkdtempSync(join(tmpdir(), 'flis-bench-'));
  const started = performance.now();
  const args = ['dist/flis.js', 'synthesize', '--scale', scale, '--months', months, '--to', folder];
  const { stdout, status, stderr } = spawnSync(
    '/usr/bin/env',
    ['time', '-f', '%M %U %S', process.execPath, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  const [kilobytes = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  const rows = [...stdout.matchAll(/: (\d+) rows/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  const files = readdirSync(folder).filter((file) => file.endsWith('.parquet'));
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const limit = await writingAlone(folder, files);
  rmSync(folder, { recursive: true });
  if (rows === 0) throw new Error('nothing was made');
  const one = (value: number): number => Math.round(value * 10) / 10;
  return {
    name,
    files: files.length,
    rows,
    megabytes: one(bytes / 1e6),
    seconds: one(seconds),
    processorSeconds: one(user + system),
    peakMegabytes: Math.round(kilobytes / 1024),
    megabytesASecond: one(bytes / 1e6 / seconds),
    rowsASecond: Math.round(rows / seconds),
    rowsAProcessorSecond: Math.round(rows / (user + system)),
    megabytesAProcessorSecond: one(bytes / 1e6 / (user + system)),
    limitMegabytesAProcessorSecond: one(bytes / 1e6 / limit),
  };
}

const measured: Awaited<ReturnType<typeof measure>>[] = [];
for (const wish of wishes) measured.push(await measure(wish));

const [load = ''] = readFileSync('/proc/loadavg', 'utf8').split(' ');
keep('synthesize', 'How fast is a made-up country written, and in how much memory?', {
  // Above the number of cores others were at work too, and seconds say little; those of the processor hold.
  loadAverage: Number(load),
  measured,
});
