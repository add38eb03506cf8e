import { evaluateCondition } from '../formula/evaluate.ts';
import { dayAfter } from '../model/periods.ts';
import { type StructureRow, structureOf } from '../model/structure.ts';
import { beginningOfTime, endOfTime, type SemanticModel, unknownMember } from '../model/types.ts';
import type { BoundFilter } from './bound.ts';

/** Structure rows of a dimension that the filters on it let through. */
export function sliceOf(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
): StructureRow[] {
  const bound = model.dimensions[dimension];
  return bound ? structureOf(model, bound).filter(({ levels }) => passes(dimension, filters, levels)) : [];
}

/** The only finest member that is let through, on whatever day; null where there are several or none. */
export function onlyMember(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
): string | null {
  const bound = model.dimensions[dimension];
  if (!bound) return null;
  const rows = structureOf(model, bound);
  const leaves = new Set(
    [...rows, ...withoutPlace(rows, bound.leaf)].flatMap(({ leaf, levels }) =>
      passes(dimension, filters, levels) ? [leaf] : [],
    ),
  );
  const [first] = leaves;
  return leaves.size === 1 && first !== undefined ? first : null;
}

type Placed = Pick<StructureRow, 'leaf' | 'levels'>;

/** What is delivered of a member on days on which it does not hold belongs nowhere, so it is unknown above. */
function withoutPlace(rows: readonly StructureRow[], leafLevel: string): Placed[] {
  const byLeaf = new Map<string, StructureRow[]>();
  for (const row of rows) byLeaf.set(row.leaf, [...(byLeaf.get(row.leaf) ?? []), row]);
  return [...byLeaf].flatMap(([leaf, own]) =>
    holdsAlways(own) ? [] : [{ leaf, levels: { [leafLevel]: leaf } }],
  );
}

/** Rows of one member come in order of time. */
function holdsAlways(rows: readonly StructureRow[]): boolean {
  const joined = rows.every(({ validFrom }, at) => {
    const before = rows[at - 1];
    return before === undefined ? validFrom === beginningOfTime : validFrom === dayAfter(before.validTo);
  });
  return joined && rows.at(-1)?.validTo === endOfTime;
}

function passes(dimension: string, filters: readonly BoundFilter[], levels: StructureRow['levels']): boolean {
  return filters
    .filter((filter) => filter.dimension === dimension)
    .every(
      ({ condition }) => evaluateCondition(condition, (level) => levels[level] ?? unknownMember) === true,
    );
}
