import { adoptFile, putObject } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import type { ObjectRef, ReceivedSource, Snapshot, Table } from '../catalog/types.ts';
import { comparePeriods } from '../model/periods.ts';
import type { CheckedSource } from './checkSource.ts';
import { contentHash } from './contentHash.ts';
import type { PreparedSource } from './prepared.ts';
import { quarantineCsv } from './refusals.ts';
import { rulesOf } from './rules.ts';
import { snapshotTable } from './snapshotTable.ts';

/** Writes the files of a checked source into the store, under their hashes; nothing names them yet. */
export async function prepareSource(
  checked: CheckedSource,
  synthetic: boolean,
  store: Store,
  writeTable: (table: Table, path: string) => Promise<void>,
): Promise<PreparedSource> {
  const { rows, isAccepted, total, refused, checks } = checked;
  const { source } = rows;
  const quarantine = await putQuarantine(checked, store);
  const received: ReceivedSource = {
    source: source.id,
    verdict: isAccepted ? 'accepted' : 'refused',
    rules: rulesOf(source, rows.lists),
    rows: total,
    refused,
    quarantine,
  };
  if (!isAccepted) return { source, received, snapshot: null };
  const table = snapshotTable(checked);
  const file = await writeObject(table, store, writeTable);
  const snapshot = {
    source: source.id,
    contract: source.contract,
    synthetic,
    periods: periodsOf(checked),
    rows: table.rows,
    file,
    content: contentHash(table),
    refused,
    quarantine,
    checks,
  };
  return { source, received, snapshot };
}

const writeObject = (
  table: Table,
  store: Store,
  writeTable: (table: Table, path: string) => Promise<void>,
): Promise<ObjectRef> =>
  store.withTemporary('.parquet', async (path) => {
    await writeTable(table, path);
    return adoptFile(store, path);
  });

async function putQuarantine({ refusals }: CheckedSource, store: Store): Promise<ObjectRef | null> {
  return refusals.length === 0 ? null : putObject(store, new TextEncoder().encode(quarantineCsv(refusals)));
}

function periodsOf({ rows, kept }: CheckedSource): Snapshot['periods'] {
  const codes = rows.columns.flatMap((column) => (column.kind === 'period' ? [column.codes] : []))[0] ?? [];
  const counted = new Map<string, number>();
  for (const row of kept) {
    const period = codes[row] ?? '';
    counted.set(period, (counted.get(period) ?? 0) + 1);
  }
  return [...counted]
    .map(([period, rows]) => ({ period, rows }))
    .sort((a, b) => comparePeriods(a.period, b.period));
}
