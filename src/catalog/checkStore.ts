import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { hashStream } from './hash.ts';
import { deadLeases, type Holder } from './leases.ts';
import { objectDamaged, objectMissing } from './objects.ts';
import type { PosixStore } from './posixStore.ts';
import type { Reached } from './reach.ts';
import { type StoredObject, storedObjects } from './storedObjects.ts';

/** What lies in a store that nobody needs. It disturbs no reader. */
export interface Leftover {
  readonly path: string;
  readonly kind: 'unneeded' | 'put_aside' | 'temporary' | 'lease' | 'stranger';
}

export interface CheckedStore {
  readonly store: string;
  readonly objects: number;
  readonly bytes: number;
  readonly damaged: readonly StoredObject[];
  /** SHA-256 of objects that a manifest names and that are not there, with who names them. */
  readonly missing: readonly { readonly sha256: string; readonly by: string }[];
  readonly leftovers: readonly Leftover[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Every file of a store against its name, and every name against the files. Changes nothing. */
export async function checkStore(
  store: PosixStore,
  reached: readonly Reached[],
  holder: Holder,
): Promise<CheckedStore> {
  const { objects, strangers } = await storedObjects(store);
  const needed = new Map(reached.map(({ file, by }) => [file.sha256, { by, size: file.size }]));
  const damaged: StoredObject[] = [];
  const leftovers: Leftover[] = [];
  let bytes = 0;
  for (const object of objects) {
    const found = await hashStream(store.stream(object.path));
    bytes += found.size;
    const wanted = needed.get(object.sha256);
    if (object.isPutAside) leftovers.push({ path: object.path, kind: 'put_aside' });
    else if (found.sha256 !== object.sha256) damaged.push(object);
    else if (!wanted) leftovers.push({ path: object.path, kind: 'unneeded' });
  }
  const present = new Set(objects.flatMap(({ sha256, isPutAside }) => (isPutAside ? [] : [sha256])));
  const missing = [...needed].flatMap(([sha256, { by }]) => (present.has(sha256) ? [] : [{ sha256, by }]));
  leftovers.push(
    ...strangers.map((path) => ({ path, kind: 'stranger' }) as const),
    ...(await store.leftovers()).map((name) => ({ path: `.tmp/${name}`, kind: 'temporary' }) as const),
    ...(await deadLeases(store, holder)).map(({ path }) => ({ path, kind: 'lease' }) as const),
  );
  const diagnostics = [
    ...damaged.map((object) => objectDamaged(store, object)),
    ...missing.map((object) => objectMissing(store, object)),
  ];
  return { store: store.name, objects: objects.length, bytes, damaged, missing, leftovers, diagnostics };
}
