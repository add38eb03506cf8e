import {
  type Counts,
  type Grain,
  type GrainDimension,
  type Numbers,
  narrowed,
  narrowedNumbers,
} from '../catalog/block.ts';
import type { Leaves, Merges } from '../catalog/certify.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { compacted } from './compacted.ts';
import { type Digits, keysOf, sortedBy } from './sortRows.ts';

/** What is known of a table's states and dimensions wherever its cells are merged. */
export interface Merging {
  readonly merges: Merges;
  readonly leaves: Leaves;
}

/**
 * Cells merged to those of some dimensions, every period by itself. Of a leveled dimension that goes only rows at
 * its finest level are read: those above it are totals of the same.
 */
export function rollUp(grain: Grain, dimensions: readonly string[], { merges, leaves }: Merging): Grain {
  const kept = keptOf(grain, dimensions, leaves);
  const rows = rowsRead(grain, dimensions, leaves);
  const groups = groupsOf(grain, kept, rows);
  const rolled = new Map<Counts, Counts>();
  const counts = (column: Counts): Counts => {
    const known = rolled.get(column) ?? narrowed(sumsOf(column, groups));
    rolled.set(column, known);
    return known;
  };
  const countsIf = (column: Counts | null): Counts | null => {
    const found = column && counts(column);
    return found?.some((count) => count > 0) ? found : null;
  };
  return {
    rows: groups.count,
    ...periodsOf(grain, groups),
    dimensions: kept.map((dimension) => dimensionOf(dimension, groups)),
    states: grain.states.map(({ state, decimals, values, known, suppressed, notApplicable, squares }) => ({
      state,
      decimals,
      values:
        (values as Counts) === known
          ? counts(known)
          : mergedOf(values, known, merges[state] ?? 'sum', groups),
      known: counts(known),
      suppressed: countsIf(suppressed),
      notApplicable: countsIf(notApplicable),
      squares: squares && largeSums(squares, groups),
    })),
  };
}

/** Columns that stay, in the order of the grain: of a leveled dimension two. */
export function keptOf(
  grain: Pick<Grain, 'dimensions'>,
  dimensions: readonly string[],
  leaves: Leaves,
): readonly GrainDimension[] {
  const columns = new Set(dimensions.flatMap((name) => (name in leaves ? [`${name}_level`, name] : [name])));
  return grain.dimensions.filter(({ column }) => columns.has(column));
}

/** Rows at the finest level of what goes; null: all of them. */
export function rowsRead(grain: Grain, dimensions: readonly string[], leaves: Leaves): Uint8Array | null {
  let read: Uint8Array | null = null;
  for (const [column, leaf] of Object.entries(leaves)) {
    const level = grain.dimensions.find((each) => each.column === `${column}_level`);
    if (!level || dimensions.includes(column) || level.codes.every((code) => code === leaf)) continue;
    read ??= new Uint8Array(grain.rows).fill(1);
    const finest = level.codes.indexOf(leaf);
    for (let row = 0; row < grain.rows; row += 1) if (level.ordinals[row] !== finest) read[row] = 0;
  }
  return read;
}

/** Which new row each row goes into. */
interface Groups {
  readonly count: number;
  /** By row of the grain. */
  readonly ids: Uint32Array;
  /** Rows that are read; null: all. */
  readonly read: Uint8Array | null;
  /** A row of the grain for each group. */
  readonly first: Uint32Array;
}

/** Slots for every combination, where so many are little more than rows. */
const mostSlots = (rows: number): number => Math.max(2 ** 16, 8 * rows);

function groupsOf(grain: Grain, kept: readonly GrainDimension[], read: Uint8Array | null): Groups {
  const { rows } = grain;
  const digits = digitsOf(grain, kept);
  const combinations = digits.reduce((product, { size }) => product * size, 1);
  return combinations <= mostSlots(rows)
    ? bySlots(digits, combinations, rows, read)
    : bySorting(digits, rows, read);
}

/** Period and codes of each row, as numbers. */
export function digitsOf(
  { rows, starts, periods: held }: Grain,
  kept: readonly GrainDimension[],
): readonly Digits[] {
  const periods = new Uint32Array(rows);
  for (let at = 0; at + 1 < starts.length; at += 1) periods.fill(at, starts[at], starts[at + 1]);
  return [
    { ordinals: periods, size: held.length },
    ...kept.map(({ ordinals, codes }) => ({ ordinals, size: codes.length })),
  ];
}

