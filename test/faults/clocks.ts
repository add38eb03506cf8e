import { join } from 'node:path';
import { readEditions } from '../../src/catalog/editions.ts';
import { trust } from './publishStep.ts';
import type { Report } from './report.ts';
import { soundnessOf } from './soundness.ts';
import { cube, openStore } from './stores.ts';
import { startWorker, type Tools } from './tracing.ts';

/** What faketime is told: in this order, so that time goes back more than once. */
const clocks = [
  '2026-11-23 12:00:00',
  '2001-01-01 00:00:00',
  '2038-01-19 03:14:08',
  '-2h',
  '2028-02-29 23:59:59',
  '2026-10-25 02:30:00',
  '+0 x500',
] as const;

/** Publishers whose clocks are wrong, one after another: the order is that of the numbers, whatever they say. */
export async function wrongClocks(tools: Tools, report: Report): Promise<string> {
  const root = join(tools.scratch, 'clocks');
  const perClock = 3;
  for (const [at, clock] of clocks.entries()) {
    const work = { root, cube, first: at * perClock + 1, versions: perClock, files: 2, size: 200 };
    const worker = await startWorker(tools, work, {
      before: ['faketime', '-f', clock.startsWith('2') ? `@${clock}` : clock],
    });
    worker.go();
    const { said } = await worker.finished;
    const wanted = Array.from({ length: perClock }, (_, n) => `published ${work.first + n}`);
    report.check(`a clock at ${clock}`, said.join() === wanted.join() ? [] : [said.join()]);
  }
  const store = openStore(root);
  const editions = (await readEditions(store, cube, trust)).value ?? [];
  const times = editions.map(({ publishedAt }) => publishedAt);
  report.check('the editions are sound', (await soundnessOf(store)).problems);
  report.check(
    'published_at never goes back',
    times.filter((time, at) => at > 0 && time <= (times[at - 1] ?? '')),
  );
  report.check(
    'the clock was really wrong',
    times[0]?.startsWith('2026-11-23T') && times.at(-1)?.startsWith('2038-') ? [] : times,
  );
  return `${editions.length} editions under ${clocks.length} clocks`;
}
