import { invariant } from '../diagnostics/invariant.ts';
import type { CodesRead, ColumnRead, NumbersRead } from '../engine/engine.ts';
import { compareCodes } from '../model/codeOrder.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { cellKeys, periodColumn } from '../sql/lowerCells.ts';
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
