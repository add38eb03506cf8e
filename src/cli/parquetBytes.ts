import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../catalog/types.ts';

/** A table as the bytes of a Parquet file, written by way of a temporary file, since an engine writes to paths. */
export async function parquetBytes(
  table: Table,
  write: (table: Table, path: string) => Promise<void>,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'flis-'));
  try {
    const path = join(folder, 'answer.parquet');
    await write(table, path);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
