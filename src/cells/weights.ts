import { invariant } from '../diagnostics/invariant.ts';
import type { FactPlan } from '../plan/plan.ts';
import type { TableInMemory } from './memory.ts';

/** The weight of each finest member, by period of the weight's source; null where there is none, or not a whole one. */
export interface Weights {
  /** Column of the fact whose members are weighed. */
  readonly column: string;
  readonly of: (period: string | null, member: string) => bigint | null;
}

/** Null where the weight's cells are not in memory. */
export function weightsOf(
  fact: FactPlan,
  tables: ReadonlyMap<string, TableInMemory>,
): Weights | 'none' | null {
  const { weight } = fact;
  if (!weight) return 'none';
  const table = tables.get(weight.cells.source);
  const weighed = fact.cells.dimensions.find(({ dimension }) => dimension === weight.dimension.dimension);
  invariant(weighed, 'a weighed dimension is one of the fact');
  if (!table) return null;
  const made = new Map<string, ReadonlyMap<string, bigint | null>>();
  const periodOf = (period: string) => {
    const known = made.get(period) ?? weightsIn(period, weight, table);
    made.set(period, known);
    return known;
  };
  return {
    column: weighed.column,
    of: (period, member) => (period === null ? null : (periodOf(period).get(member) ?? null)),
  };
}

type FactWeight = NonNullable<FactPlan['weight']>;

/** A weight of which something is suppressed is too small, so it is none. */
function weightsIn(
  period: string,
  { cells, dimension, state: name }: FactWeight,
  table: TableInMemory,
): Map<string, bigint | null> {
  const run = table.grains.at(-1)?.runs.get(period);
  const state = run?.columns.states[name];
  const members = run?.columns.ordinals[dimension.column];
  const found = new Map<string, bigint | null>();
  if (!run || !state || !members) return found;
  const tests = cells.dimensions
    .filter(({ leveled }) => leveled)
    .map(({ column, leaf }) => {
      const level = column === dimension.column ? dimension.leaf : leaf;
      const ordinals = run.columns.ordinals[`${column}_level`];
      return { ordinals, ordinal: table.codes[`${column}_level`]?.indexOf(level) ?? -1 };
    });
  const hidden = new Set<string>();
  for (let row = run.from; row < run.to; row += 1) {
    if (!tests.every(({ ordinals, ordinal }) => ordinals?.[row] === ordinal)) continue;
    const member = table.codes[dimension.column]?.[members[row] ?? 0] ?? '';
    if ((state.suppressed?.[row] ?? 0) > 0) hidden.add(member);
    const value = (state.known[row] ?? 0) > 0 ? BigInt(state.values[row] ?? 0) : null;
    const before = found.get(member) ?? null;
    found.set(member, value === null || before === null ? (value ?? before) : value + before);
  }
  for (const member of hidden) found.set(member, null);
  return found;
}
