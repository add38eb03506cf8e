import type * as Bindings from '@duckdb/node-bindings';
import type { Table } from 'apache-arrow';
import { invariant } from '../../diagnostics/invariant.ts';
import { type ColumnBuffers, tableOf } from '../arrow.ts';
import { type StoredType, storedType } from './types.ts';

/** The calls that give a vector's bytes; values never become JavaScript objects on the way. */
export type VectorReader = Pick<
  typeof Bindings,
  'data_chunk_get_vector' | 'vector_get_data' | 'vector_get_validity' | 'get_data_from_pointer'
>;

export interface Chunk {
  readonly chunk: Bindings.DataChunk;
  readonly rowCount: number;
}

/**
 * Copies DuckDB's data chunks (2048 rows each) into one Arrow table. The client has no Arrow calls,
 * but the two layouts differ little: numbers are copied or widened, texts gathered, null bits moved.
 */
export function chunksToArrow(
  reader: VectorReader,
  columns: readonly { readonly name: string; readonly type: string }[],
  chunks: readonly Chunk[],
): Table {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return tableOf(
    columns.map((column, index) => {
      const stored = storedType(column.type);
      invariant(stored !== null, `the column "${column.name}" is ${column.type}: cast it in the query`);
      return copyColumn(reader, { name: column.name, stored, index }, chunks, rows);
    }),
    rows,
  );
}

function copyColumn(
  reader: VectorReader,
  column: { readonly name: string; readonly stored: StoredType; readonly index: number },
  chunks: readonly Chunk[],
  rows: number,
): ColumnBuffers {
  const { stored } = column;
  const validity = validityOf(rows);
  const values = stored.type.kind === 'text' ? gatherTexts(reader, rows) : widenNumbers(stored, rows);
  let row = 0;
  for (const chunk of chunks) {
    const vector = reader.data_chunk_get_vector(chunk.chunk, column.index);
    const bits = reader.vector_get_validity(vector, Math.ceil(chunk.rowCount / 64) * 8) as Uint8Array | null;
    const part: VectorPart = {
      bytes: reader.vector_get_data(vector, chunk.rowCount * stored.bytes),
      bits,
      row,
      rows: chunk.rowCount,
    };
    validity.add(part);
    values.add(part);
    row += chunk.rowCount;
  }
  return { name: column.name, type: stored.type, ...validity.finish(), ...values.finish() };
}

/** The part of a column that one chunk holds: its first row in the column, its bytes and null bits. */
export interface VectorPart {
  readonly bytes: Uint8Array;
  /** Null where every row has a value. */
  readonly bits: Uint8Array | null;
  readonly row: number;
  readonly rows: number;
}

interface Copier<Result> {
  readonly add: (part: VectorPart) => void;
  readonly finish: () => Result;
}

