import { evaluateCondition } from '../../formula/evaluate.ts';
import { printFormula } from '../../formula/print.ts';
import { conjuncts } from '../../formula/walk.ts';
import { groupBy } from '../../model/groupBy.ts';
import { isMapped } from '../../model/mappedStructure.ts';
import { structureOf } from '../../model/structure.ts';
import { type SemanticModel, unknownMember } from '../../model/types.ts';
import type { CellDimension, FactPlan } from '../../plan/plan.ts';
import type { BoundFilter, MeasureUse } from '../../query/bound.ts';
import { daysOf, isPlaced } from '../../query/figureDate.ts';
import { isKnown } from '../../sql/cellStates.ts';
import { lowerCondition } from '../../sql/lowerCondition.ts';
import { trailRows } from '../../sql/lowerTrail.ts';
import { and, column, equals, isIn, isNotIn, or, text } from '../../sql/make.ts';
import type { SqlExpression } from '../../sql/tree.ts';

/** A condition on the rows of a relation, as a person says it and as a statement does. */
export interface RowCondition {
  readonly kind: 'level' | 'definition' | 'question' | 'known';
  readonly text: string;
  readonly sql: SqlExpression;
}

/** What rows must be to go into a component, in order: its level, the definition's conditions, the question's, a value. */
export function rowConditions(
  model: SemanticModel,
  fact: FactPlan,
  use: MeasureUse,
): readonly RowCondition[] {
  const { cells } = fact;
  const levels = [
    ...Object.entries(fact.rowLevels),
    ...cells.dropped.map((each): [string, string] => [each.column, each.leaf]),
  ].map(
    ([name, level]): RowCondition => ({
      kind: 'level',
      text: `rows that stand at ${level}`,
      sql: equals(column(trailRows, `${name}_level`), text(level)),
    }),
  );
  const own = (use.measure.where === null ? [] : conjuncts(use.measure.where)).map(
    (condition): RowCondition => ({
      kind: 'definition',
      text: printFormula(condition),
      sql: lowerCondition(condition, (name) => column(trailRows, name)),
    }),
  );
  const asked = use.filters.flatMap((filter): RowCondition[] => {
    const dimension = cells.dimensions.find((each) => each.dimension === filter.dimension);
    if (!dimension) return [];
    const total = use.totalAt?.[filter.dimension];
    const sql =
      fact.kind === 'totals' && total !== undefined
        ? lowerCondition(filter.condition, () => column(trailRows, dimension.column))
        : membersIn(model, use, filter, dimension);
    return [{ kind: 'question', text: printFormula(filter.condition), sql }];
  });
  const known = isKnown({ column: use.measure.column, key: use.measure.key }, trailRows);
  return [
    ...levels,
    ...own,
    ...asked,
    ...(known ? [{ kind: 'known' as const, text: 'rows that have a value', sql: known }] : []),
  ];
}

/** A filter on the members of a dimension as one on the codes that rows hold, in the structure of each period. */
function membersIn(
  model: SemanticModel,
  use: MeasureUse,
  filter: BoundFilter,
  { column: name, dimension: id, leaf }: CellDimension,
): SqlExpression {
  const dimension = model.dimensions[id];
  const code = column(trailRows, name);
  if (!dimension || (filter.levels.every((level) => level === leaf) && !isMapped(model, dimension)))
    return lowerCondition(filter.condition, () => code);
  const passes = (levels: Readonly<Record<string, string>>) =>
    evaluateCondition(filter.condition, (level) => levels[level] ?? unknownMember) === true;
  const rows = structureOf(model, dimension);
  // A code without a place in the structure of a period is of unknown members above.
  const isUnknownIn = passes({});
  const pairs = new Map(use.pairs.map((pair) => [pair.source, pair]));
  const choices = [...pairs.values()].map((pair) => {
    const placed = rows.filter((row) => isPlaced(row, daysOf(model, use.measure, pair)));
    const wanted = new Set(placed.filter(({ levels }) => passes(levels)).map((row) => row.leaf));
    const others = placed.map((row) => row.leaf).filter((each) => !wanted.has(each));
    return { period: pair.source, codes: isUnknownIn ? others : [...wanted] };
  });
  const period = model.sources[use.measure.source]?.columns.find(({ kind }) => kind === 'period')?.name;
  const groups = [...groupBy(choices, ({ codes }) => codes.join('\n')).values()];
  const conditions = groups.map((group) => {
    const codes = (group[0]?.codes ?? []).map(text);
    const own = isUnknownIn
      ? codes.length > 0
        ? isNotIn(code, codes)
        : equals(text(''), text(''))
      : codes.length > 0
        ? isIn(code, codes)
        : equals(text(''), text('none'));
    if (groups.length === 1 || period === undefined) return own;
    return and(
      isIn(
        column(trailRows, period),
        group.map((each) => text(each.period)),
      ),
      own,
    );
  });
  return or(...conditions);
}
