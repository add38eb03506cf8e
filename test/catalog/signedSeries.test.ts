import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendEdition, editionSeries, readEditions } from '../../src/catalog/editions.ts';
import { sealEnvelope } from '../../src/catalog/envelope.ts';
import { lastOf } from '../../src/catalog/signedSeries.ts';
import { newSigningKey, type Signer } from '../../src/catalog/signingKey.ts';
import type { Store } from '../../src/catalog/store.ts';
import type { TrustedKey, TrustRoot } from '../../src/catalog/trust.ts';
import { testSigning } from '../support/signing.ts';
import { editionWith } from './records.ts';
import { temporaryStore } from './temporaryStore.ts';

const cube = 'beskaeftigelse';
const { signer, trust } = testSigning();
const publish = (store: Store, id: string, by: Signer = signer, of = cube) =>
  appendEdition(store, of, by, (number, previous) => editionWith({ cube: of, number, previous, id }));
const pathOf = (store: Store, of: string, number: number) =>
  store.localPath(`${of}/editions/${String(number).padStart(8, '0')}.json`);
const withKey = (change: Partial<TrustedKey>): TrustRoot => ({
  exists: true,
  keys: trust.keys.map((key) => ({ ...key, ...change })),
});

async function said(store: Store, by: TrustRoot, of = cube) {
  const { value, diagnostics } = await readEditions(store, of, by);
  return [value?.map(({ id }) => id), diagnostics.map(({ code }) => code)];
}

describe('signed records', () => {
  it('are refused where they lie under another cube or number', async () => {
    const store = await temporaryStore();
    for (const id of ['a', 'b']) await publish(store, id);
    await publish(store, 'x', signer, 'befolkning');
    await mkdir(dirname(pathOf(store, 'regnskab', 1)), { recursive: true });
    await copyFile(pathOf(store, 'befolkning', 1), pathOf(store, 'regnskab', 1));
    expect(await said(store, trust, 'regnskab')).toEqual([[], ['misplaced-record']]);
    await copyFile(pathOf(store, cube, 1), pathOf(store, cube, 2));
    expect(await said(store, trust)).toEqual([['a'], ['misplaced-record']]);
  });

  it('of a newer program are told from what lies in a wrong place', async () => {
    const store = await temporaryStore();
    const { folder, payloadType, wrap } = editionSeries(cube);
    const text = new TextDecoder().decode(wrap(editionWith({ number: 1 })));
    const newer = new TextEncoder().encode(text.replace('"format": 2', '"format": 3'));
    await store.createExclusive(`${folder}/00000001.json`, sealEnvelope(payloadType, newer, signer));
    expect(await said(store, trust)).toEqual([[], ['edition-too-new']]);
  });

  it('of a key that is out of use count up to the last that it vouches for', async () => {
    const store = await temporaryStore();
    for (const id of ['a', 'b', 'c']) await publish(store, id);
    const folder = editionSeries(cube).folder;
    const last = await lastOf(store, editionSeries(cube));
    if (!last) throw new Error('three are there');
    const retired = withKey({ vouches: { [folder]: last } });
    expect(await said(store, retired)).toEqual([['a', 'b', 'c'], []]);
    await publish(store, 'd');
    expect(await said(store, retired)).toEqual([['a', 'b', 'c'], ['key-out-of-use']]);
    const revoked = { at: '2026-08-19T12:00:00Z', reason: 'leaked' };
    expect(await said(store, withKey({ revoked }))).toEqual([[], Array(4).fill('key-out-of-use')]);
  });

  it('of a key that is out of use cannot be exchanged, not even before the last that it vouches for', async () => {
    const store = await temporaryStore();
    for (const id of ['a', 'b', 'c']) await publish(store, id);
    const { folder, payloadType, wrap } = editionSeries(cube);
    const last = await lastOf(store, editionSeries(cube));
    if (!last) throw new Error('three are there');
    const [, second] = (await readEditions(store, cube, trust)).value ?? [];
    const forged = sealEnvelope(payloadType, wrap(editionWith({ ...second, id: 'forged' })), signer);
    await store.replace(`${folder}/00000002.json`, forged);
    const [ids] = await said(store, withKey({ vouches: { [folder]: last } }));
    expect(ids).toEqual(['c']);
  });

  it('may be signed by one key after the other', async () => {
    const store = await temporaryStore();
    await publish(store, 'a');
    const folder = editionSeries(cube).folder;
    const last = await lastOf(store, editionSeries(cube));
    const next = newSigningKey();
    const key = { name: 'next', keyid: next.keyid, publicKey: next.publicKey, from: '2026-08-19T00:00:00Z' };
    const both: TrustRoot = {
      exists: true,
      keys: [
        ...withKey({ vouches: last && { [folder]: last } }).keys,
        { ...key, to: null, revoked: null, vouches: null },
      ],
    };
    await publish(store, 'b', next);
    expect(await said(store, both)).toEqual([['a', 'b'], []]);
  });
});
