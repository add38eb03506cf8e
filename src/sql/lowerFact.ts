import type { FactPlan } from '../plan/plan.ts';
import { byPeriodStep } from './fact/byPeriod.ts';
import { cellSteps } from './fact/cells.ts';
import { overTimeStep } from './fact/overTime.ts';
import { partsStep } from './fact/parts.ts';
import { periodsStep } from './fact/periods.ts';
import { weightSteps } from './fact/weights.ts';
import { query } from './make.ts';
import type { Places } from './places.ts';
import type { SqlQuery } from './tree.ts';

/**
 * A fact as one statement, in four steps that a person can follow: the cells; the parts, which are
 * the finest members in each source period; the asked members in each source period; and last, over
 * time. Coverage is counted where parts become members, since only there a part is a part.
 */
export function lowerFact(fact: FactPlan, places: Places): SqlQuery {
  const steps: SqlQuery['with'] = [
    { name: 'periods', query: periodsStep(fact) },
    ...cellSteps(fact, places),
    ...(fact.weight ? weightSteps(fact.weight, fact, places) : []),
    { name: 'parts', query: partsStep(fact, places) },
    { name: 'by_period', query: byPeriodStep(fact) },
  ];
  return query(overTimeStep(fact), steps);
}
