import type { CellsPlan } from '../plan/plan.ts';
import { periodColumn } from './cellStates.ts';
import { cellColumns, cellKeys } from './lowerCells.ts';
import {
  ascending,
  cast,
  column,
  decimalType,
  isIn,
  output,
  query,
  select,
  sum,
  table,
  text,
  textType,
} from './make.ts';
import type { SqlExpression, SqlQuery, SqlRelation } from './tree.ts';

/** The cells of some periods out of a table of cells, sorted. */
export function lowerPart(plan: CellsPlan, cells: string, periods: readonly string[]): SqlQuery {
  return query(
    select({
      select: cellColumns(plan).map((name) => output(column(cells, name), name)),
      from: table(cells),
      alias: cells,
      where: isIn(column(cells, periodColumn), periods.map(text)),
      orderBy: cellKeys(plan).map((name) => ascending(column(cells, name))),
    }),
  );
}

export const totalColumn = (state: string): string => `total_${state}`;

/** The sum of each state in each period of a table of cells, as text. */
export function lowerTotals(plan: Pick<CellsPlan, 'states'>, cells: string): SqlQuery {
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

/** The same of whole files. */
export function lowerFileTotals(plan: Pick<CellsPlan, 'states'>, cells: SqlRelation): SqlQuery {
  return query(select({ select: totalOutputs(plan, 'cell'), from: cells, alias: 'cell' }));
}

const totalOutputs = ({ states }: Pick<CellsPlan, 'states'>, from: string) =>
  states.map(({ state, decimals }) => output(totalOf(column(from, state), decimals), totalColumn(state)));

const totalOf = (value: SqlExpression, decimals: number): SqlExpression =>
  cast(cast(sum(value), decimalType(decimals)), textType);
