import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/catalog/store.ts';

/** What an object store offers over the network; each call is one step, whole or not at all. */
export interface Bucket {
  /** `If-None-Match: *` where `onlyNew`: false if the key is taken. */
  readonly put: (key: string, bytes: Uint8Array, onlyNew: boolean) => Promise<boolean>;
  readonly get: (key: string) => Promise<Uint8Array | null>;
  readonly lastModified: (key: string) => Promise<Date | null>;
  readonly keys: (prefix: string) => Promise<readonly string[]>;
  readonly delete: (key: string) => Promise<void>;
}

export function memoryBucket(now: () => Date): Bucket {
  const held = new Map<string, { readonly bytes: Uint8Array; readonly modified: Date }>();
  return {
    put: async (key, bytes, onlyNew) => {
      if (onlyNew && held.has(key)) return false;
      held.set(key, { bytes: Uint8Array.from(bytes), modified: now() });
      return true;
    },
    get: async (key) => {
      const found = held.get(key);
      return found ? Uint8Array.from(found.bytes) : null;
    },
    lastModified: async (key) => held.get(key)?.modified ?? null,
    keys: async (prefix) => [...held.keys()].filter((key) => key.startsWith(prefix)).sort(),
    delete: async (key) => {
      held.delete(key);
    },
  };
}

/**
 * A store over a bucket, to prove that the interface asks nothing which an object store with conditional
 * writes cannot do: no rename, no link, no folders, no sync.
 */
export function objectStore(name: string, bucket: Bucket): Store {
  const inFolder = (folder: string) => (folder === '' ? '' : `${folder}/`);
  const below = async (folder: string) =>
    (await bucket.keys(inFolder(folder))).map((key) => key.slice(inFolder(folder).length));
  const checked = (path: string) => {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`"${path}" is no path inside the store`);
    return path;
  };
  const read = async (path: string) => bucket.get(checked(path));
  return {
    name,
    createExclusive: (path, bytes) => bucket.put(checked(path), bytes, true),
    replace: async (path, bytes) => {
      await bucket.put(checked(path), bytes, false);
    },
    read,
    stream: async function* (path) {
      const bytes = await read(path);
      if (bytes === null) throw new Error(`nothing lies at ${path}`);
      yield bytes;
    },
    exists: async (path) => (await bucket.lastModified(checked(path))) !== null,
    settle: async () => undefined,
    modified: (path) => bucket.lastModified(checked(path)),
    list: async (folder) => (await below(folder)).filter((key) => !key.includes('/')),
    folders: async (folder) => {
      const first = (await below(folder)).flatMap((key) => /^([^/.][^/]*)\//.exec(key)?.[1] ?? []);
      return [...new Set(first)];
    },
    remove: (path) => bucket.delete(checked(path)),
    move: async (from, to) => {
      const bytes = await read(from);
      if (bytes === null) throw new Error(`nothing lies at ${from}`);
      await bucket.put(checked(to), bytes, false);
      await bucket.delete(from);
    },
    withTemporary: async (extension, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'flis-object-store-'));
      try {
        const path = join(folder, `temporary${extension}`);
        await writeFile(path, '');
        return await use(path);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    adopt: async (temporaryPath, path) => {
      const bytes = await readFile(temporaryPath);
      await rm(temporaryPath);
      return bucket.put(checked(path), bytes, true);
    },
    localPath: (path) => `memory://${name}/${checked(path)}`,
  };
}
