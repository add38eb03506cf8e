import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionFiles, restrictedFiles } from './editionFiles.ts';
import { publishedCubes, readEditions } from './editions.ts';
import { readReceipts } from './receipts.ts';
import { readSnapshots, writtenSnapshots } from './snapshots.ts';
import type { Store } from './store.ts';
import type { TrustRoot } from './trust.ts';
import type { ObjectRef } from './types.ts';

/** An object and the manifest that needs it, `befolkning 2026-1-9b9aecf2`. */
export interface Reached {
  readonly file: ObjectRef;
  readonly by: string;
}

/** Every object that some manifest names. Where a manifest cannot be read, that is told: then nobody knows. */
export type Reach = Checked<readonly Reached[]>;

export async function reachOfEditions(editionStore: Store, trust: TrustRoot): Promise<Reach> {
  const value: Reached[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const cube of await publishedCubes(editionStore)) {
    const read = await readEditions(editionStore, cube, trust);
    diagnostics.push(...read.diagnostics);
    for (const manifest of read.value ?? [])
      value.push(...editionFiles(manifest).map(({ file }) => ({ file, by: `${cube} ${manifest.id}` })));
  }
  return { value, diagnostics };
}

/** What the restricted part of every edition names. */
export async function reachOfRestricted(editionStore: Store, trust: TrustRoot): Promise<Reach> {
  const value: Reached[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const cube of await publishedCubes(editionStore)) {
    const read = await readEditions(editionStore, cube, trust);
    diagnostics.push(...read.diagnostics);
    for (const manifest of read.value ?? [])
      value.push(...restrictedFiles(manifest).map(({ file }) => ({ file, by: `${cube} ${manifest.id}` })));
  }
  return { value, diagnostics };
}

/** Snapshots that receipts name, those that are about to be named, and those that editions were made of. */
export async function reachOfSnapshots(
  snapshotStore: Store,
  editionStore: Store,
  trust: TrustRoot,
): Promise<Reach> {
  const value: Reached[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (by: string, ...files: readonly (ObjectRef | null)[]) =>
    value.push(...files.flatMap((file) => (file === null ? [] : [{ file, by }])));
  const receipts = await readReceipts(snapshotStore);
  diagnostics.push(...receipts.diagnostics);
  for (const receipt of receipts.value ?? [])
    add(`receipt ${receipt.number}`, ...receipt.sources.map(({ quarantine }) => quarantine));
  for (const source of await snapshotStore.folders('')) {
    if (source === 'objects' || source === 'receipts') continue;
    const named = await readSnapshots(snapshotStore, source, receipts.value ?? []);
    diagnostics.push(...named.diagnostics);
    for (const { number, file, quarantine } of await writtenSnapshots(snapshotStore, source))
      add(`snapshot ${source} ${number}`, file, quarantine);
  }
  for (const cube of await publishedCubes(editionStore)) {
    const read = await readEditions(editionStore, cube, trust);
    diagnostics.push(...read.diagnostics);
    for (const { id, inputs } of read.value ?? [])
      for (const { snapshots } of inputs)
        add(`${cube} ${id}`, ...snapshots.map(({ sha256, size }) => ({ sha256, size })));
  }
  return { value, diagnostics };
}
