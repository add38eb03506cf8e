import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { keep } from '../support.ts';
import { makeFacts } from './facts.ts';
import { draws, families, requestOf } from './families.ts';
import { openKuber } from './kuber.ts';
import { percentile } from './rivals/harness.mjs';
import { kommuneCodes, publishWorld, takeIn, writeDefinitions, writeDeliveries } from './world.ts';

/** Their answers have as many rows however many facts there are. */
const asked = families.filter(({ name }) => /^q(01|02|06|10)_/.test(name));

/** What questions cost over ever more facts; kept after each size, since the largest takes longest. */
export async function measureCurve(reps: number): Promise<void> {
  const sizes = (process.env.SIZES ?? '10000,100000,1000000,10000000,100000000').split(',').map(Number);
  const kommuner = kommuneCodes();
  const drawn = draws(200, 1);
  const curve: Record<string, unknown>[] = [];
  for (const rows of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'flis-bench-'));
    const root = join(folder, 'workspace');
    mkdirSync(root);
    const facts = join(folder, 'facts.parquet');
    const started = performance.now();
    await makeFacts(facts, { rows, persons: Math.ceil(rows / 10) });
    writeDefinitions(root);
    await takeIn(root, await writeDeliveries(facts, join(root, 'in')));
    await publishWorld(root);
    const makingSeconds = Math.round((performance.now() - started) / 1000);
    const kuber = await openKuber(root);
    const medians: Record<string, number> = {};
    for (const family of asked) {
      const times: number[] = [];
      const begin = performance.now();
      for (let rep = -3; rep < reps && (rep < 3 || performance.now() - begin < 3000); rep += 1) {
        const request = requestOf(family, drawn[(rep + 3) % drawn.length] ?? raiseNoDraw(), kommuner);
        const before = performance.now();
        await kuber.ask(request);
        if (rep >= 0) times.push(performance.now() - before);
      }
      medians[family.name] = Number(
        percentile(
          times.sort((a, b) => a - b),
          0.5,
        ).toPrecision(3),
      );
    }
    await kuber.close();
    rmSync(folder, { recursive: true, force: true });
    curve.push({ rows, makingSeconds, medians });
    console.error(JSON.stringify(curve.at(-1)));
    const isWhole = rows >= 10_000_000;
    keep(
      'query-curve',
      'How does the cost of questions grow with the facts, where answers stay as large?',
      { curve },
      { quiet: true, ...(isWhole ? {} : { folder: tmpdir() }) },
    );
  }
}

function raiseNoDraw(): never {
  throw new Error('nothing was drawn');
}
