import type { Table } from '../catalog/types.ts';
import type { Collection, FsckReport } from './wanted.ts';

/** What is wrong in the stores and what nobody needs there, one a row. */
export function findingTable({ stores }: FsckReport): Table {
  const findings = stores.flatMap(({ store, damaged, missing, leftovers }) => [
    ...damaged.map(({ path }) => [store, path, 'damaged']),
    ...missing.map(({ sha256, by }) => [store, `objects/${sha256.slice(0, 2)}/${sha256}`, `missing: ${by}`]),
    ...leftovers.map(({ path, kind }) => [store, path, kind]),
  ]);
  return textTable(['store', 'path', 'finding'], findings);
}

/** What was removed, or would be, one a row. */
export const removedTable = (collections: readonly Collection[]): Table =>
  textTable(
    ['store', 'removed'],
    collections.flatMap(({ store, removed }) => removed.map((path) => [store, path])),
  );

function textTable(names: readonly string[], rows: readonly (readonly string[])[]): Table {
  const columns = names.map(
    (name, at) => ({ name, type: 'text', values: rows.map((row) => row[at] ?? '') }) as const,
  );
  return { rows: rows.length, columns };
}
