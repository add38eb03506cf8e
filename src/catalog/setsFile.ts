import { invariant } from '../diagnostics/invariant.ts';
import { type Counts, type GrainDimension, narrowed } from './block.ts';
import { decodeColumns, encodeColumns, type StoredColumn } from './columnsFile.ts';
import type { Shape } from './shape.ts';

/**
 * Who is in each cell of a part: for every combination of dimensions that occurs the ordinals of those who are counted
 * there, each once and ascending. An ordinal says nothing without the key that the people were put in order by.
 */
export interface SetsOfPart {
  readonly periods: readonly string[];
  /** Row at which each period begins, and the number of rows. */
  readonly starts: Uint32Array;
  /** In the order that rows are sorted by within a period. */
  readonly dimensions: readonly GrainDimension[];
  readonly states: readonly SetsOfState[];
}

export interface SetsOfState {
  readonly state: string;
  /** Row to how many there are. */
  readonly counts: Counts;
  /** The ordinals of all rows, one row after the other. */
  readonly ordinals: Uint32Array;
}

const magic = 'FLISSETS';
const shape: Shape = {
  format: 'number',
  periods: ['text'],
  dimensions: [{ column: 'text', codes: ['text'] }],
  states: ['text'],
};

/** Ordinals lie there in two columns, the lower 16 bits and what is above, since most have 24 bits at most. */
export function encodeSets({ periods, starts, dimensions, states }: SetsOfPart): Uint8Array {
  const halves = new Map<Uint32Array, readonly [Uint16Array, Counts]>();
  const halvesOf = (ordinals: Uint32Array) => {
    const known = halves.get(ordinals) ?? [
      Uint16Array.from(ordinals, (ordinal) => ordinal & 0xffff),
      narrowed(ordinals.map((ordinal) => ordinal >>> 16)),
    ];
    halves.set(ordinals, known);
    return known;
  };
  return encodeColumns(
    magic,
    {
      format: 1,
      periods,
      dimensions: dimensions.map(({ column, codes }) => ({ column, codes })),
      states: states.map(({ state }) => state),
    },
    [
      starts,
      ...dimensions.map(({ ordinals }) => ordinals),
      ...states.flatMap(({ counts, ordinals }) => [counts, ...halvesOf(ordinals)]),
    ],
  );
}

/** Null where the bytes are no such file, or one that contradicts itself. */
export function decodeSets(bytes: Uint8Array): SetsOfPart | null {
  const found = decodeColumns(magic, shape, bytes);
  if (!found) return null;
  const { periods, dimensions, states } = found.heading as {
    readonly periods: readonly string[];
    readonly dimensions: readonly { readonly column: string; readonly codes: readonly string[] }[];
    readonly states: readonly string[];
  };
  const [starts, ...columns] = found.columns;
  const rows = starts?.at(-1);
  if (!(starts instanceof Uint32Array) || rows === undefined || starts.length !== periods.length + 1)
    return null;
  if (columns.length !== dimensions.length + 3 * states.length) return null;
  const joined = new Map<StoredColumn, Uint32Array>();
  const ofStates: SetsOfState[] = [];
  for (const [at, state] of states.entries()) {
    const [counts, low, high] = columns.slice(dimensions.length + 3 * at);
    if (!counts || !low || !high || counts.length !== rows || low.length !== high.length) return null;
    const ordinals = joined.get(low) ?? joinedHalves(low, high);
    joined.set(low, ordinals);
    ofStates.push({ state, counts, ordinals });
  }
  const ofDimensions: GrainDimension[] = [];
  for (const [at, { column, codes }] of dimensions.entries()) {
    const ordinals = columns[at];
    if (ordinals?.length !== rows) return null;
    ofDimensions.push({ column, codes, ordinals });
  }
  return { periods, starts, dimensions: ofDimensions, states: ofStates };
}

function joinedHalves(low: StoredColumn, high: StoredColumn): Uint32Array {
  const ordinals = new Uint32Array(low.length);
  for (let at = 0; at < ordinals.length; at += 1)
    ordinals[at] = (low[at] as number) + (high[at] as number) * 2 ** 16;
  return ordinals;
}

const linkMagic = 'FLISLINK';

/**
 * The numbers that people have in all years, in the order of their ordinals in one: those who were first met in a part.
 */
export const encodeLink = (numbers: Uint32Array): Uint8Array =>
  encodeColumns(linkMagic, { format: 1 }, [numbers]);

export function decodeLink(bytes: Uint8Array): Uint32Array | null {
  const numbers = decodeColumns(linkMagic, { format: 'number' }, bytes)?.columns[0];
  return numbers instanceof Uint32Array ? numbers : null;
}

/** Row to where its ordinals begin, and the end of the last. */
export function startsOf(counts: Counts): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  let end = 0;
  for (let row = 0; row < counts.length; row += 1) {
    end += counts[row] as number;
    starts[row + 1] = end;
  }
  invariant(end < 2 ** 32, 'places of ordinals have 32 bits');
  return starts;
}
