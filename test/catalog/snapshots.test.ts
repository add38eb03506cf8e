import { unlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/catalog/hash.ts';
import { claimReceipt, readReceipts } from '../../src/catalog/receipts.ts';
import { appendSnapshot, readSnapshots } from '../../src/catalog/snapshots.ts';
import type { Store } from '../../src/catalog/store.ts';
import type { Receipt } from '../../src/catalog/types.ts';
import { receiptWith, snapshotWith } from './records.ts';
import { temporaryStore } from './temporaryStore.ts';

const source = 'star.ledighed';

async function deliver(
  store: Store,
  receipts: readonly Receipt[],
  rows: number,
): Promise<readonly Receipt[]> {
  const { number, bytes } = await appendSnapshot(
    store,
    receipts,
    snapshotWith({ rows, receipt: receipts.length + 1 }),
  );
  const snapshots = [{ source, number, sha256: sha256(bytes) }];
  const receipt = await claimReceipt(store, receipts, receiptWith({ snapshots }));
  if (receipt === null) throw new Error('the number was taken');
  return [...receipts, receipt];
}

describe('snapshots and receipts', () => {
  it('are read back as they were written, each receipt naming the one before', async () => {
    const store = await temporaryStore();
    const one = await deliver(store, [], 10);
    const two = await deliver(store, one, 20);
    const receipts = await readReceipts(store);
    expect(receipts.diagnostics).toEqual([]);
    expect(receipts.value).toEqual(two);
    expect(two.map(({ number, previous }) => [number, previous === null])).toEqual([
      [1, true],
      [2, false],
    ]);
    const { value, diagnostics } = await readSnapshots(store, source, two);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ number, rows, receipt }) => [number, rows, receipt])).toEqual([
      [1, 10, 1],
      [2, 20, 2],
    ]);
    expect((await readSnapshots(store, 'dst.folketal', two)).value).toEqual([]);
  });

  it('are not visible before their receipt', async () => {
    const store = await temporaryStore();
    const one = await deliver(store, [], 10);
    await appendSnapshot(store, one, snapshotWith({ rows: 20, receipt: 2 }));
    expect((await readSnapshots(store, source, one)).value).toHaveLength(1);
  });

  it('that a killed run left are taken when they are what is written again, and else passed over', async () => {
    const store = await temporaryStore();
    const killed = await appendSnapshot(store, [], snapshotWith({ rows: 10 }));
    const again = await appendSnapshot(store, [], snapshotWith({ rows: 10 }));
    expect(again.number).toBe(killed.number);
    const other = await deliver(store, [], 11);
    const { value, diagnostics } = await readSnapshots(store, source, other);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ number, rows }) => [number, rows])).toEqual([[2, 11]]);
  });

  it('let one of two receipts have a number', async () => {
    const store = await temporaryStore();
    const won = await Promise.all([1, 2, 3].map(() => claimReceipt(store, [], receiptWith({}))));
    expect(won.filter((receipt) => receipt !== null)).toHaveLength(1);
  });

  it('that were edited are refused by name', async () => {
    const store = await temporaryStore();
    const receipts = await deliver(store, [], 10);
    const path = store.localPath('star.ledighed/1.json');
    await writeFile(
      path,
      new TextDecoder()
        .decode((await store.read('star.ledighed/1.json')) ?? undefined)
        .replace('2026M07', '2026M06'),
    );
    const edited = await readSnapshots(store, source, receipts);
    expect(edited.value).toEqual([]);
    expect(edited.diagnostics.map(({ code }) => code)).toEqual(['manifest-damaged']);
    expect(edited.diagnostics[0]?.message).toContain('data/snapshots/star.ledighed/1.json');
    await unlink(path);
    expect((await readSnapshots(store, source, receipts)).diagnostics.map(({ code }) => code)).toEqual([
      'manifest-damaged',
    ]);
  });

  it('a receipt that was exchanged breaks the chain', async () => {
    const store = await temporaryStore();
    const receipts = await deliver(store, await deliver(store, [], 10), 20);
    const text = JSON.stringify({ ...receipts[0], sender: 'somebody else' });
    await writeFile(store.localPath('receipts/1.json'), text);
    const read = await readReceipts(store);
    expect(read.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'chain-broken',
        'The manifest data/snapshots/receipts/2.json was not written after the one that now lies before it.',
      ],
    ]);
  });
});
