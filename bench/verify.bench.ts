import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEditions } from '../src/catalog/editions.ts';
import { posixStore } from '../src/catalog/posixStore.ts';
import { verifyFiles } from '../src/serve/verify.ts';
import { publishStep, trust } from '../test/faults/publishStep.ts';
import { keep, summary } from './support.ts';

/**
 * How fast are 24 editions verified: signatures, chain, and every file against its hash? Beside it sha256sum over
 * the same files, which knows no editions, and what one core hashes from memory, which is the limit.
 */
const editions = 24;
const runs = 5;
const cube = 'verify';

const root = mkdtempSync(join(tmpdir(), 'flis-bench-'));
const store = posixStore(root, 'cubes/published', {
  own: process.pid,
  isAlive: (id) => id === process.pid,
  now: () => new Date(),
});
// Each edition brings new files of several sizes, and keeps a model that all share.
const model = randomBytes(300_000);
for (let n = 1; n <= editions; n += 1) {
  const own = [200_000, 1_000_000, 3_000_000, 8_000_000].map((size) => randomBytes(size));
  await publishStep({ cube, files: [model, ...own] }, store, () => new Date());
}

async function verifyAll(): Promise<number> {
  const verified = new Set<string>();
  const read = await readEditions(store, cube, trust);
  const problems = [...read.diagnostics.map(({ message }) => message)];
  let bytes = 0;
  const sizes = new Map<string, number>();
  for (const manifest of read.value ?? []) {
    const { value } = await verifyFiles(manifest, { editionStore: store, snapshotStore: store, verified });
    problems.push(...value.problems);
    for (const file of [
      manifest.model,
      ...manifest.tables.flatMap(({ parts }) => parts.map((one) => one.file)),
    ])
      sizes.set(file.sha256, file.size);
  }
  for (const size of sizes.values()) bytes += size;
  if (problems.length > 0 || read.value?.length !== editions) throw new Error(problems.join('\n'));
  return bytes;
}

/** Megabytes a second by the clock, and by the processors that it used. */
async function speed(work: () => Promise<number> | number): Promise<readonly [number, number]> {
  const started = performance.now();
  const before = process.cpuUsage();
  const bytes = await work();
  const clock = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return [bytes / 1e3 / clock, bytes / (user + system)];
}

const samples = {
  verify: [] as number[],
  verifyProcessor: [] as number[],
  sha256sum: [] as number[],
  memory: [] as number[],
};
const inMemory = Buffer.alloc(64_000_000, 7);
let total = 0;
for (let run = -1; run < runs; run += 1) {
  total = await verifyAll();
  const [clock, processor] = await speed(verifyAll);
  const [beside] = await speed(() => {
    const { status } = spawnSync('sh', [
      '-c',
      `find ${root}/objects -type f -print0 | xargs -0 sha256sum > /dev/null`,
    ]);
    if (status !== 0) throw new Error('sha256sum failed');
    return total;
  });
  const [, limit] = await speed(() => {
    createHash('sha256').update(inMemory).digest('hex');
    return inMemory.length;
  });
  if (run < 0) continue;
  samples.verify.push(clock);
  samples.verifyProcessor.push(processor);
  samples.sha256sum.push(beside);
  samples.memory.push(limit);
}
rmSync(root, { recursive: true });
keep('verify', 'how many MB a second 24 editions are verified at, files in the page cache', {
  editions,
  megabytes: Math.round(total / 1e6),
  loadAverage: loadavg()[0],
  megabytesPerSecond: summary(samples.verify),
  megabytesPerProcessorSecond: summary(samples.verifyProcessor),
  besides: {
    'sha256sum of the same files, by the clock': summary(samples.sha256sum),
    'one core hashing from memory, per processor second': summary(samples.memory),
  },
});
