import type { Table } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import { readCsv } from './readCsv.ts';
import type { TextTable } from './textTable.ts';

/** Reads a Parquet file as text columns; throws where it is none. An engine does it, on a file of its own. */
export type ReadParquet = (bytes: Uint8Array) => Promise<Table>;

export type FileFormat = Pick<Source['file'], 'format' | 'encoding' | 'delimiter'>;

/** Formats that are read alike have equal keys. */
export const formatKey = ({ format, encoding, delimiter }: FileFormat): string =>
  format === 'csv' ? `csv ${encoding} ${delimiter}` : format;

export async function readTable(
  file: string,
  bytes: Uint8Array,
  format: FileFormat,
  readParquet: ReadParquet,
): Promise<Checked<TextTable>> {
  switch (format.format) {
    case 'csv':
      return readCsv(file, bytes, format);
    case 'parquet':
      return readForeign(file, bytes, readParquet);
  }
}

const magic = 'PAR1';

/** A Parquet file has no lines: its first row is row 1. */
async function readForeign(
  file: string,
  bytes: Uint8Array,
  readParquet: ReadParquet,
): Promise<Checked<TextTable>> {
  const place = { file, row: 1 };
  const ends = [bytes.subarray(0, 4), bytes.subarray(-4)].map((end) => String.fromCharCode(...end));
  if (bytes.length < 12 || ends.some((end) => end !== magic)) {
    const hint = 'it is of another format, or was cut off on the way';
    return {
      diagnostics: [diagnostic('not-a-table', 'The file is not a whole Parquet file.', { place, hint })],
    };
  }
  const table = await readParquet(bytes).catch(() => null);
  if (table === null) {
    return { diagnostics: [diagnostic('not-a-table', 'The file could not be read as Parquet.', { place })] };
  }
  if (table.rows === 0) {
    return { diagnostics: [diagnostic('empty-delivery', 'The file has no rows.', { place })] };
  }
  return { value: toTexts(file, table), diagnostics: [] };
}

function toTexts(file: string, { rows, columns }: Table): TextTable {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  return {
    file,
    header: columns.map(({ name }) => name),
    rows: numbers.map((row) => columns.map(({ values }) => String(values[row] ?? ''))),
    lines: numbers.map((row) => row + 1),
    ragged: [],
  };
}
