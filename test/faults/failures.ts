import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';
import { copyStore, makeStore, violationsAfter, workIn } from './stores.ts';
import { callsIn, injectedIn, inLanes, type Tools, traced } from './tracing.ts';

interface Failing {
  readonly error: 'ENOSPC' | 'EIO';
  readonly calls: readonly string[];
  /** What the user reads. */
  readonly says: RegExp;
}

const noSpace: Failing = {
  error: 'ENOSPC',
  calls: ['openat', 'write', 'link', 'rename', 'mkdir', 'fsync'],
  says: /^failed ENOSPC There is no space left to write/,
};

const failingDisk: Failing = { error: 'EIO', calls: ['fsync'], says: /^failed EIO The disk failed/ };

/** No space at each call that takes some, and a failing disk at each fsync. */
export async function injectedFailures(tools: Tools, lanes: number, report: Report): Promise<string> {
  const spaces = await failAt(tools, noSpace, lanes, report);
  const syncs = await failAt(tools, failingDisk, lanes, report);
  return `${spaces} calls answered "no space", ${syncs} syncs answered "input/output error"`;
}

async function failAt(tools: Tools, failing: Failing, lanes: number, report: Report): Promise<number> {
  const editions = 1;
  const template = join(tools.scratch, `template-${failing.error}`);
  await makeStore(template, editions);
  const baseline = join(tools.scratch, `baseline-${failing.error}`);
  copyStore(template, baseline);
  const counts = callsIn((await traced(tools, workIn(baseline, editions, 3, 500), [])).trace);
  const sites = failing.calls.flatMap((call) =>
    Array.from({ length: counts.get(call) ?? 0 }, (_, n) => ({ call, nth: n + 1 })),
  );
  let failed = 0;
  await inLanes(sites, lanes, async ({ call, nth }) => {
    const name = `${failing.error} at ${call} ${nth}`;
    const root = join(tools.scratch, name.replaceAll(' ', '-'));
    copyStore(template, root);
    const work = workIn(root, editions, 3, 500);
    const run = await traced(tools, work, [`${call}:error=${failing.error}:when=${nth}`], `${call},fsync`);
    const hit = injectedIn(run.trace).find((line) => line.includes(root));
    // Threads wake each other by write(2) too; to fail that is a kill, and there are enough of those.
    if (hit !== undefined) {
      failed += 1;
      report.check(name, [
        ...outcomeViolations(failing, run.said, run.exitCode),
        ...retryViolations(run.trace, hit),
      ]);
    }
    report.check(`${name}, afterwards`, await violationsAfter(root, editions, run.said, work));
    rmSync(root, { recursive: true, force: true });
  });
  report.check(`${failing.error}`, failed > 0 ? [] : ['nothing was made to fail']);
  return failed;
}

const outcomeViolations = (failing: Failing, said: readonly string[], exitCode: number | null) =>
  said.some((line) => failing.says.test(line)) && exitCode === 3
    ? []
    : [`said "${said.join()}" and ended with ${exitCode}`];

/** A sync that failed must never be asked again: the kernel may have dropped the pages and say "fine". */
function retryViolations(trace: readonly string[], hit: string): readonly string[] {
  const file = /fsync\(\d+<([^>]*)>/.exec(hit)?.[1];
  if (file === undefined) return [];
  const later = trace
    .slice(trace.indexOf(hit) + 1)
    .filter((line) => /fsync\(/.test(line) && line.includes(`<${file}>`));
  return later.length === 0 ? [] : [`synced ${file} again`];
}
