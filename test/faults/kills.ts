import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';
import { copyStore, makeStore, violationsAfter, workIn } from './stores.ts';
import { callSites, inLanes, type Tools, traced } from './tracing.ts';

interface Site {
  readonly scenario: Scenario;
  readonly template: string;
  readonly call: string;
  readonly nth: number;
}

interface Scenario {
  readonly name: string;
  readonly editions: number;
  readonly files: number;
  readonly size: number;
}

const scenarios: readonly Scenario[] = [
  { name: 'the first edition', editions: 0, files: 3, size: 500 },
  { name: 'an edition beside others', editions: 2, files: 3, size: 500 },
  { name: 'an edition of many files', editions: 1, files: 6, size: 3000 },
];

/** Calls that say something to the file system are all met; of the others as many as it takes. */
const fileCalls =
  /^(open|openat|creat|close|link|linkat|unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|fsync|fdatasync|write|pwrite64|ftruncate|copy_file_range|stat|statx|newfstatat|fstat|getdents64|utimensat)$/;

/** kill -9 at every system call of the publish step, until so many have died. */
export async function killSweep(
  tools: Tools,
  wanted: number,
  lanes: number,
  report: Report,
): Promise<string> {
  const started = performance.now();
  let killed = 0;
  let visible = 0;
  let fileSites = 0;
  const kinds = new Set<string>();
  for (let round = 0; killed < wanted; round += 1) {
    const sites = await sitesOf(tools, round);
    const left = wanted - killed + lanes;
    const needed = [...spread(sites.files, left), ...spread(sites.others, left - sites.files.length)];
    const before = killed;
    fileSites += sites.files.length;
    await inLanes(needed, lanes, async ({ scenario, template, call, nth }) => {
      const root = join(tools.scratch, `killed-${round}-${scenario.editions}-${call}-${nth}`);
      copyStore(template, root);
      const work = workIn(root, scenario.editions, scenario.files, scenario.size);
      const run = await traced(tools, work, [`${call}:signal=KILL:when=${nth}`], call);
      if (run.signal === 'SIGKILL') {
        killed += 1;
        kinds.add(call);
      }
      if (run.said.length > 0) visible += 1;
      const violations = await violationsAfter(root, scenario.editions, run.said, work);
      report.check(`kill at ${call} ${nth} of ${scenario.name}`, violations);
      rmSync(root, { recursive: true, force: true });
    });
    if (killed === before) {
      report.check('kill sweep', ['nothing could be killed']);
      break;
    }
  }
  report.check('kills', killed >= wanted ? [] : [`only ${killed} of ${wanted}`]);
  const took = (performance.now() - started) / 1000;
  return `${killed} kills at ${kinds.size} kinds of system call (a step like it makes ${fileSites} calls of files) in ${took.toFixed(0)} s; ${visible} had said that they published`;
}

async function sitesOf(tools: Tools, round: number) {
  const files: Site[] = [];
  const others: Site[] = [];
  for (const [at, scenario] of scenarios.entries()) {
    // Further rounds have other files, so that other calls come at other places.
    const varied = { ...scenario, files: scenario.files + (round % 4), size: scenario.size + 977 * round };
    const template = join(tools.scratch, `template-${round}-${at}`);
    await makeStore(template, varied.editions, varied);
    const root = join(tools.scratch, `baseline-${round}-${at}`);
    copyStore(template, root);
    const run = await traced(tools, workIn(root, varied.editions, varied.files, varied.size), []);
    for (const { call, nth, line } of callSites(run.trace)) {
      // Threads wake each other by write(2) too.
      const isOfFiles = fileCalls.test(call) && (call !== 'write' || line.includes(root));
      (isOfFiles ? files : others).push({ scenario: varied, template, call, nth });
    }
  }
  return { files, others };
}

/** So many of them, evenly from first to last. */
function spread<T>(items: readonly T[], wanted: number): readonly T[] {
  if (wanted <= 0) return [];
  if (wanted >= items.length) return items;
  return items.filter(
    (_, at) => Math.floor((at * wanted) / items.length) !== Math.floor(((at - 1) * wanted) / items.length),
  );
}
