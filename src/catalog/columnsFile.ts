import { canonicalJson } from './canonicalJson.ts';
import { hasShape, type Shape } from './shape.ts';

/** Numbers of a file, each column at the width that it has in memory. */
export type StoredColumn = Uint8Array | Uint16Array | Uint32Array;

const kinds = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array } as const;
type Kind = keyof typeof kinds;

interface Placed {
  readonly kind: Kind;
  readonly at: number;
  readonly length: number;
}

const lengthAt = 8;
const headingAt = 16;
const alignment = 8;

/**
 * A heading and columns of numbers, little-endian, each at a place that a typed array can begin at, so that reading is
 * no more than looking. `magic` is 8 characters that say what it is. The same gives the same bytes.
 */
export function encodeColumns(magic: string, heading: object, columns: readonly StoredColumn[]): Uint8Array {
  let end = 0;
  const known = new Map<StoredColumn, Placed>();
  const placed = columns.map((column): Placed => {
    const before = known.get(column);
    if (before) return before;
    const place = { kind: kindOf(column), at: end, length: column.length };
    known.set(column, place);
    end += aligned(column.byteLength);
    return place;
  });
  const text = new TextEncoder().encode(canonicalJson({ heading, columns: placed }));
  const begin = aligned(headingAt + text.length);
  const bytes = new Uint8Array(begin + end);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(lengthAt, text.length, true);
  bytes.set(text, headingAt);
  for (const [column, { at }] of known)
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), begin + at);
  return bytes;
}

/** The heading, of the given shape, and the columns, which lie in the bytes; null where it is no such file. */
export function decodeColumns(
  magic: string,
  shape: Shape,
  given: Uint8Array,
): { readonly heading: unknown; readonly columns: readonly StoredColumn[] } | null {
  const bytes = given.byteOffset % alignment === 0 ? given : given.slice();
  if (bytes.length < headingAt || textOf(bytes, 0, lengthAt) !== magic) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(lengthAt, true);
  const begin = aligned(headingAt + length);
  if (begin > bytes.length) return null;
  const said = parsed(textOf(bytes, headingAt, headingAt + length));
  if (!hasShape(said, { heading: shape, columns: [{ kind: 'text', at: 'number', length: 'number' }] }))
    return null;
  const { heading, columns } = said as { heading: unknown; columns: readonly Placed[] };
  const views: StoredColumn[] = [];
  for (const { kind, at, length: items } of columns) {
    const type = Object.hasOwn(kinds, kind) ? kinds[kind] : null;
    const isInside =
      [at, items].every((each) => Number.isSafeInteger(each) && each >= 0) && at % alignment === 0;
    if (type === null || !isInside || begin + at + items * type.BYTES_PER_ELEMENT > bytes.length) return null;
    views.push(new type(bytes.buffer as ArrayBuffer, bytes.byteOffset + begin + at, items));
  }
  return { heading, columns: views };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder().decode(bytes.subarray(from, to));

function kindOf(column: StoredColumn): Kind {
  if (column instanceof Uint8Array) return 'u8';
  return column instanceof Uint16Array ? 'u16' : 'u32';
}

const aligned = (length: number): number => Math.ceil(length / alignment) * alignment;
