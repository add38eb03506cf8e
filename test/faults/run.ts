import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { wrongClocks } from './clocks.ts';
import { injectedFailures } from './failures.ts';
import { killSweep } from './kills.ts';
import { manyPublishers } from './publishers.ts';
import { reportTo } from './report.ts';
import { smallDisks } from './smallDisks.ts';
import type { Tools } from './tracing.ts';

/**
 * What only an operating system can do to a publisher: kill it at any system call, leave it no space, fail its
 * disk, put its clock wrong, run sixteen of it at once. `FAULT_KILLS=10000 FAULT_VERSIONS=200` is the longer mode;
 * `FAULTS=kills,clocks` runs only some.
 */
const kills = Number(process.env.FAULT_KILLS ?? 500);
const versions = Number(process.env.FAULT_VERSIONS ?? 20);
const lanes = Number(process.env.FAULT_LANES ?? Math.max(2, availableParallelism()));
const say = (line: string) => console.log(line);

/** A file system in memory where there is one: a process that dies leaves the same there as on a disk. */
function scratchFolder(): string {
  for (const parent of ['/dev/shm', tmpdir()]) {
    try {
      accessSync(parent, constants.W_OK);
      return mkdtempSync(join(parent, 'flis-faults-'));
    } catch {
      // The next one, then.
    }
  }
  throw new Error('there is no folder to write to');
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

const report = reportTo(say);
const tools: Tools = { worker: process.argv[2] ?? '', scratch: scratchFolder() };
const sections: Readonly<Record<string, () => Promise<string | null>>> = {
  kills: () => killSweep(tools, kills, lanes, report),
  failures: () => injectedFailures(tools, lanes, report),
  disks: () => smallDisks(tools, report),
  publishers: () => manyPublishers(tools, 16, versions, report),
  clocks: () => wrongClocks(tools, report),
};

const missing = ['strace', 'faketime'].filter((program) => !isThere(program));
report.check(
  'tools',
  missing.map((program) => `${program} is not installed: apt-get install ${program}`),
);
const wanted = (process.env.FAULTS ?? Object.keys(sections).join()).split(',');
try {
  if (missing.length === 0)
    for (const name of wanted) {
      const told = await sections[name]?.();
      say(`${name}: ${told ?? 'not possible on this machine, no file system may be mounted here'}`);
    }
} finally {
  rmSync(tools.scratch, { recursive: true, force: true });
}
const { passed, failed } = report.told();
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
