import { periodsBefore, periodsMatched } from '../model/rowPeriods.ts';
import type { CellsPlan, RowsPlan } from './plan.ts';

/** Of each delivered source, the periods that are read of it; null: all there are. */
export type PeriodsRead = ReadonlyMap<string, readonly string[] | null>;

/**
 * What cells of the wanted periods can be made of, and nothing else: the same steps backwards as the statement
 * takes, so that a delivery of other periods cannot change them.
 */
export function periodsRead(
  plan: Pick<CellsPlan, 'source' | 'rows'>,
  wanted: readonly string[],
): PeriodsRead {
  const found = new Map<string, readonly string[] | null>();
  if (plan.rows) follow(plan.rows, wanted, found);
  else found.set(plan.source, wanted);
  return found;
}

/** The periods before each step of some rows, and last those wanted of them; null: all there are. */
export function periodsOfSteps(
  plan: RowsPlan,
  wanted: readonly string[] | null,
): readonly (readonly string[] | null)[] {
  const periods = [wanted];
  for (const { step } of [...plan.steps].reverse()) periods.unshift(periodsBefore(step, periods[0] ?? null));
  return periods;
}

function follow(
  plan: RowsPlan,
  wanted: readonly string[] | null,
  found: Map<string, readonly string[] | null>,
): void {
  if (!plan.from) {
    const before = found.get(plan.source);
    const isAll = wanted === null || before === null;
    found.set(plan.source, isAll ? null : [...new Set([...(before ?? []), ...wanted])]);
    return;
  }
  const periods = periodsOfSteps(plan, wanted);
  follow(plan.from, periods[0] ?? null, found);
  for (const [position, { step, lookup, came }] of plan.steps.entries()) {
    if (step.kind !== 'match') continue;
    const looked = periodsMatched(step, periods[position + 1] ?? null);
    for (const other of [lookup, came]) if (other) follow(other, looked, found);
  }
}
