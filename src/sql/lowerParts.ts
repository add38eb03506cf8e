import type { CellsPlan } from '../plan/plan.ts';
import { periodColumn } from './cellStates.ts';
import { cellColumns, cellKeys } from './lowerCells.ts';
import {
  ascending,
  cast,
  column,
  countRows,
  decimalType,
  isIn,
  output,
  parquet,
  query,
  select,
  sum,
  table,
  text,
  textType,
} from './make.ts';
import type { SqlExpression, SqlQuery } from './tree.ts';

/** The cells of some periods out of a table of cells, sorted. */
export function lowerPart(plan: CellsPlan, cells: string, periods: readonly string[]): SqlQuery {
  const orderBy = cellKeys(plan).map((name) => ascending(column(cells, name)));
  return query({ ...partOf(plan, cells, periods), orderBy });
}

/** The same in whatever order they come. */
export const lowerUnsortedPart = (plan: CellsPlan, cells: string, periods: readonly string[]): SqlQuery =>
  query(partOf(plan, cells, periods));

const partOf = (plan: CellsPlan, cells: string, periods: readonly string[]) =>
  select({
    select: cellColumns(plan).map((name) => output(column(cells, name), name)),
    from: table(cells),
    alias: cells,
    where: isIn(column(cells, periodColumn), periods.map(text)),
  });

export const totalColumn = (state: string): string => `total_${state}`;

/** States with their decimals, as plans and tables have them. */
interface WithStates {
  readonly states: readonly { readonly state: string; readonly decimals: number }[];
}

/** The sum of each state in each period of a table of cells, as text. */
export function lowerTotals(plan: WithStates, cells: string): SqlQuery {
  const period = column(cells, periodColumn);
  return query(
    select({
      select: [output(period, periodColumn), ...totalOutputs(plan, cells)],
      from: table(cells),
      alias: cells,
      groupBy: [period],
    }),
  );
}

export const rowsColumn = 'rows_of_file';

/** The same of a whole file, and its rows. */
export function lowerFileTotals(plan: WithStates, file: string): SqlQuery {
  const outputs = [output(countRows, rowsColumn), ...totalOutputs(plan, 'cell')];
  return query(select({ select: outputs, from: parquet([file]), alias: 'cell' }));
}

const totalOutputs = ({ states }: WithStates, from: string) =>
  states.map(({ state, decimals }) => output(totalOf(column(from, state), decimals), totalColumn(state)));

const totalOf = (value: SqlExpression, decimals: number): SqlExpression =>
  cast(cast(sum(value), decimalType(decimals)), textType);
