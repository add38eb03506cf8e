import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { adoptFile, objectPath, putObject, readObject, verifiedPath } from '../../src/catalog/objects.ts';
import type { Store } from '../../src/catalog/store.ts';
import { memoryBucket, objectStore } from './objectStore.ts';
import { bytesOf, temporaryStore, textOf } from './temporaryStore.ts';

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['a folder', () => temporaryStore()],
  [
    'a bucket with conditional writes',
    async () =>
      objectStore(
        'bucket',
        memoryBucket(() => new Date()),
      ),
  ],
];

/** What the catalogue relies on, whatever lies beneath. */
describe.each(stores)('a store over %s', (_beneath, make) => {
  it('gives back what was written, and null for what was not', async () => {
    const store = await make();
    await store.replace('a/b/one.json', bytesOf('first'));
    await store.replace('a/b/one.json', bytesOf('second'));
    expect(textOf(await store.read('a/b/one.json'))).toBe('second');
    expect(await store.read('a/b/two.json')).toBeNull();
    expect(await store.exists('a/b/one.json')).toBe(true);
    expect(await store.exists('a/b/two.json')).toBe(false);
  });

  it('lets exactly one of many writers create a file, and nobody after them', async () => {
    const store = await make();
    const writers = Array.from({ length: 20 }, (_, n) => n);
    const won = await Promise.all(writers.map((n) => store.createExclusive('one', bytesOf(`writer ${n}`))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.createExclusive('one', bytesOf('late'))).toBe(false);
    expect(textOf(await store.read('one'))).toBe(`writer ${won.indexOf(true)}`);
  });

  it('lists files and folders by name, without the folders that are its own', async () => {
    const store = await make();
    for (const path of ['b', 'a', 'folder/c', 'folder/deeper/d', '.own/e'])
      await store.createExclusive(path, bytesOf(''));
    expect(await store.list('')).toEqual(['a', 'b']);
    expect(await store.folders('')).toEqual(['folder']);
    expect(await store.list('folder')).toEqual(['c']);
    expect(await store.list('.own')).toEqual(['e']);
    expect(await store.list('nothing')).toEqual([]);
  });

  it('streams what it holds, however large, and fails on what it does not hold', async () => {
    const store = await make();
    const large = Uint8Array.from({ length: (1 << 20) + 7 }, (_, at) => (at * 31) & 255);
    await store.createExclusive('large', large);
    const pieces: Uint8Array[] = [];
    for await (const piece of store.stream('large')) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(large)).toBe(true);
    await expect(store.stream('nothing')[Symbol.asyncIterator]().next()).rejects.toThrow();
  });

  it('moves in place of what was there, and removes', async () => {
    const store = await make();
    await store.createExclusive('a', bytesOf('x'));
    await store.createExclusive('aside/b', bytesOf('y'));
    await store.move('a', 'aside/b');
    expect(await store.exists('a')).toBe(false);
    expect(textOf(await store.read('aside/b'))).toBe('x');
    await store.remove('never-there');
    await store.remove('aside/b');
    expect(await store.exists('aside/b')).toBe(false);
  });

  it('knows when something was written', async () => {
    const store = await make();
    const before = Date.now();
    await store.createExclusive('a', bytesOf('x'));
    const written = (await store.modified('a'))?.getTime() ?? 0;
    expect(Math.abs(written - before)).toBeLessThan(60_000);
    expect(await store.modified('b')).toBeNull();
  });

  it('keeps objects by what they hold, and refuses damaged ones by name', async () => {
    const store = await make();
    const ref = await putObject(store, bytesOf('rows'));
    const adopted = await store.withTemporary('.parquet', async (path) => {
      await writeFile(path, 'rows');
      return adoptFile(store, path);
    });
    expect(adopted).toEqual(ref);
    expect(textOf((await readObject(store, ref)).value)).toBe('rows');
    await store.replace(objectPath(ref), bytesOf('rowz'));
    expect((await readObject(store, ref)).diagnostics.map(({ code }) => code)).toEqual(['object-damaged']);
    const verified = await verifiedPath(store, ref, new Set());
    expect(verified.diagnostics.map(({ code }) => code)).toEqual(['object-damaged']);
    await putObject(store, bytesOf('rows'));
    expect(textOf((await readObject(store, ref)).value)).toBe('rows');
    expect(textOf(await store.read(`${objectPath(ref)}.damaged`))).toBe('rowz');
  });
});
