import type { Store } from './store.ts';

/** A file among the objects, by the hash that its name says. */
export interface StoredObject {
  readonly path: string;
  readonly sha256: string;
  /** Found damaged, and put aside so that a sound one could be written. */
  readonly isPutAside: boolean;
}

export interface ObjectFolder {
  readonly objects: readonly StoredObject[];
  /** Paths of files that are none of ours. */
  readonly strangers: readonly string[];
}

/** What lies among the objects of a store, in the order of the names. */
export async function storedObjects(store: Store): Promise<ObjectFolder> {
  const objects: StoredObject[] = [];
  const strangers: string[] = (await store.list('objects')).map((name) => `objects/${name}`);
  for (const folder of await store.folders('objects')) {
    for (const name of await store.list(`objects/${folder}`)) {
      const path = `objects/${folder}/${name}`;
      const [, sha256, aside] = /^([0-9a-f]{64})(\.damaged)?$/.exec(name) ?? [];
      if (sha256?.startsWith(folder)) objects.push({ path, sha256, isPutAside: aside !== undefined });
      else strangers.push(path);
    }
  }
  return { objects, strangers };
}