function isValid(bits: Uint8Array, row: number): boolean {
  return (((bits[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** Both layouts have one bit a row, lowest first, but a chunk need not begin at a whole byte of the column. */
function validityOf(rows: number): Copier<Pick<ColumnBuffers, 'validity' | 'nulls'>> {
  const validity = new Uint8Array(Math.ceil(rows / 8)).fill(0xff);
  let nulls = 0;
  return {
    add: (part) => {
      if (part.bits === null) return;
      for (let row = 0; row < part.rows; row += 1) {
        if (isValid(part.bits, row)) continue;
        const place = part.row + row;
        validity[place >> 3] = (validity[place >> 3] ?? 0) & ~(1 << (place & 7));
        nulls += 1;
      }
    },
    finish: () => ({ validity, nulls }),
  };
}

type Values = Pick<ColumnBuffers, 'data' | 'offsets'>;

/** Numbers of the right width are copied at once; narrower ones are widened with their sign. */
function widenNumbers(stored: StoredType, rows: number): Copier<Values> {
  const width = stored.type.kind === 'decimal' ? 16 : 8;
  const data = new Uint8Array(rows * width);
  const words = new Int32Array(data.buffer);
  return {
    add: (part) => {
      if (stored.bytes === width) data.set(part.bytes, part.row * width);
      else widen(stored, part, words, width / 4);
      if (part.bits !== null) clearNulls(part, part.bits, words, width / 4);
    },
    finish: () => ({ data, offsets: null }),
  };
}

function widen(stored: StoredType, part: VectorPart, words: Int32Array, wordsPerRow: number): void {
  const view = new DataView(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
  const read = readers[`${stored.signed ? 'i' : 'u'}${stored.bytes}`];
  invariant(read !== undefined, `no reader for ${stored.bytes} bytes`);
  for (let row = 0; row < part.rows; row += 1) {
    const place = (part.row + row) * wordsPerRow;
    read(view, row, words, place);
    const high = stored.bytes === 8 ? (words[place + 1] ?? 0) : stored.signed ? (words[place] ?? 0) : 0;
    words.fill(high < 0 ? -1 : 0, place + Math.max(1, stored.bytes / 4), place + wordsPerRow);
  }
}

/** Puts the low words of a number at its place; the sign fills the rest. */
const readers: Readonly<
  Record<string, (view: DataView, row: number, words: Int32Array, place: number) => void>
> = {
  i1: (view, row, words, place) => {
    words[place] = view.getInt8(row);
  },
  u1: (view, row, words, place) => {
    words[place] = view.getUint8(row);
  },
  i2: (view, row, words, place) => {
    words[place] = view.getInt16(row * 2, true);
  },
  u2: (view, row, words, place) => {
    words[place] = view.getUint16(row * 2, true);
  },
  i4: (view, row, words, place) => {
    words[place] = view.getInt32(row * 4, true);
  },
  u4: (view, row, words, place) => {
    words[place] = view.getInt32(row * 4, true);
  },
  i8: (view, row, words, place) => {
    words[place] = view.getInt32(row * 8, true);
    words[place + 1] = view.getInt32(row * 8 + 4, true);
  },
};

/** What stands in a null's place is left over from something else; zero makes equal tables equal bytes. */
function clearNulls(part: VectorPart, bits: Uint8Array, words: Int32Array, wordsPerRow: number): void {
  for (let row = 0; row < part.rows; row += 1) {
    if (isValid(bits, row)) continue;
    const place = (part.row + row) * wordsPerRow;
    words.fill(0, place, place + wordsPerRow);
  }
}

/** Up to this many bytes stand in the vector itself, longer texts behind a pointer. */
const inlineLength = 12;

/** A text is 4 bytes of length, then either its bytes, or 4 bytes of it and a pointer. */
function gatherTexts(reader: VectorReader, rows: number): Copier<Values> {
  const offsets = new Int32Array(rows + 1);
  let data = new Uint8Array(rows * 8);
  let used = 0;
  return {
    add: (part) => {
      const lengths = textLengths(part);
      const needed = lengths.reduce((sum, length) => sum + length, used);
      if (needed > data.length) data = grown(data, needed);
      const distant = distantTexts(reader, part, lengths);
      let read = 0;
      for (let row = 0; row < part.rows; row += 1) {
        const length = lengths[row] ?? 0;
        if (length > inlineLength) {
          copyBytes(distant, read, length, data, used);
          read += length;
        } else copyBytes(part.bytes, row * 16 + 4, length, data, used);
        used += length;
        offsets[part.row + row + 1] = used;
      }
    },
    finish: () => {
      invariant(used < 2 ** 31, 'the texts of a column are shorter than 2 GB, which Utf8 can address');
      return { data: data.subarray(0, used), offsets };
    },
  };
}

/** Bytes of each row's text; 0 for a null, whose place holds whatever was there. */
export function textLengths(part: VectorPart): Uint32Array {
  const view = new DataView(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
  const lengths = new Uint32Array(part.rows);
  for (let row = 0; row < part.rows; row += 1) {
    if (part.bits === null || isValid(part.bits, row)) lengths[row] = view.getUint32(row * 16, true);
  }
  return lengths;
}

/**
 * The long texts of a part, one after the other. DuckDB lays them side by side, so that neighbours
 * are fetched in one call; a call for each text costs a microsecond, more than all the rest together.
 */
export function distantTexts(reader: VectorReader, part: VectorPart, lengths: Uint32Array): Uint8Array {
  const view = new DataView(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
  const pieces: Uint8Array[] = [];
  let first = -1;
  let length = 0;
  let end = -1;
  const fetch = (): void => {
    if (length === 0) return;
    const place = part.bytes.byteOffset + first * 16 + 8;
    pieces.push(reader.get_data_from_pointer(part.bytes.buffer as ArrayBuffer, place, length));
  };
  for (let row = 0; row < part.rows; row += 1) {
    const own = lengths[row] ?? 0;
    if (own <= inlineLength) continue;
    // Addresses have at most 57 bits, and those of processes 47, so a double holds them.
    const pointer = view.getUint32(row * 16 + 8, true) + view.getUint32(row * 16 + 12, true) * 2 ** 32;
    if (pointer !== end) {
      fetch();
      first = row;
      length = 0;
    }
    length += own;
    end = pointer + own;
  }
  fetch();
  return pieces.length === 1 ? (pieces[0] ?? new Uint8Array()) : concatenated(pieces);
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

/** For some dozen bytes a loop is faster than making a view. */
function copyBytes(from: Uint8Array, start: number, length: number, to: Uint8Array, place: number): void {
  if (length > 100) to.set(from.subarray(start, start + length), place);
  else for (let index = 0; index < length; index += 1) to[place + index] = from[start + index] ?? 0;
}

function grown(data: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, data.length * 2));
  larger.set(data);
  return larger;
}
