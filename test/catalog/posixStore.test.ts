import * as nodeFiles from 'node:fs/promises';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FileCalls, posixStore } from '../../src/catalog/posixStore.ts';
import { StoreError } from '../../src/catalog/store.ts';
import { bytesOf, quietProcesses, temporaryFolder, temporaryStore, textOf } from './temporaryStore.ts';

const errorWith = (code: string) => Object.assign(new Error(code), { code });

/** The operating system, with the n-th fsync failing; counts how often fsync was called. */
function failingSync(n: number, code: string) {
  const calls = { syncs: 0 };
  const files: FileCalls = {
    ...nodeFiles,
    open: async (...call: Parameters<typeof nodeFiles.open>) => {
      const handle = await nodeFiles.open(...call);
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        calls.syncs += 1;
        if (calls.syncs === n) throw errorWith(code);
        await sync();
      };
      return handle;
    },
  };
  return { files, calls };
}

describe('posixStore', () => {
  it('takes what lies below a file for absent', async () => {
    const store = await temporaryStore();
    await store.replace('a/one.json', bytesOf('first'));
    expect(await store.read('a/one.json/below')).toBeNull();
  });

  it('lists files and folders by name, without its own temporary folder', async () => {
    const store = await temporaryStore();
    await store.createExclusive('b', bytesOf(''));
    await store.createExclusive('a', bytesOf(''));
    await store.createExclusive('folder/c', bytesOf(''));
    expect(await store.list('')).toEqual(['a', 'b']);
    expect(await store.folders('')).toEqual(['folder']);
    expect(await store.list('nothing')).toEqual([]);
  });

  it('leaves no temporary file behind', async () => {
    const store = await temporaryStore();
    await store.createExclusive('a', bytesOf(''));
    await store.createExclusive('a', bytesOf(''));
    await store.replace('a', bytesOf(''));
    await store.withTemporary('.parquet', (path) => writeFile(path, 'x'));
    await expect(store.withTemporary('', () => Promise.reject(new Error('engine')))).rejects.toThrow(
      'engine',
    );
    expect(await readdir(join(store.root, '.tmp'))).toEqual([]);
  });

  it('adopts a file that an engine wrote', async () => {
    const store = await temporaryStore();
    await store.withTemporary('.parquet', async (path) => {
      await writeFile(path, 'rows');
      expect(await store.adopt(path, 'objects/one')).toBe(true);
    });
    expect(textOf(await store.read('objects/one'))).toBe('rows');
  });

  it('does not remove what took the name of a file that it has adopted', async () => {
    const one = await temporaryStore();
    const taken = await one.withTemporary('.parquet', async (path) => {
      await one.adopt(path, 'objects/one');
      await writeFile(path, 'others');
      return path;
    });
    expect(await readFile(taken, 'utf8')).toBe('others');
  });

  it.each(['../secret', '/etc/passwd', 'a//b', '', 'a/./b'])(
    'never leaves its folder: "%s"',
    async (path) => {
      const store = await temporaryStore();
      await expect(store.read(path)).rejects.toThrow('inside the store');
    },
  );

  it.each(['EIO', 'ENOSPC'])(
    'shows nothing of a file whose sync failed with %s, and asks only once',
    async (code) => {
      const root = await temporaryFolder();
      await posixStore(root, 'data/snapshots', quietProcesses).createExclusive('other', bytesOf(''));
      const { files, calls } = failingSync(1, code);
      const store = posixStore(root, 'data/snapshots', quietProcesses, files);
      const failed = await store.createExclusive('one', bytesOf('x')).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(StoreError);
      expect(failed).toMatchObject({ code, path: 'data/snapshots/one' });
      expect(calls.syncs).toBe(1);
      expect(await readdir(root)).toEqual(['.tmp', 'other']);
      expect(await readdir(join(root, '.tmp'))).toEqual([]);
      expect(await store.createExclusive('one', bytesOf('x'))).toBe(true);
    },
  );

  it('syncs the file before its name and the folder after', async () => {
    const order: string[] = [];
    const files: FileCalls = {
      ...nodeFiles,
      open: async (...call: Parameters<typeof nodeFiles.open>) => {
        const handle = await nodeFiles.open(...call);
        const sync = handle.sync.bind(handle);
        handle.sync = async () => {
          order.push(call[1] === 'wx' ? 'sync file' : 'sync folder');
          await sync();
        };
        return handle;
      },
      link: async (...call) => {
        order.push('link');
        await nodeFiles.link(...call);
      },
    };
    const store = await temporaryStore(files);
    await store.createExclusive('first', bytesOf(''));
    order.length = 0;
    await store.createExclusive('second', bytesOf(''));
    expect(order).toEqual(['sync file', 'link', 'sync folder']);
  });

  it('sweeps what killed processes left, and nothing of living ones', async () => {
    const store = await temporaryStore();
    await store.createExclusive('a', bytesOf(''));
    const folder = join(store.root, '.tmp');
    await writeFile(join(folder, '4711-9.parquet'), 'being written');
    await writeFile(join(folder, '666-1'), 'left by a dead process');
    await writeFile(join(folder, '4711-10'), 'a day old: the number is used again');
    for (const name of ['4711-9.parquet', '666-1']) {
      await utimes(join(folder, name), quietProcesses.now(), quietProcesses.now());
    }
    await utimes(join(folder, '4711-10'), new Date('2026-08-17'), new Date('2026-08-17'));
    expect(await store.sweep()).toBe(2);
    expect(await readdir(folder)).toEqual(['4711-9.parquet']);
  });

  it('gives an engine the place of a file by name', async () => {
    const store = await temporaryStore();
    await store.createExclusive('objects/ab/one', bytesOf('rows'));
    expect(await readFile(store.localPath('objects/ab/one'), 'utf8')).toBe('rows');
  });
});
