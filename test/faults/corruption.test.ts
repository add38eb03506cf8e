import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/catalog/store.ts';
import { type Bucket, memoryBucket, objectStore } from '../catalog/objectStore.ts';
import { publishStep, versionOf } from './publishStep.ts';
import { soundnessOf } from './soundness.ts';

const cube = 'ledighed';
const now = () => new Date();

interface Published {
  readonly bucket: Bucket;
  readonly store: Store;
  /** Every file: objects, envelopes of editions, and the claim of what is newest. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

async function published(editions: number): Promise<Published> {
  const bucket = memoryBucket(now);
  const store = objectStore('cubes/published', bucket);
  for (let n = 1; n <= editions; n += 1) await publishStep(versionOf(cube, n, 3, 2500), store, now);
  const files = new Map<string, Uint8Array>();
  for (const key of await bucket.keys('')) files.set(key, (await bucket.get(key)) ?? new Uint8Array());
  return { bucket, store, files };
}

/** Whether a store with some files exchanged is seen to be wrong; afterwards they are as before. */
async function isNoticed(
  { bucket, store, files }: Published,
  changed: ReadonlyMap<string, Uint8Array | null>,
): Promise<boolean> {
  for (const [path, bytes] of changed)
    await (bytes === null ? bucket.delete(path) : bucket.put(path, bytes, false));
  const { problems } = await soundnessOf(store);
  for (const path of changed.keys()) {
    const sound = files.get(path);
    await (sound ? bucket.put(path, sound, false) : bucket.delete(path));
  }
  return problems.length > 0;
}

describe('a store', () => {
  it('shows every changed bit: one in every 64th byte of every file', async () => {
    const all = await published(2);
    expect((await soundnessOf(all.store)).problems).toEqual([]);
    const unseen: string[] = [];
    let flips = 0;
    for (const [path, bytes] of all.files) {
      for (let at = flips % 64; at < bytes.length; at += 64) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << (flips % 8));
        flips += 1;
        if (!(await isNoticed(all, new Map([[path, changed]])))) unseen.push(`${path} byte ${at}`);
      }
    }
    expect(unseen).toEqual([]);
    expect(flips).toBeGreaterThan(350);
  });

  it('shows every file that is cut short, gone, or longer than it was', async () => {
    const all = await published(2);
    for (const [path, bytes] of all.files) {
      const lengths = [0, bytes.length - 1];
      for (let at = 4096; at < bytes.length; at += 4096) lengths.push(at);
      for (const length of lengths)
        expect([path, length, await isNoticed(all, new Map([[path, bytes.slice(0, length)]]))]).toEqual([
          path,
          length,
          true,
        ]);
      expect([path, await isNoticed(all, new Map([[path, null]]))]).toEqual([path, true]);
      const longer = new Uint8Array([...bytes, 10]);
      expect([path, await isNoticed(all, new Map([[path, longer]]))]).toEqual([path, true]);
    }
  });

  it('shows any two files that have changed places', async () => {
    const all = await published(2);
    const paths = [...all.files.keys()];
    for (const [at, one] of paths.entries())
      for (const other of paths.slice(at + 1)) {
        const swapped = new Map([
          [one, all.files.get(other) ?? null],
          [other, all.files.get(one) ?? null],
        ]);
        expect([one, other, await isNoticed(all, swapped)]).toEqual([one, other, true]);
      }
  });

  it('shows an older edition that is put in place of a newer one, or after it', async () => {
    const all = await published(3);
    const at = (n: number) => `${cube}/editions/0000000${n}.json`;
    const bytesAt = (n: number) => all.files.get(at(n)) ?? new Uint8Array();
    expect(await isNoticed(all, new Map([[at(3), bytesAt(2)]]))).toBe(true);
    expect(await isNoticed(all, new Map([[at(4), bytesAt(3)]]))).toBe(true);
    // The newest taken away: only what is said to be the newest tells.
    expect(await isNoticed(all, new Map([[at(3), null]]))).toBe(true);
  });
});

describe('the clock', () => {
  it('orders nothing: 2001, 2038, two hours back, a leap day, the end of summer time', async () => {
    const clocks = [
      '2026-11-23T12:00:00Z',
      '2001-01-01T00:00:00Z',
      '2038-01-19T03:14:08Z',
      '2038-01-19T01:14:08Z',
      '2028-02-29T23:59:59Z',
      '2026-10-25T00:30:00Z',
    ];
    const hashesUnder = async (clock: (n: number) => string) => {
      const store = objectStore(
        'cubes/published',
        memoryBucket(() => new Date(clock(1))),
      );
      const editions = [];
      for (let n = 1; n <= clocks.length; n += 1) {
        // It steps back within one publish, too.
        let asked = 0;
        const stepping = () => new Date(Date.parse(clock(n)) - 1000 * asked++);
        editions.push(await publishStep(versionOf(cube, n, 2, 100), store, stepping));
      }
      expect((await soundnessOf(store)).problems).toEqual([]);
      return editions;
    };
    const wrong = await hashesUnder((n) => clocks[n - 1] ?? '');
    expect(wrong.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    const times = wrong.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual([...times].sort());
    expect(new Set(times).size).toBe(times.length);
    const right = await hashesUnder(() => '2026-11-23T12:00:00Z');
    expect(wrong.map(({ tables, model, id }) => ({ tables, model, id }))).toEqual(
      right.map(({ tables, model, id }) => ({ tables, model, id })),
    );
  });
});
