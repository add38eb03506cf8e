import type { Expression } from '../formula/expression.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { countWhere, snapshotStep } from './lowerCells.ts';
import { lowerCondition } from './lowerCondition.ts';
import { and, column, isIn, output, query, select, table, text } from './make.ts';
import type { Places } from './places.ts';
import type { SqlQuery } from './tree.ts';

/** How many rows of some periods there are, and how many are left after each of the conditions in turn. */
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
    [snapshotStep(plan, places)],
  );
}
