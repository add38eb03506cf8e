import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hashStream } from '../catalog/hash.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Delivery } from './delivery.ts';
import type { ParquetEngine } from './parquet/questions.ts';
import { allRows } from './parquet/questions.ts';
import type { NewFile } from './parquet/temporaries.ts';
import type { DeliveredParquet, TextTable } from './textTable.ts';

/**
 * A Parquet delivery as a file that an engine may read: a copy of its own, so that what is read is what was
 * hashed, and nothing outside the store's folders is opened. Its rows stay in it.
 */
export async function readParquet(
  delivery: Delivery,
  sha256: string,
  engine: ParquetEngine,
  newFile: NewFile,
): Promise<Checked<TextTable>> {
  const { label } = delivery;
  const path = await newFile('.parquet');
  await pipeline(Readable.from(delivery.open()), createWriteStream(path));
  const { sha256: copied, size } = await hashStream(createReadStream(path));
  if (copied !== sha256) return { diagnostics: [changed(label)] };
  const place = { file: label, row: 1 };
  if (size < 12 || (await endsOf(path, size)).some((end) => end !== magic)) {
    const hint = 'it is of another format, or was cut off on the way';
    return {
      diagnostics: [diagnostic('not-a-table', 'The file is not a whole Parquet file.', { place, hint })],
    };
  }
  const table = await engine.describe(path).catch(() => null);
  if (table === null) return { diagnostics: [unreadable(label)] };
  if (table.rows === 0) {
    return { diagnostics: [diagnostic('empty-delivery', 'The file has no rows.', { place })] };
  }
  const header = table.columns.map(({ name }) => name);
  return {
    value: { file: label, header, rows: [], lines: [], ragged: [], parquet: { label, path, table } },
    diagnostics: [],
  };
}

const magic = 'PAR1';

async function endsOf(path: string, size: number): Promise<readonly string[]> {
  const file = await open(path, 'r');
  try {
    const ends = [0, size - 4].map((position) => file.read(Buffer.alloc(4), 0, 4, position));
    return (await Promise.all(ends)).map(({ buffer }) => buffer.toString('latin1'));
  } finally {
    await file.close();
  }
}

export const unreadable = (file: string): Diagnostic =>
  diagnostic('not-a-table', 'The file could not be read as Parquet.', { place: { file, row: 1 } });

export const changed = (file: string): Diagnostic =>
  diagnostic('file-changed', 'The file changed while it was read.', {
    place: { file, row: 1 },
    hint: 'wait until it is there whole, and take it in again',
  });

/** False where an engine fails on some page of the file, though its footer is whole. */
export async function isReadable({ path, table }: DeliveredParquet, engine: ParquetEngine): Promise<boolean> {
  const columns = table.columns.map(({ name }) => name);
  return allRows(engine.ask({ kind: 'readable', file: path, columns })).then(
    () => true,
    () => false,
  );
}
