import { createHash } from 'node:crypto';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  appendEdition,
  editionSeries,
  findEdition,
  publishedCubes,
  readEditions,
} from '../../src/catalog/editions.ts';
import { sealEnvelope } from '../../src/catalog/envelope.ts';
import type { Store } from '../../src/catalog/store.ts';
import { testSigning } from '../support/signing.ts';
import { editionWith } from './records.ts';
import { temporaryStore } from './temporaryStore.ts';

const cube = 'beskaeftigelse';
const { signer, trust } = testSigning();
const publish = (store: Store, id: string) =>
  appendEdition(store, cube, signer, (number, previous) => editionWith({ number, previous, id }));

describe('editions', () => {
  it('are numbered with eight digits and name the one before by the hash of its bytes', async () => {
    const store = await temporaryStore();
    await publish(store, '2026M06-1-aaaaaaaa');
    await publish(store, '2026M07-1-bbbbbbbb');
    expect(await store.list(`${cube}/editions`)).toEqual(['00000001.json', '00000002.json']);
    const first = await readFile(store.localPath(`${cube}/editions/00000001.json`));
    const { value, diagnostics } = await readEditions(store, cube, trust);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ previous }) => previous)).toEqual([
      null,
      createHash('sha256').update(first).digest('hex'),
    ]);
    expect(await publishedCubes(store)).toEqual([cube]);
  });

  it('of concurrent publishers make one chain', async () => {
    const store = await temporaryStore();
    await Promise.all(Array.from({ length: 8 }, (_, n) => publish(store, `2026M07-${n}-aaaaaaaa`)));
    const { value, diagnostics } = await readEditions(store, cube, trust);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('that were signed anew after the next one break the chain, and are still listed', async () => {
    const store = await temporaryStore();
    for (const id of ['a', 'b', 'c']) await publish(store, id);
    const path = `${cube}/editions/00000002.json`;
    const second = (await readEditions(store, cube, trust)).value?.[1];
    const other = editionWith({ ...second, period: '2026M01' });
    const { payloadType, wrap } = editionSeries(cube);
    await writeFile(store.localPath(path), sealEnvelope(payloadType, wrap(other), signer));
    const { value, diagnostics } = await readEditions(store, cube, trust);
    expect(value?.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['chain-broken']);
    expect(diagnostics[0]?.message).toContain('00000003.json');
  });

  it('that are gone are missed, once', async () => {
    const store = await temporaryStore();
    for (const id of ['a', 'b', 'c']) await publish(store, id);
    await unlink(store.localPath(`${cube}/editions/00000001.json`));
    const { value, diagnostics } = await readEditions(store, cube, trust);
    expect(value?.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['manifest-damaged']);
  });
});

describe('findEdition', () => {
  const editions = ['2026M06-1-3fa9c1d2', '2026M07-1-77aa0000', '2026M07-2-77bb0000'].map((id, n) =>
    editionWith({ id, number: n + 1 }),
  );

  it.each([
    [null, '2026M07-2-77bb0000'],
    ['2', '2026M07-1-77aa0000'],
    ['2026M06-1-3fa9c1d2', '2026M06-1-3fa9c1d2'],
    ['2026M06', '2026M06-1-3fa9c1d2'],
    ['2026M07-2', '2026M07-2-77bb0000'],
  ])('finds %s', (asked, id) => {
    expect(findEdition(cube, editions, asked)).toEqual({
      value: editions.find((one) => one.id === id),
      diagnostics: [],
    });
  });

  it.each([
    [
      '2026M07',
      'Several editions of "beskaeftigelse" begin with "2026M07": 2026M07-1-77aa0000, 2026M07-2-77bb0000.',
    ],
    ['2026M07-1-77aa0001', 'The cube "beskaeftigelse" has no edition "2026M07-1-77aa0001".'],
    ['4', 'The cube "beskaeftigelse" has no edition "4".'],
    ['', 'The cube "beskaeftigelse" has no edition "".'],
  ])('refuses "%s"', (asked, message) => {
    const { value, diagnostics } = findEdition(cube, editions, asked);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([['unknown-edition', message]]);
    expect(diagnostics[0]?.span).toEqual({ file: '--edition', start: 0, end: asked.length });
  });

  it('says a near name, and what to do where nothing is published', () => {
    expect(findEdition(cube, editions, '2026M07-1-77aa0001').diagnostics[0]?.hint).toBe(
      'did you mean "2026M07-1-77aa0000"?',
    );
    expect(findEdition(cube, [], null).diagnostics[0]?.hint).toBe('publish it: flis publish beskaeftigelse');
  });
});
