import type { CodesRead, ColumnRead, NumbersRead } from '../engine.ts';
import { type Chunk, distantTexts, textLengths, type VectorPart, type VectorReader } from './arrow.ts';
import { storedType } from './types.ts';

/** Takes the chunks of a result into columns of numbers, a chunk at a time, so that they need not all lie there. */
export function columnsReader(
  reader: VectorReader,
  columns: readonly { readonly name: string; readonly type: string }[],
): { readonly add: (chunk: Chunk) => void; readonly finish: () => readonly ColumnRead[] } {
  const takers = columns.map((column, index) => {
    const stored = storedType(column.type);
    if (stored === null) throw new TypeError(`the column "${column.name}" is ${column.type}`);
    const taker =
      stored.type.kind === 'text' ? codesOf(reader, column.name) : numbersOf(column.name, stored.bytes);
    return { index, bytes: stored.bytes, taker };
  });
  let row = 0;
  return {
    add: ({ chunk, rowCount: rows }) => {
      for (const { index, bytes, taker } of takers) {
        const vector = reader.data_chunk_get_vector(chunk, index);
        const bits = reader.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null;
        taker.add({ bytes: reader.vector_get_data(vector, rows * bytes), bits, row, rows });
      }
      row += rows;
    },
    finish: () => takers.map(({ taker }) => taker.finish(row)),
  };
}

interface Taker<Column> {
  readonly add: (part: VectorPart) => void;
  readonly finish: (rows: number) => Column;
}

