import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readReceipts } from '../../src/catalog/receipts.ts';
import { readSnapshots } from '../../src/catalog/snapshots.ts';
import type { Store } from '../../src/catalog/store.ts';
import { type IngestContext, ingestDelivery } from '../../src/supply/ingest.ts';
import { bytesOf, temporaryStore } from '../catalog/temporaryStore.ts';
import { condition, lists, noParquet, opening, sourceWith } from './fixtures.ts';

const sources = ['total', 'hours'].map((rows) =>
  sourceWith({ id: `star.${rows}`, inFile: { rows: condition(`maaletal == "${rows}"`) } }),
);
const contextWith = (store: Store): IngestContext => ({
  ...lists,
  sources,
  store,
  writeTable: (table, path) => writeFile(path, String(table.columns.map(({ values }) => values))),
  parquet: noParquet,
  now: () => new Date('2026-09-01T00:00:00Z'),
});

const delivery = (hour: number, value: string) => ({
  name: 'star_1.csv',
  label: 'star_1.csv',
  open: opening(
    bytesOf(
      `kommune_kode;maaletal;periode;vaerdi\n101;total;2026M07;${value}\n147;hours;2026M07;${value}\n99${hour};hours;2026M07;1.0\n`,
    ),
  ),
  received: `2026-08-19T0${hour}:00:00.000Z`,
  sender: null,
  synthetic: false,
});

class Killed extends Error {}

const writes = ['createExclusive', 'adopt', 'replace', 'move', 'remove', 'withTemporary'] as const;

/** A store whose n-th write is the last thing that happens: before it, or after it. */
function killedAt(store: Store, n: number, when: 'before' | 'after') {
  const calls = { count: 0 };
  const killing = Object.fromEntries(
    writes.map((name) => [
      name,
      async (...call: unknown[]) => {
        calls.count += 1;
        const isLast = calls.count === n;
        if (isLast && when === 'before') throw new Killed();
        const result: unknown = await (store[name] as (...call: unknown[]) => Promise<unknown>)(...call);
        if (isLast) throw new Killed();
        return result;
      },
    ]),
  );
  return { store: { ...store, ...killing } as Store, calls };
}

async function stateOf(store: Store) {
  const receipts = await readReceipts(store);
  const snapshots = await Promise.all(
    sources.map(({ id }) => readSnapshots(store, id, receipts.value ?? [])),
  );
  return {
    receipts: receipts.value,
    snapshots: snapshots.map(({ value }) => value),
    diagnostics: [...receipts.diagnostics, ...snapshots.flatMap((read) => read.diagnostics)],
  };
}

async function undisturbed() {
  const store = await temporaryStore();
  await ingestDelivery(delivery(5, '1.0'), contextWith(store));
  const before = await stateOf(store);
  const counting = killedAt(store, Number.POSITIVE_INFINITY, 'before');
  await ingestDelivery(delivery(6, '2.0'), contextWith(counting.store));
  return { before, after: await stateOf(store), writes: counting.calls.count };
}

describe('commitDelivery', () => {
  it('leaves nothing half done wherever it is killed, and the next run ends as if it had not been', async () => {
    const expected = await undisturbed();
    expect(expected.writes).toBeGreaterThanOrEqual(8);
    for (let n = 1; n <= expected.writes; n += 1) {
      for (const when of ['before', 'after'] as const) {
        const store = await temporaryStore();
        await ingestDelivery(delivery(5, '1.0'), contextWith(store));
        const killed = ingestDelivery(delivery(6, '2.0'), contextWith(killedAt(store, n, when).store));
        await expect(killed).rejects.toThrow(Killed);
        expect([expected.before, expected.after]).toContainEqual(await stateOf(store));
        await ingestDelivery(delivery(6, '2.0'), contextWith(store));
        expect(await stateOf(store)).toEqual(expected.after);
      }
    }
  });

  it('takes another delivery after a killed one, whose manifests stay unnamed', async () => {
    const store = await temporaryStore();
    const { writes } = await undisturbed();
    const atReceipt = killedAt(store, writes, 'before');
    await expect(ingestDelivery(delivery(5, '1.0'), contextWith(atReceipt.store))).rejects.toThrow(Killed);
    expect(await store.list('star.total')).toEqual(['1.json']);
    await ingestDelivery(delivery(6, '2.0'), contextWith(store));
    const state = await stateOf(store);
    expect(state.diagnostics).toEqual([]);
    expect(state.receipts?.map(({ snapshots }) => snapshots.map(({ number }) => number))).toEqual([[2, 2]]);
    await ingestDelivery(delivery(5, '1.0'), contextWith(store));
    expect(
      (await stateOf(store)).snapshots.map((list) => list?.map(({ number, receipt }) => [number, receipt])),
    ).toEqual([
      [
        [2, 1],
        [3, 2],
      ],
      [
        [2, 1],
        [3, 2],
      ],
    ]);
  });
});
