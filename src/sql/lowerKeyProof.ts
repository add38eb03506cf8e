import type { RowsPlan } from '../plan/plan.ts';
import { relationSteps } from './lowerRelation.ts';
import {
  allOf,
  cast,
  column,
  count,
  countRows,
  greater,
  integer,
  integerType,
  isNotNull,
  output,
  query,
  select,
  table,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlQuery } from './tree.ts';

/** A relation that rows are looked up in, and the columns that must name one row of it. */
export interface Lookup {
  readonly rows: RowsPlan;
  readonly keys: readonly string[];
}

/** Every lookup on the way to some rows, those beneath others first. */
export function lookupsOf(plan: RowsPlan): Lookup[] {
  const own = plan.steps.flatMap(({ step, lookup }): Lookup[] => {
    if (step.kind !== 'match' || !lookup) return [];
    const keys = [...step.on.map(({ theirs }) => theirs), ...(step.shift ? [step.shift.theirs] : [])];
    return [...lookupsOf(lookup), { rows: lookup, keys }];
  });
  return [...(plan.from ? lookupsOf(plan.from) : []), ...own];
}

/** How many keys have more than one row; a key of which a part is empty finds nothing and may have many. */
export function lowerKeyProof({ rows, keys }: Lookup, places: Places): SqlQuery {
  const steps = relationSteps(rows, places, rows.from ? places.held(rows.source) : null, 'lookup');
  const grouped = select({
    select: [output(countRows, 'rows_of_key')],
    from: table('lookup'),
    alias: 'lookup',
    where: allOf(keys.map((key) => isNotNull(column('lookup', key)))),
    groupBy: keys.map((key) => column('lookup', key)),
  });
  const body = select({
    select: [output(cast(count(column('by_key', 'rows_of_key')), integerType), 'keys')],
    from: table('by_key'),
    alias: 'by_key',
    where: greater(column('by_key', 'rows_of_key'), integer(1)),
  });
  return query(body, [...steps, { name: 'by_key', query: grouped }]);
}
