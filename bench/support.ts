import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Least, median and greatest of some runs, in milliseconds. */
export interface Summary {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly runs: number;
}

export function summary(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (index: number) => Math.round((sorted[index] ?? Number.NaN) * 10) / 10;
  return { min: at(0), median: at(sorted.length >> 1), max: at(sorted.length - 1), runs: sorted.length };
}

/** Milliseconds that a whole process takes, from outside; its output is handed to `check` first. */
export function timeProcess(args: readonly string[], check: (output: string) => void): number {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  check(stdout);
  return took;
}

/** The same of a process that has something to complain about; what it says is handed to `check`. */
export function timeFailing(args: readonly string[], check: (output: string) => void): number {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const took = performance.now() - started;
  if (status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  check(stdout + stderr);
  return took;
}

/** What a process took: milliseconds of the clock and of all processors, and megabytes at its largest. */
export interface Use {
  readonly clock: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** Runs a program that says at its end what it used; milliseconds of processors tell more where others work too. */
export function measuredProcess(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Use {
  const wrapper = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log('most memory ' + maxRSS + ', processor ' + (userCPUTime + systemCPUTime) / 1000);
});
process.argv.splice(1, process.argv.length, ${[program, ...args].map((arg) => JSON.stringify(arg)).join(', ')});
import(${JSON.stringify(program)});`;
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', wrapper], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: environment,
  });
  const clock = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  const [, memory, processor] = /most memory (\d+), processor ([\d.]+)/.exec(stdout) ?? [];
  return { clock, processor: Number(processor), megabytes: Number(memory) / 1024 };
}

/** A folder with the project's definitions and its bundled deliveries, nothing published yet. */
export function freshWorkspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'flis-bench-'));
  mkdirSync(join(root, 'data'));
  mkdirSync(join(root, 'cubes'));
  for (const folder of ['kpi-definitions', 'data/classifications', 'data/deliveries'])
    cpSync(folder, join(root, folder), { recursive: true });
  for (const file of readdirSync('cubes'))
    if (file.endsWith('.yaml')) cpSync(join('cubes', file), join(root, 'cubes', file));
  return root;
}

const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** Writes what was measured beside what it was measured with, and says it unless it is kept many times in one run. */
export function keep(
  bench: string,
  question: string,
  measured: Readonly<Record<string, unknown>>,
  {
    quiet = false,
    folder = join('bench', 'results'),
  }: { readonly quiet?: boolean; readonly folder?: string } = {},
): void {
  const versions = (
    JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  ).dependencies;
  const date = new Date().toISOString();
  const report = {
    bench,
    question,
    date,
    commit:
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src') === '' ? '' : '-dirty'),
    versions: { node: process.version, duckdb: versions['@duckdb/node-api'] },
    machine: { cpu: cpus()[0]?.model ?? '', cores: availableParallelism() },
    ...measured,
  };
  writeFileSync(join(folder, `${bench}-${date.slice(0, 10)}.json`), `${JSON.stringify(report, null, 2)}\n`);
  if (!quiet) console.log(JSON.stringify(report, null, 2));
}
