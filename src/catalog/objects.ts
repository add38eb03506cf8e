import { createReadStream } from 'node:fs';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hashStream, sha256 } from './hash.ts';
import type { Store } from './store.ts';
import type { ObjectRef } from './types.ts';

/**
 * Files by what they hold. An object is never written to again, so a file that does not hash to its own
 * name is damaged, whoever did it. DuckDB reads a damaged Parquet file with other numbers and no word.
 */
export const objectPath = ({ sha256 }: Pick<ObjectRef, 'sha256'>): string =>
  `objects/${sha256.slice(0, 2)}/${sha256}`;

/** Objects that this process has checked, by local path. Made by whoever opens the stores. */
export type VerifiedObjects = Set<string>;

export async function putObject(store: Store, bytes: Uint8Array): Promise<ObjectRef> {
  const ref = { sha256: sha256(bytes), size: bytes.length };
  await place(store, ref, () => store.createExclusive(objectPath(ref), bytes));
  return ref;
}

/** Takes a file that an engine has just written under a temporary name of this store. */
export async function adoptFile(store: Store, temporaryPath: string): Promise<ObjectRef> {
  const ref = await hashStream(createReadStream(temporaryPath, { highWaterMark: 1 << 20 }));
  await place(store, ref, () => store.adopt(temporaryPath, objectPath(ref)));
  return ref;
}

/** An object that lies there already must be what its name says; if not, it is put aside and written anew. */
async function place(store: Store, ref: ObjectRef, create: () => Promise<boolean>): Promise<void> {
  const path = objectPath(ref);
  if (await store.exists(path)) {
    if (isSame(await hashStream(store.stream(path)), ref)) return store.settle(path);
    await store.move(path, `${path}.damaged`);
  }
  await create();
}

/** The object's bytes, checked on every call. */
export async function readObject(store: Store, ref: ObjectRef): Promise<Checked<Uint8Array>> {
  const bytes = await store.read(objectPath(ref));
  if (bytes === null) return { diagnostics: [objectMissing(store, ref)] };
  if (!isSame({ sha256: sha256(bytes), size: bytes.length }, ref))
    return { diagnostics: [objectDamaged(store, ref)] };
  return { value: bytes, diagnostics: [] };
}

/** A local name of the object for an engine, checked before its first use in this process. */
export async function verifiedPath(
  store: Store,
  ref: ObjectRef,
  verified: VerifiedObjects,
): Promise<Checked<string>> {
  const path = objectPath(ref);
  const local = store.localPath(path);
  if (verified.has(local)) return { value: local, diagnostics: [] };
  if (!(await store.exists(path))) return { diagnostics: [objectMissing(store, ref)] };
  if (!isSame(await hashStream(store.stream(path)), ref)) return { diagnostics: [objectDamaged(store, ref)] };
  verified.add(local);
  return { value: local, diagnostics: [] };
}

const isSame = (found: ObjectRef, asked: ObjectRef): boolean =>
  found.sha256 === asked.sha256 && found.size === asked.size;

export const objectMissing = (store: Store, ref: Pick<ObjectRef, 'sha256'>): Diagnostic =>
  diagnostic('object-missing', `The file ${store.name}/${objectPath(ref)} is not there.`, {
    hint: restore,
  });

export const objectDamaged = (store: Store, ref: Pick<ObjectRef, 'sha256'>): Diagnostic =>
  diagnostic(
    'object-damaged',
    `The file ${store.name}/${objectPath(ref)} does not hold what its name says, so nothing is read from it.`,
    { hint: restore },
  );

const restore = 'restore the file from a backup; the rest of the store is not touched by this';
