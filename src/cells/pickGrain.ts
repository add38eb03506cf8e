import type { FactPlan } from '../plan/plan.ts';
import { axesNeeded } from './axis.ts';
import type { GrainInMemory, TableInMemory } from './memory.ts';

/** Why a grain cannot answer a fact. */
export type Refusal =
  | { readonly kind: 'column-not-kept'; readonly column: string }
  | { readonly kind: 'totals-not-kept'; readonly column: string };

export interface PickedGrain {
  readonly grain: GrainInMemory;
  /** Smaller grains that could not answer, and why. */
  readonly refused: readonly { readonly columns: readonly string[]; readonly refusal: Refusal }[];
}

/** The smallest grain that holds every column that a fact reads; the finest always does. */
export function pickGrain(fact: FactPlan, table: TableInMemory): PickedGrain | null {
  const refused: { columns: readonly string[]; refusal: Refusal }[] = [];
  for (const grain of table.grains) {
    const refusal = refusalOf(fact, grain);
    if (refusal === null) return { grain, refused };
    refused.push({ columns: grain.columns, refusal });
  }
  return null;
}

function refusalOf(fact: FactPlan, { columns }: GrainInMemory): Refusal | null {
  const missing = axesNeeded(fact).find(({ column }) => !columns.includes(column));
  if (missing) return { kind: 'column-not-kept', column: missing.column };
  // A rollup over a column is one of its finest rows: the source's own totals over it lie in finer grains.
  const total = fact.cells.dimensions.find(
    ({ column, leaf }) => !columns.includes(column) && (fact.rowLevels[column] ?? leaf) !== leaf,
  );
  return total ? { kind: 'totals-not-kept', column: total.column } : null;
}
