import { evaluateCondition } from '../formula/evaluate.ts';
import { type StructureRow, structureOf } from '../model/structure.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import type { BoundFilter } from './bound.ts';

/** Structure rows of a dimension that the filters on it let through. */
export function sliceOf(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
): StructureRow[] {
  const bound = model.dimensions[dimension];
  if (!bound) return [];
  const conditions = filters
    .filter((filter) => filter.dimension === dimension)
    .map(({ condition }) => condition);
  return structureOf(model, bound).filter((row) =>
    conditions.every(
      (condition) => evaluateCondition(condition, (level) => row.levels[level] ?? unknownMember) === true,
    ),
  );
}

/** The only finest member that is let through, on whatever day; null where there are several or none. */
export function onlyMember(rows: readonly StructureRow[]): string | null {
  const leaves = new Set(rows.map(({ leaf }) => leaf));
  const [first] = leaves;
  return leaves.size === 1 && first !== undefined ? first : null;
}
