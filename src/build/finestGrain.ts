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
import { aggregates } from '../model/aggregates.ts';
import type { CellState, CellsPlan } from '../plan/plan.ts';
import { compacted } from './compacted.ts';
import type { SortedCells } from './sortedCells.ts';

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