function bySlots(
  digits: readonly Digits[],
  combinations: number,
  rows: number,
  read: Uint8Array | null,
): Groups {
  const keys = keysOf(digits, rows);
  const slots = new Uint32Array(combinations);
  for (let row = 0; row < rows; row += 1)
    if (read === null || read[row] === 1) slots[keys[row] as number] = 1;
  let count = 0;
  for (let slot = 0; slot < combinations; slot += 1) if (slots[slot] === 1) slots[slot] = count++;
  const ids = keys;
  const first = new Uint32Array(count);
  for (let row = rows - 1; row >= 0; row -= 1) {
    if (read !== null && read[row] !== 1) continue;
    const id = slots[keys[row] as number] as number;
    ids[row] = id;
    first[id] = row;
  }
  return { count, ids, read, first };
}

function bySorting(digits: readonly Digits[], rows: number, read: Uint8Array | null): Groups {
  const order = sortedBy(digits, rows);
  const ids = new Uint32Array(rows);
  const first = new Uint32Array(rows);
  let count = 0;
  for (const row of order) {
    if (read !== null && read[row] !== 1) continue;
    const before = first[count - 1];
    if (
      before === undefined ||
      count === 0 ||
      digits.some(({ ordinals }) => ordinals[before] !== ordinals[row])
    )
      first[count++] = row;
    ids[row] = count - 1;
  }
  return { count, ids, read, first: first.slice(0, count) };
}

function periodsOf(grain: Grain, { first, count }: Groups): Pick<Grain, 'periods' | 'starts'> {
  const periods: string[] = [];
  const starts: number[] = [];
  let id = 0;
  for (const [at, period] of grain.periods.entries()) {
    const end = grain.starts[at + 1] ?? grain.rows;
    if (id === count || (first[id] as number) >= end) continue;
    periods.push(period);
    starts.push(id);
    while (id < count && (first[id] as number) < end) id += 1;
  }
  return { periods, starts: Uint32Array.from([...starts, count]) };
}

function dimensionOf({ column, codes, ordinals }: GrainDimension, { first, count }: Groups): GrainDimension {
  const gathered = new Uint32Array(count);
  for (let id = 0; id < count; id += 1) gathered[id] = ordinals[first[id] as number] as number;
  return { column, ...compacted(codes, gathered) };
}

function mergedOf(values: Numbers, known: Counts, merge: Merges[string], groups: Groups): Numbers {
  if (merge !== 'sum') return extremes(values, known, merge, groups);
  return values instanceof BigInt64Array
    ? largeSums(values, groups)
    : narrowedNumbers(sumsOf(values, groups));
}

function sumsOf(values: Exclude<Numbers, BigInt64Array>, { ids, read, count }: Groups): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < ids.length; row += 1) {
    if (read !== null && read[row] !== 1) continue;
    const id = ids[row] as number;
    sums[id] = (sums[id] as number) + (values[row] as number);
  }
  return sums;
}

/** By halves of 32 bits, since a 64-bit number of JavaScript is an object. */
function largeSums(values: BigInt64Array, { ids, read, count }: Groups): BigInt64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const sums = new Int32Array(count * 2);
  for (let row = 0; row < ids.length; row += 1) {
    if (read !== null && read[row] !== 1) continue;
    const at = (ids[row] as number) * 2;
    const low = ((sums[at] as number) >>> 0) + ((words[row * 2] as number) >>> 0);
    sums[at] = low | 0;
    sums[at + 1] = ((sums[at + 1] as number) + (words[row * 2 + 1] as number) + (low >= 2 ** 32 ? 1 : 0)) | 0;
  }
  return new BigInt64Array(sums.buffer);
}

function extremes(values: Numbers, known: Counts, merge: 'min' | 'max', groups: Groups): Numbers {
  const { ids, read, count } = groups;
  const found = values instanceof BigInt64Array ? new BigInt64Array(count) : new Float64Array(count);
  const has = new Uint8Array(count);
  for (let row = 0; row < ids.length; row += 1) {
    if (known[row] === 0 || (read !== null && read[row] !== 1)) continue;
    const id = ids[row] as number;
    const [value, before] = [values[row], found[id]];
    invariant(value !== undefined && before !== undefined, 'a row has a value and goes into a group');
    if (has[id] === 1 && (merge === 'min' ? value >= before : value <= before)) continue;
    has[id] = 1;
    found[id] = value;
  }
  return narrowedNumbers(found);
}
