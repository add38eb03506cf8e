import { type Block, type GrainState, narrowed, narrowedNumbers } from '../catalog/block.ts';
import type { CellTable } from '../catalog/types.ts';
import { columnValues } from '../engine/arrow.ts';
import type { ResultTable } from '../engine/engine.ts';
import { aggregates } from '../model/aggregates.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { periodColumn } from '../sql/cellStates.ts';

/**
 * Cells that an engine read, as a block of the finest grain: for editions whose parts have none of their own. They
 * may come in any order.
 */
export function blockOf(
  table: Pick<CellTable, 'states'>,
  columns: readonly string[],
  result: ResultTable,
): Block {
  const rows = result.numRows;
  const textsOf = (name: string) => {
    const vector = result.getChild(name);
    return Array.from({ length: rows }, (_, row) => String(vector?.get(row)));
  };
  const periodTexts = textsOf(periodColumn);
  const periods = [...new Set(periodTexts)].sort();
  const dimensions = columns.map((column) => {
    const texts = textsOf(column);
    const codes = [...new Set(texts)].sort(compareCodes);
    const places = new Map(codes.map((code, at) => [code, at]));
    return { column, codes, ordinals: texts.map((text) => places.get(text) ?? 0) };
  });
  const places = new Map(periods.map((period, at) => [period, at]));
  const own = periodTexts.map((text) => places.get(text) ?? 0);
  const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    const byPeriod = (own[a] ?? 0) - (own[b] ?? 0);
    if (byPeriod !== 0) return byPeriod;
    for (const { ordinals } of dimensions) {
      const difference = (ordinals[a] ?? 0) - (ordinals[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const inOrder = <T>(values: readonly T[], none: T): T[] => order.map((row) => values[row] ?? none);
  const counts = new Uint32Array(periods.length + 1);
  for (const period of own) counts[period + 1] = (counts[period + 1] ?? 0) + 1;
  for (let at = 1; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
  return {
    grains: [
      {
        rows,
        periods,
        starts: counts,
        dimensions: dimensions.map(({ column, codes, ordinals }) => ({
          column,
          codes,
          ordinals: narrowed(inOrder(ordinals, 0)),
        })),
        states: table.states.map((state) => stateOf(state, result, inOrder)),
      },
    ],
  };
}

function stateOf(
  { state, aggregate, decimals }: CellTable['states'][number],
  result: ResultTable,
  inOrder: <T>(values: readonly T[], none: T) => T[],
): GrainState {
  const integers = (name: string): bigint[] => {
    const vector = result.getChild(name);
    const values = vector ? columnValues(vector) : [];
    return inOrder(
      values.map((value) => (typeof value === 'bigint' ? value : 0n)),
      0n,
    );
  };
  const counts = (suffix: string) => narrowed(integers(`${state}_${suffix}`).map(Number));
  const orNone = (column: ReturnType<typeof counts>) => (column.some((count) => count > 0) ? column : null);
  const values = integers(state);
  const fits = values.every((value) => value > -(2n ** 53n) && value < 2n ** 53n);
  const kept = aggregates[aggregate as keyof typeof aggregates];
  return {
    state,
    decimals,
    values: narrowedNumbers(fits ? Float64Array.from(values, Number) : BigInt64Array.from(values)),
    known: counts('known'),
    suppressed: orNone(counts('suppressed')),
    notApplicable: orNone(counts('not_applicable')),
    squares: kept.squares ? BigInt64Array.from(integers(`${state}_squares`)) : null,
  };
}
