import type { FactPlan } from '../plan/plan.ts';
import { lowerFact } from './lowerFact.ts';
import { lowerRows } from './lowerRows.ts';
import type { Places } from './places.ts';
import type { SqlQuery } from './tree.ts';

/** The statement of one fact of a plan. */
export function lowerPlan(fact: FactPlan, places: Places): SqlQuery {
  return fact.kind === 'rows' ? lowerRows(fact, places) : lowerFact(fact, places);
}
