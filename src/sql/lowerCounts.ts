import type { Expression } from '../formula/expression.ts';
import { periodColumnOf } from '../model/relations.ts';
import type { CellsPlan, RowsPlan } from '../plan/plan.ts';
import { countWhere, rowsSteps } from './lowerCells.ts';
import { lowerCondition } from './lowerCondition.ts';
import { relationSteps } from './lowerRelation.ts';
import { and, column, isIn, output, query, select, table, text } from './make.ts';
import type { Places } from './places.ts';
import type { SqlQuery } from './tree.ts';

/** How many rows of some periods there are (`rows_0`), and how many are left after each of the conditions in turn. */
export function lowerCounts(
  plan: CellsPlan,
  places: Places,
  periods: readonly string[],
  conditions: readonly Expression[],
): SqlQuery {
  const lowered = conditions.map((condition) => lowerCondition(condition, (name) => column('rows', name)));
  return query(
    select({
      select: [null, ...lowered].map((_condition, at) =>
        output(countWhere(at === 0 ? null : and(...lowered.slice(0, at))), `rows_${at}`),
      ),
      from: table('rows'),
      alias: 'rows',
      where: isIn(column('rows', plan.periodColumn), periods.map(text)),
    }),
    [...rowsSteps(plan, places, periods)],
  );
}

/** How many rows of some periods a relation has (`rows_0`); null for all periods. */
export function lowerRowCount(plan: RowsPlan, places: Places, periods: readonly string[] | null): SqlQuery {
  const period = periodColumnOf(plan.columns)?.name;
  return query(
    select({
      select: [output(countWhere(null), 'rows_0')],
      from: table('rows'),
      alias: 'rows',
      where:
        periods === null || period === undefined ? null : isIn(column('rows', period), periods.map(text)),
    }),
    [...relationSteps(plan, places, periods, 'rows')],
  );
}