const isValid = (bits: Uint8Array, row: number): boolean => (((bits[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;

const inlineLength = 12;

/** The words of a text of at most 12 bytes are its length and itself; a column of codes has few of them. */
function codesOf(reader: VectorReader, name: string): Taker<CodesRead> {
  let ordinals = new Uint32Array(2048);
  const codes: (string | null)[] = [];
  const byText = new Map<string | null, number>();
  let slots = newSlots(1024);
  const ordinalOf = (text: string | null): number => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    byText.set(text, codes.length);
    return codes.push(text) - 1;
  };
  return {
    add: (part) => {
      const { bytes, bits, row: first, rows } = part;
      if (first + rows > ordinals.length) ordinals = grown(ordinals, first + rows);
      const words = wordsOf(bytes);
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let hasLong = false;
      for (let row = 0; row < rows; row += 1) {
        if (bits !== null && !isValid(bits, row)) {
          ordinals[first + row] = ordinalOf(null);
          continue;
        }
        const at = row * 4;
        const length = words[at] as number;
        if (length > inlineLength) {
          hasLong = true;
          continue;
        }
        const [a, b, c] = [words[at + 1] as number, words[at + 2] as number, words[at + 3] as number];
        let slot = hashOf(a, b, c, length) & slots.mask;
        for (;;) {
          const found = slots.ordinals[slot] as number;
          const key = slot * 4;
          if (found === 0) {
            const ordinal = ordinalOf(text.toString('utf8', row * 16 + 4, row * 16 + 4 + length));
            slots.keys.set([length, a, b, c], key);
            slots.ordinals[slot] = ordinal + 1;
            ordinals[first + row] = ordinal;
            slots.used += 1;
            if (slots.used * 2 > slots.mask) slots = rehashed(slots);
            break;
          }
          if (
            slots.keys[key + 1] === a &&
            slots.keys[key + 2] === b &&
            slots.keys[key + 3] === c &&
            slots.keys[key] === length
          ) {
            ordinals[first + row] = found - 1;
            break;
          }
          slot = (slot + 1) & slots.mask;
        }
      }
      if (hasLong) addLong(reader, part, ordinals, ordinalOf);
    },
    finish: (rows) => ({ kind: 'codes', name, codes, ordinals: ordinals.subarray(0, rows) }),
  };
}

function addLong(
  reader: VectorReader,
  part: VectorPart,
  ordinals: Uint32Array,
  ordinalOf: (text: string) => number,
): void {
  const lengths = textLengths(part);
  const distant = distantTexts(reader, part, lengths);
  const text = Buffer.from(distant.buffer, distant.byteOffset, distant.byteLength);
  let read = 0;
  for (let row = 0; row < part.rows; row += 1) {
    const length = lengths[row] ?? 0;
    if (length <= inlineLength) continue;
    ordinals[part.row + row] = ordinalOf(text.toString('utf8', read, read + length));
    read += length;
  }
}

/** An open hash table; 0 is an empty slot. */
interface Slots {
  readonly mask: number;
  readonly keys: Uint32Array;
  readonly ordinals: Uint32Array;
  used: number;
}

const newSlots = (size: number): Slots => ({
  mask: size - 1,
  keys: new Uint32Array(size * 4),
  ordinals: new Uint32Array(size),
  used: 0,
});

function rehashed(slots: Slots): Slots {
  const larger = newSlots((slots.mask + 1) * 4);
  slots.ordinals.forEach((ordinal, slot) => {
    if (ordinal === 0) return;
    const [length = 0, a = 0, b = 0, c = 0] = slots.keys.subarray(slot * 4, slot * 4 + 4);
    let to = hashOf(a, b, c, length) & larger.mask;
    while (larger.ordinals[to] !== 0) to = (to + 1) & larger.mask;
    larger.keys.set([length, a, b, c], to * 4);
    larger.ordinals[to] = ordinal;
  });
  larger.used = slots.used;
  return larger;
}

function hashOf(a: number, b: number, c: number, length: number): number {
  const mixed =
    Math.imul(a, 0x9e3779b1) ^
    Math.imul(b, 0x85ebca6b) ^
    Math.imul(c, 0xc2b2ae35) ^
    Math.imul(length, 0x27d4eb2f);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function numbersOf(name: string, bytes: number): Taker<NumbersRead> {
  let doubles = new Float64Array(2048);
  /** From the first number on that a double does not keep; null once one has more than 64 bits. */
  let large: BigInt64Array | null | undefined;
  return {
    add: ({ bytes: given, bits, row: first, rows }) => {
      const end = first + rows;
      if (large === undefined) {
        if (end > doubles.length) doubles = grown(doubles, end);
        if (addDoubles(given, bytes, bits, doubles, first, rows)) return;
        large = new BigInt64Array(doubles.length);
        for (let row = 0; row < first; row += 1) large[row] = BigInt(doubles[row] ?? 0);
      }
      if (large === null) return;
      if (end > large.length) large = grown(large, end);
      if (!addLarge(given, bytes, bits, large, first, rows)) large = null;
    },
    finish: (rows) => ({
      kind: 'numbers',
      name,
      values: large === undefined ? doubles.subarray(0, rows) : (large?.subarray(0, rows) ?? null),
    }),
  };
}

/** False where one of them is more than a double keeps. */
function addDoubles(
  bytes: Uint8Array,
  width: number,
  bits: Uint8Array | null,
  into: Float64Array,
  first: number,
  rows: number,
): boolean {
  if (width < 8) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let row = 0; row < rows; row += 1)
      into[first + row] =
        width === 4
          ? view.getInt32(row * 4, true)
          : width === 2
            ? view.getInt16(row * 2, true)
            : view.getInt8(row);
  } else {
    const words = wordsOf(bytes);
    const step = width / 4;
    for (let row = 0; row < rows; row += 1) {
      if (bits !== null && !isValid(bits, row)) continue;
      const at = row * step;
      const high = (words[at + 1] as number) | 0;
      if (high >= 2 ** 21 || high < -(2 ** 21)) return false;
      if (step === 4 && !isSignOf(high, words, at)) return false;
      into[first + row] = high * 2 ** 32 + (words[at] as number);
    }
  }
  if (bits !== null) for (let row = 0; row < rows; row += 1) if (!isValid(bits, row)) into[first + row] = 0;
  return true;
}

/** Whether the upper half of a number of 128 bits says no more than its sign. */
const isSignOf = (high: number, words: Uint32Array, at: number): boolean =>
  words[at + 2] === (high >> 31) >>> 0 && words[at + 3] === (high >> 31) >>> 0;

function addLarge(
  bytes: Uint8Array,
  width: number,
  bits: Uint8Array | null,
  into: BigInt64Array,
  first: number,
  rows: number,
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = wordsOf(bytes);
  for (let row = 0; row < rows; row += 1) {
    if (bits !== null && !isValid(bits, row)) continue;
    if (width === 16 && !isSignOf((words[row * 4 + 1] as number) | 0, words, row * 4)) return false;
    into[first + row] = view.getBigInt64(row * width, true);
  }
  return true;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const placed = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(placed.buffer, placed.byteOffset, placed.byteLength >> 2);
}

function grown<Column extends Uint32Array | Float64Array | BigInt64Array>(
  column: Column,
  needed: number,
): Column {
  const larger = new (column.constructor as new (length: number) => Column)(
    Math.max(needed, column.length * 2),
  );
  larger.set(column as never);
  return larger;
}
