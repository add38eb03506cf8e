import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readOnce } from '../../src/catalog/readOnce.ts';
import { bytesOf, temporaryStore, textOf } from './temporaryStore.ts';

describe('a store with a memory', () => {
  it('reads a numbered file once, and one that may be written again each time', async () => {
    const beneath = await temporaryStore();
    await beneath.createExclusive('notes/1.json', bytesOf('one'));
    await beneath.replace('newest.json', bytesOf('then'));
    const store = readOnce(beneath);
    expect([textOf(await store.read('notes/1.json')), textOf(await store.read('newest.json'))]).toEqual([
      'one',
      'then',
    ]);
    for (const path of ['notes/1.json', 'newest.json']) writeFileSync(beneath.localPath(path), 'other');
    expect([textOf(await store.read('notes/1.json')), textOf(await store.read('newest.json'))]).toEqual([
      'one',
      'other',
    ]);
    expect(textOf(await readOnce(beneath).read('notes/1.json'))).toBe('other');
  });

  it('sees what comes after it has looked, and forgets what is removed', async () => {
    const beneath = await temporaryStore();
    const store = readOnce(beneath);
    expect(await store.read('notes/1.json')).toBeNull();
    await beneath.createExclusive('notes/1.json', bytesOf('one'));
    expect(textOf(await store.read('notes/1.json'))).toBe('one');
    await store.remove('notes/1.json');
    expect(await store.read('notes/1.json')).toBeNull();
  });
});
