import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/catalog/collect.ts';
import { editionFiles } from '../../src/catalog/editionFiles.ts';
import { readEditions } from '../../src/catalog/editions.ts';
import { type Holder, withLease } from '../../src/catalog/leases.ts';
import { objectPath, putObject, readObject } from '../../src/catalog/objects.ts';
import { reachOfEditions } from '../../src/catalog/reach.ts';
import type { Store } from '../../src/catalog/store.ts';
import { memoryBucket, objectStore } from '../catalog/objectStore.ts';
import { turns } from './interleaved.ts';
import { type Prepared, publishStep, trust, versionOf } from './publishStep.ts';
import { randomOf } from './random.ts';
import { soundnessOf } from './soundness.ts';

/** `INTERLEAVINGS=10000` for the longer mode. */
const interleavings = Number(process.env.INTERLEAVINGS ?? 300);
const now = new Date('2026-11-23T12:00:00Z');
const longAgo = new Date('2025-01-01T00:00:00Z');
const cube = 'ledighed';

const holderOf = (own: number, wait: () => Promise<void>): Holder => ({
  host: 'bison',
  own,
  isAlive: () => true,
  now: () => now,
  wait,
});

/** Publishers whose files lie there already, since long and named by nobody; collectors; readers. */
async function violationsOf(seed: number, isCareful: boolean): Promise<readonly string[]> {
  const random = randomOf(seed);
  const order = turns(random);
  let clock = longAgo;
  const beneath = memoryBucket(() => clock);
  const quiet = objectStore('cubes/published', beneath);
  const store = objectStore('cubes/published', order.bucket(beneath));
  const versions = [1, 2, 3].map((n) => versionOf(cube, n, 3, 20));
  for (const { files } of versions)
    for (const bytes of files) if (random() < 0.7) await putObject(quiet, bytes);
  const held = await putObject(quiet, versionOf(cube, 9, 2, 20).files[1] ?? new Uint8Array());
  clock = now;

  const violations: string[] = [];
  await order.run([
    ...versions
      .slice(0, 2)
      .map((version, at) => publisher(store, version, holderOf(at + 1, order.pause), isCareful)),
    collector(store, holderOf(11, order.pause)),
    collector(store, holderOf(12, order.pause)),
    reader(store, violations),
    withLease(store, holderOf(21, order.pause), { purpose: 'read', objects: [held.sha256] }, async () => {
      for (let look = 0; look < 5; look += 1)
        if ((await store.exists(objectPath(held))) === false) {
          // Gone before the lease was taken is gone; gone under it is not allowed.
          if (look > 0) violations.push('a leased file is gone');
          return;
        }
    }),
  ]);
  return [...violations, ...(await soundnessOf(quiet)).problems];
}

async function publisher(store: Store, version: Prepared, holder: Holder, isCareful: boolean): Promise<void> {
  await publishStep(version, store, () => now, isCareful ? holder : null);
}

async function collector(store: Store, holder: Holder): Promise<void> {
  await collect(store, () => reachOfEditions(store, trust), holder, { retention: 1000, dryRun: false });
}

async function reader(store: Store, violations: string[]): Promise<void> {
  for (let look = 0; look < 3; look += 1) {
    const { value = [] } = await readEditions(store, cube, trust);
    for (const { file } of value.at(-1) ? editionFiles(value.at(-1) as (typeof value)[number]) : [])
      violations.push(...(await readObject(store, file)).diagnostics.map(({ message }) => message));
  }
}

describe('a collector among publishers and readers', () => {
  it(`never takes what an edition comes to need, in whatever order they have their turns (${interleavings})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await violationsOf(seed, true)).toEqual([]);
      }),
      { numRuns: interleavings },
    );
  });

  it('would be noticed by this test if publishers took no lease', async () => {
    let noticed = 0;
    for (let seed = 0; seed < 100; seed += 1)
      noticed += (await violationsOf(seed, false).catch(() => ['failed'])).length > 0 ? 1 : 0;
    expect(noticed).toBeGreaterThan(0);
  });
});
