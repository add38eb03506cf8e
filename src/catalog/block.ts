import { invariant } from '../diagnostics/invariant.ts';
import { shapeOf } from './blockShape.ts';

/**
 * Cells as they lie in memory: of one part of a table the finest cells and rollups of them, each a grain. A file of
 * an edition holds the columns one after the other, each at its narrowest width and aligned for a typed array, so
 * that opening it is reading it. Numbers are little-endian, like all machines that this runs on.
 *
 *   "FLISCEL1", length of the heading in 4 bytes, 4 bytes of zero, the heading as JSON, then the columns
 */
export interface Block {
  /** The finest first; others in order of rows. */
  readonly grains: readonly Grain[];
}

/** Cells of some dimensions: one row for each combination that occurs, sorted by period and then by dimensions. */
export interface Grain {
  readonly rows: number;
  readonly periods: readonly string[];
  /** Row at which each period begins, and the number of rows. */
  readonly starts: Uint32Array;
  /** In the order that rows are sorted by. A `<column>_level` is a dimension of its own, before its column. */
  readonly dimensions: readonly GrainDimension[];
  readonly states: readonly GrainState[];
}

export interface GrainDimension {
  readonly column: string;
  /** The codes that occur, in the order of codes. */
  readonly codes: readonly string[];
  /** Place in `codes` by row. */
  readonly ordinals: Ordinals;
}

export type Ordinals = Uint8Array | Uint16Array | Uint32Array;

/** A column of component states. Of cells in which nothing is known the value is 0. */
export interface GrainState {
  readonly state: string;
  readonly decimals: number;
  /** In units of the last decimal. Doubles hold them only where no sum of any of them can leave 2^53. */
  readonly values: Numbers;
  readonly known: Counts;
  /** Null: no cell has any. */
  readonly suppressed: Counts | null;
  readonly notApplicable: Counts | null;
  /** Sums of squares, where the state has them. */
  readonly squares: BigInt64Array | null;
}

export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array | BigInt64Array;
export type Counts = Uint8Array | Uint16Array | Uint32Array;
type Column = Numbers;

const magic = 'FLISCEL1';
const headingAt = 16;
const alignment = 8;

const kinds = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  i64: BigInt64Array,
} as const;
type Kind = keyof typeof kinds;

/** Where a column lies, counted from the end of the heading. */
export interface Placed {
  readonly kind: Kind;
  readonly at: number;
  readonly length: number;
}

export interface Heading {
  readonly format: 1;
  readonly grains: readonly {
    readonly rows: number;
    readonly periods: readonly string[];
    readonly starts: Placed;
    readonly dimensions: readonly {
      readonly column: string;
      readonly codes: readonly string[];
      readonly ordinals: Placed;
    }[];
    readonly states: readonly {
      readonly state: string;
      readonly decimals: number;
      readonly values: Placed;
      readonly known: Placed;
      readonly suppressed: Placed | null;
      readonly notApplicable: Placed | null;
      readonly squares: Placed | null;
    }[];
  }[];
}

/** The same block gives the same bytes. Columns that are one array are written once. */
export function encodeBlock({ grains }: Block): Uint8Array {
  const placed = new Map<Column, Placed>();
  let end = 0;
  const place = (column: Column): Placed => {
    const known = placed.get(column);
    if (known) return known;
    const found: Placed = { kind: kindOf(column), at: end, length: column.length };
    placed.set(column, found);
    end += aligned(column.byteLength);
    return found;
  };
  const placeIf = (column: Column | null): Placed | null => (column === null ? null : place(column));
  const heading: Heading = {
    format: 1,
    grains: grains.map(({ rows, periods, starts, dimensions, states }) => ({
      rows,
      periods,
      starts: place(starts),
      dimensions: dimensions.map(({ column, codes, ordinals }) => ({
        column,
        codes,
        ordinals: place(ordinals),
      })),
      states: states.map(({ state, decimals, values, known, suppressed, notApplicable, squares }) => ({
        state,
        decimals,
        values: place(values),
        known: place(known),
        suppressed: placeIf(suppressed),
        notApplicable: placeIf(notApplicable),
        squares: placeIf(squares),
      })),
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(heading));
  const columnsAt = aligned(headingAt + text.length);
  const bytes = new Uint8Array(columnsAt + end);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, headingAt);
  for (const [column, { at }] of placed)
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), columnsAt + at);
  return bytes;
}

/** The block that lies in the bytes, which are kept and not copied; null where they are none. */
export function decodeBlock(given: Uint8Array): Block | null {
  const bytes = given.byteOffset % alignment === 0 ? given : given.slice();
  if (bytes.length < headingAt || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic)
    return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const columnsAt = aligned(headingAt + length);
  if (columnsAt > bytes.length) return null;
  const heading = shapeOf(new TextDecoder().decode(bytes.subarray(headingAt, headingAt + length)));
  if (heading === null) return null;
  const views = new Map<number, Column>();
  const view = ({ kind, at, length: items }: Placed): Column => {
    const known = views.get(at);
    if (known && kindOf(known) === kind && known.length === items) return known;
    const begin = columnsAt + at;
    invariant(begin + items * kinds[kind].BYTES_PER_ELEMENT <= bytes.length, 'a column lies in its file');
    const found = new kinds[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + begin, items);
    views.set(at, found);
    return found;
  };
  const viewIf = (column: Placed | null) => (column === null ? null : view(column));
  return {
    grains: heading.grains.map(({ rows, periods, starts, dimensions, states }) => ({
      rows,
      periods,
      starts: view(starts) as Uint32Array,
      dimensions: dimensions.map(({ column, codes, ordinals }) => ({
        column,
        codes,
        ordinals: view(ordinals) as Ordinals,
      })),
      states: states.map(({ state, decimals, values, known, suppressed, notApplicable, squares }) => ({
        state,
        decimals,
        values: view(values),
        known: view(known) as Counts,
        suppressed: viewIf(suppressed) as Counts | null,
        notApplicable: viewIf(notApplicable) as Counts | null,
        squares: viewIf(squares) as BigInt64Array | null,
      })),
    })),
  };
}

/** Whole numbers from 0 up at the narrowest width that holds them. */
export function narrowed(values: ArrayLike<number>): Counts {
  let most = 0;
  for (let at = 0; at < values.length; at += 1) most = Math.max(most, values[at] ?? 0);
  if (most < 2 ** 8) return new Uint8Array(values);
  if (most < 2 ** 16) return new Uint16Array(values);
  invariant(most < 2 ** 32, 'a count of rows has 32 bits');
  return new Uint32Array(values);
}

/** Scaled states at the narrowest width; 64-bit integers where a sum of them could be more than a double keeps. */
export function narrowedNumbers(values: Float64Array | BigInt64Array): Numbers {
  if (values instanceof BigInt64Array) return values;
  let [least, most] = [0, 0];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least >= 0 && most < 2 ** 32) return narrowed(values);
  return least >= -(2 ** 31) && most < 2 ** 31 ? new Int32Array(values) : values;
}

function kindOf(column: Column): Kind {
  if (column instanceof Uint8Array) return 'u8';
  if (column instanceof Uint16Array) return 'u16';
  if (column instanceof Uint32Array) return 'u32';
  if (column instanceof Int32Array) return 'i32';
  return column instanceof Float64Array ? 'f64' : 'i64';
}

const aligned = (length: number): number => Math.ceil(length / alignment) * alignment;
