import { evaluateCondition } from '../formula/evaluate.ts';
import { groupBy } from '../model/groupBy.ts';
import { seenAt } from '../model/groups.ts';
import { mapsOver } from '../model/mappedStructure.ts';
import { dayAfter } from '../model/periods.ts';
import { type StructureRow, structureOf } from '../model/structure.ts';
import { beginningOfTime, endOfTime, type SemanticModel, unknownMember } from '../model/types.ts';
import type { BoundFilter } from './bound.ts';
import { type Days, isPlaced } from './figureDate.ts';

/** Structure rows of a dimension that the filters on it let through. */
export function sliceOf(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
): StructureRow[] {
  const bound = model.dimensions[dimension];
  return bound ? structureOf(model, bound).filter(({ levels }) => passes(dimension, filters, levels)) : [];
}

/**
 * The only finest member that is let through, on whatever day; null where there are several or none. Of
 * members that became others, those are meant whose figures of `days` are let through.
 */
export function onlyMember(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
  days: readonly Days[] = [],
): string | null {
  const bound = model.dimensions[dimension];
  if (!bound) return null;
  const rows = structureOf(model, bound).filter(
    (row) => row.mapping === undefined || days.some((each) => isPlaced(row, each)),
  );
  const leaves = new Set(
    [...rows, ...withoutPlace(rows, bound.leaf)].flatMap(({ leaf, levels }) =>
      passes(dimension, filters, levels) ? [leaf] : [],
    ),
  );
  const [first] = leaves;
  return leaves.size === 1 && first !== undefined ? first : null;
}

/**
 * The levels at which a split is seen: those asked for, and those of filters if they let through one part of
 * a member and not another.
 */
export function levelsWithCuts(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
  levels: readonly string[],
  days: readonly Days[],
): string[] {
  const bound = model.dimensions[dimension];
  const own = filters.filter((filter) => filter.dimension === dimension);
  const asked = bound ? levels.map((level) => seenAt(bound, level)) : levels;
  if (!bound || own.length === 0 || !mapsOver(model, bound, days)) return [...new Set(asked)];
  const split = structureOf(model, bound).filter(
    (row) => (row.mapping?.imputed.length ?? 0) > 0 && days.some((each) => isPlaced(row, each)),
  );
  const parts = groupBy(split, ({ leaf, validFrom, mapping }) =>
    [leaf, validFrom, mapping?.figuresFrom].join(' '),
  );
  const cuts = [...parts.values()].some((rows) => {
    const passing = rows.filter((row) => passes(dimension, filters, row.levels));
    return passing.length > 0 && passing.length < rows.length;
  });
  return [...new Set([...asked, ...(cuts ? own.flatMap((filter) => filter.levels) : [])])];
}

/**
 * What successors do to the figures that are asked for, where the finest members come into it: nothing, or
 * several of one period come together in a member, or one is cut by weights.
 */
export function mappingOver(
  model: SemanticModel,
  dimension: string,
  filters: readonly BoundFilter[],
  levels: readonly string[],
  days: readonly Days[],
): 'none' | 'merged' | 'split' {
  const bound = model.dimensions[dimension];
  if (!bound || !mapsOver(model, bound, days)) return 'none';
  const seen = levelsWithCuts(model, dimension, filters, levels, days);
  const rows = sliceOf(model, dimension, filters);
  const placed = days.map((each) => rows.filter((row) => isPlaced(row, each)));
  const isCut = ({ mapping }: StructureRow) => seen.some((level) => mapping?.imputed.includes(level));
  if (placed.some((own) => own.some(isCut))) return 'split';
  const merged = placed.some((own) => {
    const targets = new Map<string, string>();
    return own.some(({ leaf, levels: at }) => {
      const target = at[bound.leaf] ?? leaf;
      const known = targets.get(target) ?? leaf;
      targets.set(target, known);
      return known !== leaf;
    });
  });
  return merged ? 'merged' : 'none';
}

type Placed = Pick<StructureRow, 'leaf' | 'levels'>;

/** What is delivered of a member on days on which it does not hold belongs nowhere, so it is unknown above. */
function withoutPlace(rows: readonly StructureRow[], leafLevel: string): Placed[] {
  const byLeaf = new Map<string, StructureRow[]>();
  for (const row of rows) byLeaf.set(row.leaf, [...(byLeaf.get(row.leaf) ?? []), row]);
  return [...byLeaf].flatMap(([leaf, own]) =>
    own.some(({ mapping }) => mapping !== undefined) || holdsAlways(own)
      ? []
      : [{ leaf, levels: { [leafLevel]: leaf } }],
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
