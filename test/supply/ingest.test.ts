import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectPath, readObject } from '../../src/catalog/objects.ts';
import { readReceipts } from '../../src/catalog/receipts.ts';
import { readSnapshots } from '../../src/catalog/snapshots.ts';
import { currentParts } from '../../src/catalog/sourceState.ts';
import type { Store } from '../../src/catalog/store.ts';
import type { Table } from '../../src/catalog/types.ts';
import type { Source } from '../../src/model/types.ts';
import type { Delivery } from '../../src/supply/delivery.ts';
import { type IngestContext, ingestDelivery } from '../../src/supply/ingest.ts';
import { temporaryStore, textOf, bytesOf as utf8 } from '../catalog/temporaryStore.ts';
import { condition, lists, noParquet, numberColumn, opening, said, sourceWith } from './fixtures.ts';

/** In place of an engine: the table as text, so that a test can read it. */
const writeTable = (table: Table, path: string) =>
  writeFile(
    path,
    JSON.stringify(table, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );

const ledighed = sourceWith({ id: 'star.ledighed', inFile: { rows: condition('maaletal == "total"') } });
const timer = sourceWith({ id: 'star.timer', inFile: { rows: condition('maaletal == "hours"') } });

const contextWith = (store: Store, sources: readonly Source[] = [ledighed, timer]): IngestContext => ({
  ...lists,
  sources,
  store,
  writeTable,
  parquet: noParquet,
  now: () => new Date('2026-09-01T00:00:00Z'),
});

const header = 'kommune_kode;maaletal;periode;vaerdi';
const fileOf = (...rows: string[]) => utf8(`${header}\n${rows.join('\n')}\n`);
const a = fileOf('101;total;2026M07;1.0', '147;total;2026M07;2.0');
const b = fileOf('101;total;2026M07;1.0', '147;total;2026M07;3.0');

const deliveryOf = (bytes: Uint8Array, changes: Partial<Delivery> = {}): Delivery => ({
  name: 'star_1.csv',
  label: 'data/deliveries/star_1.csv',
  open: opening(bytes),
  received: '2026-08-19T05:00:00.000Z',
  sender: 'STAR',
  synthetic: false,
  ...changes,
});
const at = (hour: number) => `2026-08-19T0${hour}:00:00.000Z`;

/** What the store says now, in a form that two stores can be compared in. */
async function stateOf(store: Store) {
  const receipts = await readReceipts(store);
  const sources = [ledighed, timer];
  const snapshots = await Promise.all(
    sources.map(({ id }) => readSnapshots(store, id, receipts.value ?? [])),
  );
  return {
    receipts: receipts.value,
    snapshots: snapshots.map(({ value }) => value),
    current: snapshots.map(({ value }, at) => currentParts(value ?? [], sources[at] ?? ledighed)),
    diagnostics: [...receipts.diagnostics, ...snapshots.flatMap((read) => read.diagnostics)],
  };
}

describe('ingestDelivery', () => {
  it('makes a snapshot of each source and a receipt that names them', async () => {
    const store = await temporaryStore();
    const result = await ingestDelivery(
      deliveryOf(
        fileOf(
          '101;total;2026M07;1.0',
          '101;hours;2026M06;2.0',
          '999;hours;2026M07;3.0',
          '147;hours;2026M07;',
        ),
      ),
      contextWith(store),
    );
    expect(result.verdict).toBe('accepted');
    expect(said(result.diagnostics)).toEqual([['unknown-code', 4, 'kommune_kode']]);
    const state = await stateOf(store);
    expect(state.diagnostics).toEqual([]);
    expect(state.receipts).toEqual([result.receipt]);
    expect(result.receipt).toMatchObject({
      number: 1,
      file: 'star_1.csv',
      received: at(5),
      sender: 'STAR',
      synthetic: false,
      previous: null,
      sources: [
        { source: 'star.ledighed', verdict: 'accepted', rows: 1, refused: 0, quarantine: null },
        { source: 'star.timer', verdict: 'accepted', rows: 3, refused: 1 },
      ],
      snapshots: [
        { source: 'star.ledighed', number: 1 },
        { source: 'star.timer', number: 1 },
      ],
      messages: [
        {
          code: 'unknown-code',
          severity: 'error',
          text: 'star.timer: 1 row refused, column "kommune_kode", the first in line 4.',
        },
      ],
    });
    const hours = result.snapshots[1];
    expect(hours).toMatchObject({
      source: 'star.timer',
      receipt: 1,
      received: at(5),
      contract: 'c0ffee',
      periods: [
        { period: '2026M06', rows: 1 },
        { period: '2026M07', rows: 1 },
      ],
      rows: 2,
      refused: 1,
    });
    const written = JSON.parse(
      await readFile(store.localPath(objectPath(hours?.file ?? { sha256: '', size: 0 })), 'utf8'),
    );
    expect(written.columns[0].values).toEqual(['101', '147']);
    const quarantine = await readObject(store, hours?.quarantine ?? { sha256: '', size: 0 });
    expect(textOf(quarantine.value)).toBe(
      'row,column,code,reason\n4,kommune_kode,unknown-code,"There is no ""999"" in kommune, land."\n',
    );
  });

  it('does nothing for a delivery that is recorded', async () => {
    const store = await temporaryStore();
    const first = await ingestDelivery(deliveryOf(a), contextWith(store));
    const before = await stateOf(store);
    const again = await ingestDelivery(deliveryOf(a), contextWith(store));
    expect(again).toEqual({
      verdict: 'accepted',
      alreadyReceived: true,
      receipt: first.receipt,
      snapshots: [],
      diagnostics: [],
    });
    expect(await stateOf(store)).toEqual(before);
  });

  it('records the same content received later as nothing new', async () => {
    const store = await temporaryStore();
    await ingestDelivery(deliveryOf(a), contextWith(store));
    const shuffled = fileOf('147;total;2026M07;2.0', '0101;total;2026-07;1.0');
    const later = await ingestDelivery(deliveryOf(shuffled, { received: at(6) }), contextWith(store));
    expect(later).toMatchObject({ verdict: 'nothing_new', alreadyReceived: false, snapshots: [] });
    expect((await stateOf(store)).current[0]?.[0]?.snapshot.number).toBe(1);
  });

  it('takes a return to older content as new', async () => {
    const store = await temporaryStore();
    for (const [bytes, hour] of [
      [a, 5],
      [b, 6],
      [a, 7],
    ] as const) {
      expect(
        (await ingestDelivery(deliveryOf(bytes, { received: at(hour) }), contextWith(store))).verdict,
      ).toBe('accepted');
    }
    const state = await stateOf(store);
    expect(state.current[0]?.map(({ snapshot }) => snapshot.number)).toEqual([3]);
    expect(state.snapshots[0]?.map(({ file }) => file.sha256)[0]).toBe(state.snapshots[0]?.[2]?.file.sha256);
  });

  it('keeps a delivery that arrives late, and lets the newer one stand', async () => {
    const store = await temporaryStore();
    await ingestDelivery(deliveryOf(b, { received: at(6) }), contextWith(store));
    const late = await ingestDelivery(deliveryOf(a, { received: at(5) }), contextWith(store));
    expect(late.verdict).toBe('accepted');
    expect(said(late.diagnostics)).toContainEqual(['late-receipt', 1, undefined]);
    expect((await stateOf(store)).current[0]?.map(({ snapshot }) => snapshot.receipt)).toEqual([1]);
  });

  it('counts a delivery without a time as received now, and knows it again by its bytes', async () => {
    const store = await temporaryStore();
    const first = await ingestDelivery(deliveryOf(a, { received: null }), contextWith(store));
    expect(first.receipt?.received).toBe('2026-09-01T00:00:00.000Z');
    const later = { ...contextWith(store), now: () => new Date('2026-09-02T00:00:00Z') };
    expect((await ingestDelivery(deliveryOf(a, { received: null }), later)).alreadyReceived).toBe(true);
    expect((await ingestDelivery(deliveryOf(b, { received: null }), later)).alreadyReceived).toBe(false);
  });

  it.each([
    ['no contract has its name', { name: 'other.csv' }, a, 'unknown-delivery'],
    ['it is empty', {}, utf8(''), 'empty-delivery'],
    ['its letters are broken', {}, Uint8Array.from([...a, 0xff]), 'wrong-encoding'],
    ['most of its rows are wrong', {}, fileOf('999;total;2026M07;1.0'), 'too-many-refused'],
  ])('records a delivery that is refused since %s, once', async (_why, changes, bytes, code) => {
    const store = await temporaryStore();
    const refused = await ingestDelivery(deliveryOf(bytes, changes), contextWith(store));
    expect(refused).toMatchObject({ verdict: 'refused', snapshots: [] });
    expect(refused.diagnostics.map((one) => one.code)).toContain(code);
    expect(refused.receipt?.messages.map((one) => one.code)).toContain(code);
    expect((await ingestDelivery(deliveryOf(bytes, changes), contextWith(store))).alreadyReceived).toBe(true);
  });

  it('refuses the whole of a delivery whose values two contracts claim', async () => {
    const store = await temporaryStore();
    const greedy = sourceWith({ id: 'star.alt' });
    const result = await ingestDelivery(deliveryOf(a), contextWith(store, [ledighed, greedy]));
    expect(result).toMatchObject({ verdict: 'refused', snapshots: [] });
    expect(said(result.diagnostics)).toEqual([['rows-claimed-twice', 2, 'vaerdi']]);
  });

  it('takes the sources that are right where another of the file is refused', async () => {
    const store = await temporaryStore();
    const result = await ingestDelivery(
      deliveryOf(fileOf('101;total;2026M07;1.0', '101;hours;2026M07;x')),
      contextWith(store),
    );
    expect(result.verdict).toBe('accepted');
    expect(result.receipt?.sources.map(({ source, verdict }) => [source, verdict])).toEqual([
      ['star.ledighed', 'accepted'],
      ['star.timer', 'refused'],
    ]);
  });

  it('judges a delivery again once a contract of it has changed, and only by that one', async () => {
    const store = await temporaryStore();
    const bytes = fileOf('101;total;2026M07;1.0', '101;hours;2026M07;16,5');
    const refused = await ingestDelivery(deliveryOf(bytes), contextWith(store));
    expect(refused.receipt?.sources[1]?.verdict).toBe('refused');
    const mended: Source = {
      ...timer,
      contract: 'mended',
      columns: [...timer.columns.slice(0, 3), numberColumn()],
      file: { ...timer.file, decimal: ',' },
    };
    const again = await ingestDelivery(deliveryOf(bytes), contextWith(store, [ledighed, mended]));
    expect(again.receipt).toMatchObject({
      number: 2,
      verdict: 'accepted',
      sources: [{ source: 'star.timer', verdict: 'accepted' }],
      snapshots: [{ source: 'star.timer', number: 1 }],
    });
    expect(again.diagnostics).toEqual([]);
  });

  it('judges a delivery again once a code of it has come into its list', async () => {
    const store = await temporaryStore();
    const bytes = fileOf('101;total;2026M07;1.0', '999;total;2026M07;2.0');
    const context = contextWith(store);
    expect((await ingestDelivery(deliveryOf(bytes), context)).snapshots[0]?.rows).toBe(1);
    const { kommune } = lists.classifications;
    const [some] = kommune?.members ?? [];
    if (kommune === undefined || some === undefined) throw new Error('no list');
    const longer = { ...kommune, members: [...kommune.members, { ...some, code: '999', aliases: [] }] };
    const again = await ingestDelivery(deliveryOf(bytes), {
      ...context,
      classifications: { ...lists.classifications, kommune: longer },
    });
    expect(again.snapshots[0]).toMatchObject({ number: 2, rows: 2 });
  });

  it.each([
    ['its receipt says so', deliveryOf(a, { synthetic: true }), ledighed],
    [
      'any row of it has the mark, whatever the receipt says',
      deliveryOf(fileOf('101;total;2026M07;1.0', '147;syntetisk;2026M07;1.0')),
      { ...ledighed, file: { ...ledighed.file, synthetic: { column: 'maaletal', contains: 'syntetisk' } } },
    ],
  ])('marks a delivery as synthetic where %s', async (_why, delivery, source) => {
    const store = await temporaryStore();
    const { receipt, snapshots } = await ingestDelivery(delivery, contextWith(store, [source]));
    expect([receipt?.synthetic, snapshots[0]?.synthetic]).toEqual([true, true]);
  });

  it('does not let real figures hide behind equal synthetic ones', async () => {
    const store = await temporaryStore();
    await ingestDelivery(deliveryOf(a, { synthetic: true }), contextWith(store));
    const real = await ingestDelivery(deliveryOf(a, { received: at(6) }), contextWith(store));
    expect(real.snapshots.map(({ synthetic }) => synthetic)).toEqual([false]);
  });

  it('takes nothing of a file that changes while it is read', async () => {
    const store = await temporaryStore();
    let reads = 0;
    const open = async function* () {
      reads += 1;
      yield reads === 1 ? a : b;
    };
    const { verdict, diagnostics, snapshots } = await ingestDelivery(
      deliveryOf(a, { open }),
      contextWith(store),
    );
    expect([verdict, diagnostics.map(({ code }) => code), snapshots]).toEqual([
      'refused',
      ['file-changed'],
      [],
    ]);
  });

  it('never writes the number of a person anywhere', async () => {
    const store = await temporaryStore();
    const numbers = ['010190-1234', '0101901234'];
    const bytes = fileOf(
      '010190-1234;total;2026M07;1.0',
      '101;total;0101901234;010190-1234',
      '101;0101901234;2026M07;1',
      '147;total;2026M07;1.0',
      '101;total;2026M07;1.0',
      '000;total;2026M07;1.0',
    );
    const { diagnostics } = await ingestDelivery(deliveryOf(bytes), contextWith(store));
    const texts = [JSON.stringify(diagnostics)];
    const walk = async (folder: string): Promise<void> => {
      for (const name of await store.list(folder))
        texts.push(textOf(await store.read(folder === '' ? name : `${folder}/${name}`)) ?? '');
      for (const name of await store.folders(folder)) await walk(folder === '' ? name : `${folder}/${name}`);
    };
    await walk('');
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) for (const number of numbers) expect(text).not.toContain(number);
  });

  it('stops at a damaged store, and adds nothing to it', async () => {
    const store = await temporaryStore();
    await ingestDelivery(deliveryOf(a), contextWith(store));
    await writeFile(store.localPath('receipts/1.json'), '{');
    const stopped = await ingestDelivery(deliveryOf(b, { received: at(6) }), contextWith(store));
    expect(stopped).toMatchObject({ verdict: 'refused', receipt: null });
    expect(stopped.diagnostics.map(({ code }) => code)).toEqual(['manifest-damaged']);
    expect(await store.list('receipts')).toEqual(['1.json']);
  });

  it('gives concurrent runs of one delivery one receipt, and of two deliveries two', async () => {
    const store = await temporaryStore();
    const one = deliveryOf(a);
    const two = deliveryOf(b, { received: at(6) });
    const results = await Promise.all(
      [one, two, one, two, one].map((delivery) => ingestDelivery(delivery, contextWith(store))),
    );
    expect(results.filter(({ alreadyReceived }) => !alreadyReceived)).toHaveLength(2);
    const state = await stateOf(store);
    expect(state.diagnostics).toEqual([]);
    expect(state.receipts).toHaveLength(2);
    expect(state.current[0]?.map(({ snapshot }) => snapshot.received)).toEqual([at(6)]);
  });

  it('takes any bytes without a throw', async () => {
    const store = await temporaryStore();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.nat(a.length), async (noise, length) => {
        const bytes = Uint8Array.from([...a.subarray(0, length), ...noise]);
        const { receipt } = await ingestDelivery(deliveryOf(bytes), contextWith(store));
        expect(receipt).not.toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});
