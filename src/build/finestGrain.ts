import {
  type Counts,
  type Grain,
  type GrainState,
  type Numbers,
  narrowed,
  narrowedNumbers,
} from '../catalog/block.ts';
import { exactSum } from '../catalog/exactSums.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { CodesRead, ColumnRead, NumbersRead } from '../engine/engine.ts';
import { aggregates } from '../model/aggregates.ts';
import { compareCodes } from '../model/codeOrder.ts';
import type { CellState, CellsPlan } from '../plan/plan.ts';
import { cellKeys, periodColumn } from '../sql/lowerCells.ts';
import { compacted } from './rollUp.ts';
import { sortedBy } from './sortRows.ts';

/** Cells of some parts as an engine gave them, sorted; null where a code is missing or a number has more than 64 bits. */
export interface SortedCells {
  /** Periods in the order asked for, those without a cell too, and where each begins. */
  readonly periods: readonly string[];
  readonly starts: Uint32Array;
  /** Place of each cell in the columns. */
  readonly order: Uint32Array;
  readonly dimensions: readonly SortedCodes[];
  readonly numbers: ReadonlyMap<string, Float64Array | BigInt64Array>;
}

interface SortedCodes {
  readonly column: string;
  readonly codes: readonly string[];
  readonly ordinals: Uint32Array;
}

export function sortedCells(
  plan: CellsPlan,
  columns: readonly ColumnRead[],
  periods: readonly string[],
): SortedCells | null {
  const codes = new Map(
    columns.flatMap((each) => (each.kind === 'codes' ? [[each.name, each] as const] : [])),
  );
  const read = columns.filter((each): each is NumbersRead => each.kind === 'numbers');
  const numbers = new Map(read.flatMap(({ name, values }) => (values ? [[name, values] as const] : [])));
  const keys = cellKeys(plan).map((column) => {
    const found = codes.get(column);
    invariant(found, `the column "${column}" was read`);
    const order = column === periodColumn ? inOrderOf(periods) : compareCodes;
    return sortedCodes(found, order, column === periodColumn ? periods : []);
  });
  if (numbers.size < read.length || keys.includes(null)) return null;
  const [period, ...dimensions] = keys.flatMap((each) => each ?? []);
  invariant(period, 'cells have a period');
  const rows = period.ordinals.length;
  const digits = [period, ...dimensions].map((each) => ({
    ordinals: each.ordinals,
    size: each.codes.length,
  }));
  const starts = new Uint32Array(periods.length + 1);
  for (const ordinal of period.ordinals) starts[ordinal + 1] = (starts[ordinal + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  return { periods, starts, order: sortedBy(digits, rows), dimensions, numbers };
}

const inOrderOf = (periods: readonly string[]) => {
  const places = new Map(periods.map((period, at) => [period, at]));
  return (a: string, b: string) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
};

/** Codes in their order; null where a row has none. */
function sortedCodes(
  { name, codes, ordinals }: CodesRead,
  compare: (a: string, b: string) => number,
  more: readonly string[],
): SortedCodes | null {
  const known = codes.filter((code) => code !== null);
  if (known.length < codes.length) return null;
  const sorted = [...new Set([...known, ...more])].sort(compare);
  const places = new Map(sorted.map((code, place) => [code, place]));
  const placeOf = Uint32Array.from(known, (code) => places.get(code) ?? 0);
  const placed = new Uint32Array(ordinals.length);
  for (let row = 0; row < ordinals.length; row += 1) placed[row] = placeOf[ordinals[row] as number] as number;
  return { column: name, codes: sorted, ordinals: placed };
}

/** The cells of some of the periods, which follow each other. */
export function finestGrain(plan: CellsPlan, cells: SortedCells, periods: readonly string[]): Grain {
  const held = periods.filter((period) => rowsOf(cells, period) > 0);
  const first = cells.periods.indexOf(periods[0] ?? '');
  const [begin, end] = [cells.starts[first] ?? 0, cells.starts[first + periods.length] ?? 0];
  const order = cells.order.subarray(begin, end);
  const starts = [0];
  for (const period of held) starts.push((starts.at(-1) ?? 0) + rowsOf(cells, period));
  const shared: Counts[] = [];
  /** A column that is another one over again is that one. */
  const counted = (name: string): Counts => {
    const counts = narrowed(gathered(numbersIn(cells, name), order) as Float64Array);
    const same = shared.find((each) => isSame(each, counts));
    if (!same) shared.push(counts);
    return same ?? counts;
  };
  return {
    rows: order.length,
    periods: held,
    starts: Uint32Array.from(starts),
    dimensions: cells.dimensions.map(({ column, codes, ordinals }) => ({
      column,
      ...compacted(codes, gathered(ordinals, order)),
    })),
    states: plan.states.map((state) => stateOf(state, cells, order, counted)),
  };
}

function rowsOf({ periods, starts }: SortedCells, period: string): number {
  const at = periods.indexOf(period);
  return (starts[at + 1] ?? 0) - (starts[at] ?? 0);
}

function stateOf(
  { state, aggregate, decimals }: CellState,
  cells: SortedCells,
  order: Uint32Array,
  counted: (name: string) => Counts,
): GrainState {
  const { merge, squares, state: made } = aggregates[aggregate];
  const known = counted(`${state}_known`);
  const countedIf = (name: string): Counts | null => {
    const found = counted(name);
    return found.some((count) => count > 0) ? found : null;
  };
  return {
    state,
    decimals,
    values: made === 'known' ? known : fitting(gathered(numbersIn(cells, state), order), merge === 'sum'),
    known,
    suppressed: countedIf(`${state}_suppressed`),
    notApplicable: countedIf(`${state}_not_applicable`),
    squares: squares ? large(gathered(numbersIn(cells, `${state}_squares`), order)) : null,
  };
}

function numbersIn({ numbers }: SortedCells, name: string): Float64Array | BigInt64Array {
  const found = numbers.get(name);
  invariant(found, `the column "${name}" was read`);
  return found;
}

function gathered<Column extends Float64Array | BigInt64Array | Uint32Array>(
  column: Column,
  order: Uint32Array,
): Column {
  const found = new (column.constructor as new (length: number) => Column)(order.length);
  for (let at = 0; at < order.length; at += 1) found[at] = column[order[at] as number] as never;
  return found;
}

/** Doubles where every sum of them is exact, so that what a part is kept as depends on nothing but the part. */
function fitting(values: Float64Array | BigInt64Array, adds: boolean): Numbers {
  const sums = exactSum(values, null, 0);
  invariant(sums, 'an engine gives whole numbers');
  const isExact = adds ? sums.magnitude <= Number.MAX_SAFE_INTEGER : values.every(isSafe);
  return narrowedNumbers(isExact ? doubles(values) : large(values));
}

const isSafe = (value: number | bigint): boolean => Number.isSafeInteger(Number(value));

const doubles = (values: Float64Array | BigInt64Array): Float64Array =>
  values instanceof Float64Array ? values : Float64Array.from(values, Number);

const large = (values: Float64Array | BigInt64Array): BigInt64Array =>
  values instanceof BigInt64Array ? values : BigInt64Array.from(values, BigInt);

function isSame(a: Counts, b: Counts): boolean {
  if (a.constructor !== b.constructor || a.length !== b.length) return false;
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

const bytesOf = (column: Counts): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
