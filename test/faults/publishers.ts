import { join } from 'node:path';
import { readEditions } from '../../src/catalog/editions.ts';
import { trust } from './publishStep.ts';
import type { Report } from './report.ts';
import { soundnessOf } from './soundness.ts';
import { cube, openStore } from './stores.ts';
import { startWorker, type Tools } from './tracing.ts';

/** Many processes publish into one cube at once, while a reader opens it again and again. */
export async function manyPublishers(
  tools: Tools,
  processes: number,
  versions: number,
  report: Report,
): Promise<string> {
  const started = performance.now();
  const root = join(tools.scratch, 'publishers');
  const workers = await Promise.all(
    Array.from({ length: processes }, (_, at) =>
      startWorker(tools, { root, cube, first: at * 1000 + 1, versions, files: 3, size: 300 }),
    ),
  );
  let working = true;
  const reader = readWhile(root, () => working, report);
  for (const { go } of workers) go();
  const runs = await Promise.all(workers.map(({ finished }) => finished));
  working = false;
  const looks = await reader;

  const wanted = processes * versions;
  const told = runs.flatMap(({ said }) => said.map((line) => Number(/^published (\d+)$/.exec(line)?.[1])));
  const distinct = new Set(told);
  const seen = await soundnessOf(openStore(root));
  report.check(
    'every publisher came to its end',
    runs.filter(({ exitCode }) => exitCode !== 0).map(({ said }) => said.join()),
  );
  report.check(
    'no number is given twice',
    distinct.size === told.length ? [] : [`${told.length - distinct.size} are`],
  );
  report.check(
    'numbers are contiguous and none is lost',
    Array.from({ length: wanted }, (_, n) => n + 1)
      .filter((n) => !distinct.has(n))
      .map((n) => `${n} is missing`),
  );
  report.check('all editions are sound', seen.problems);
  report.check(
    'there are as many as were published',
    seen.numbers.get(cube)?.length === wanted ? [] : [`there are ${seen.numbers.get(cube)?.length}`],
  );
  const took = (performance.now() - started) / 1000;
  return `${wanted} editions by ${processes} processes at once in ${took.toFixed(0)} s; a reader looked ${looks} times`;
}

/** A reader must never see half of anything, nor the past change. */
async function readWhile(root: string, goesOn: () => boolean, report: Report): Promise<number> {
  let looks = 0;
  let last: readonly string[] = [];
  while (goesOn()) {
    // A reader of its own each time, as a command is.
    const store = openStore(root);
    const read = await readEditions(store, cube, trust);
    const ids = (read.value ?? []).map(({ id, publishedAt }) => `${id} ${publishedAt}`);
    const violations = read.diagnostics.map(({ message }) => message);
    if (last.some((id, at) => ids[at] !== id)) violations.push('an edition has changed');
    if (looks % 10 === 0) violations.push(...(await soundnessOf(store)).problems);
    report.check('a reader beside publishers', violations);
    last = ids;
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return looks;
}
