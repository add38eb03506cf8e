import { periodsMatched } from '../model/rowPeriods.ts';
import type { ValidOn } from '../model/rowSteps.ts';
import { periodsOfSteps } from '../plan/periodsRead.ts';
import type { RowsPlan } from '../plan/plan.ts';
import { relationSteps } from './lowerRelation.ts';
import {
  allOf,
  ascending,
  atMost,
  cast,
  column,
  count,
  countRows,
  greater,
  integer,
  integerType,
  isNotNull,
  less,
  output,
  query,
  select,
  table,
  window,
} from './make.ts';
import type { Places } from './places.ts';
import { holdsFrom, holdsTo } from './steps/match.ts';
import type { SqlQuery } from './tree.ts';

/** A relation that rows are looked up in, and the columns that must name one row of it. */
export interface Lookup {
  readonly rows: RowsPlan;
  readonly keys: readonly string[];
  /** Periods that rows are looked up in, where the key holds the period; null: all there are. */
  readonly periods: readonly string[] | null;
  /** Where a key has several rows, one at a time. */
  readonly valid: ValidOn | null;
}

/** Every lookup on the way to rows of some periods whose key must be one, those beneath others first. */
export function lookupsOf(plan: RowsPlan, wanted: readonly string[] | null): Lookup[] {
  if (!plan.from) return [];
  const periods = periodsOfSteps(plan, wanted);
  const found = plan.steps.flatMap(({ step, lookup }, position): Lookup[] => {
    if (step.kind !== 'match' || !lookup) return [];
    const keys = [...step.on.map(({ theirs }) => theirs), ...(step.shift ? [step.shift.theirs] : [])];
    const looked = periodsMatched(step, periods[position + 1] ?? null);
    const own = step.every ? [] : [{ rows: lookup, keys, periods: looked, valid: step.valid }];
    return [...lookupsOf(lookup, looked), ...own];
  });
  return [...lookupsOf(plan.from, periods[0] ?? null), ...found];
}

/** The rows that are looked in; of rows made of others the periods must be said. */
const lookupSteps = ({ rows, periods }: Lookup, places: Places) =>
  relationSteps(rows, places, periods ?? (rows.from ? places.held(rows.source) : null), 'lookup');

/** How many keys have more than one row; a key of which a part is empty finds nothing and may have many. */
export function lowerKeyProof(lookup: Lookup, places: Places): SqlQuery {
  const { keys, valid } = lookup;
  if (valid) return lowerTurnProof(lookup, valid, places);
  const steps = lookupSteps(lookup, places);
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

/** How many rows of a key begin before the one before them has ended; a row that holds on no day is none. */
function lowerTurnProof(lookup: Lookup, valid: ValidOn, places: Places): SqlQuery {
  const steps = lookupSteps(lookup, places);
  const { keys } = lookup;
  const theirs = (name: string) => column('lookup', name);
  const [first, last] = [holdsFrom(valid, theirs), holdsTo(valid, theirs)];
  const turns = select({
    select: [
      output(last, 'last_day'),
      output(
        window('lead', [first], {
          partitionBy: keys.map(theirs),
          orderBy: [ascending(first), ascending(last)],
        }),
        'next_day',
      ),
    ],
    from: table('lookup'),
    alias: 'lookup',
    where: allOf([...keys.map((key) => isNotNull(theirs(key))), (valid.closed ? atMost : less)(first, last)]),
  });
  const body = select({
    select: [output(cast(countRows, integerType), 'keys')],
    from: table('turns'),
    alias: 'turns',
    where: (valid.closed ? atMost : less)(column('turns', 'next_day'), column('turns', 'last_day')),
  });
  return query(body, [...steps, { name: 'turns', query: turns }]);
}
