import type { BoundColumn, ColumnFormula, OutPeriod } from './bound.ts';

/** A period is worked out by what holds on its last day, whatever else is asked. */
export function formulaFor(column: BoundColumn, { lastDay }: Pick<OutPeriod, 'lastDay'>): ColumnFormula {
  return column.earlier?.find(({ until }) => lastDay < until) ?? column;
}

/** A column as it is worked out in a period. */
export const columnIn = (column: BoundColumn, period: Pick<OutPeriod, 'lastDay'>): BoundColumn => ({
  ...column,
  ...formulaFor(column, period),
});

/** What a figure was and is, in the order of time. */
export const formulasOf = (column: BoundColumn): readonly ColumnFormula[] => [
  ...(column.earlier ?? []),
  column,
];

/** Those that the asked periods are worked out by, in the order of time. */
export function formulasFor(column: BoundColumn, periods: readonly OutPeriod[]): readonly ColumnFormula[] {
  const used = new Set(periods.map((period) => formulaFor(column, period)));
  return formulasOf(column).filter((each) => used.has(each));
}

/** Days on which the figure becomes something else. */
export const changesOf = ({ earlier = [] }: BoundColumn): readonly number[] =>
  earlier.map(({ until }) => until);
