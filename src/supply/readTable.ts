import { sha256 } from '../catalog/hash.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import type { Delivery } from './delivery.ts';
import type { ParquetEngine } from './parquet/questions.ts';
import type { NewFile } from './parquet/temporaries.ts';
import { readCsv } from './readCsv.ts';
import { changed, readParquet } from './readParquet.ts';
import type { TextTable } from './textTable.ts';

export type FileFormat = Pick<Source['file'], 'format' | 'encoding' | 'delimiter'>;

/** Formats that are read alike have equal keys. */
export const formatKey = ({ format, encoding, delimiter }: FileFormat): string =>
  format === 'csv' ? `csv ${encoding} ${delimiter}` : format;

/** The table of a delivery whose bytes have the hash that it was received under. */
export async function readTable(
  delivery: Delivery,
  hash: string,
  format: FileFormat,
  engine: ParquetEngine,
  newFile: NewFile,
): Promise<Checked<TextTable>> {
  switch (format.format) {
    case 'csv': {
      const bytes = await bytesOf(delivery);
      if (sha256(bytes) !== hash) return { diagnostics: [changed(delivery.label)] };
      return readCsv(delivery.label, bytes, format);
    }
    case 'parquet':
      return readParquet(delivery, hash, engine, newFile);
  }
}

async function bytesOf(delivery: Delivery): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of delivery.open()) pieces.push(piece);
  return Buffer.concat(pieces);
}
