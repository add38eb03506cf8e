import { invariant } from '../diagnostics/invariant.ts';
import { aggregates, isOfRows, takesShares } from '../model/aggregates.ts';
import { groupBy } from '../model/groupBy.ts';
import { isGroupLevel, seenAt } from '../model/groups.ts';
import { denominatorIn, isMapped } from '../model/mappedStructure.ts';
import type { Cube, Measure, SemanticModel, Source } from '../model/types.ts';
import type { BoundFilter, BoundQuery, MeasureUse, MemberLevel } from '../query/bound.ts';
import { daysOf, figureDate } from '../query/figureDate.ts';
import { levelsWithCuts } from '../query/slice.ts';
import type {
  CellDimension,
  CellsPlan,
  FactKey,
  FactMeasure,
  FactOfRows,
  FactPlan,
  FactStructure,
  FactWeight,
  PartDimension,
  QueryPlan,
} from './plan.ts';
import { dimensionsOf, planCells } from './planCells.ts';
import { byYear } from './pricedPeriods.ts';

/** What the planner knows of the world: the model, the cube, and which route each source takes. */
export interface PlanScope {
  readonly model: SemanticModel;
  readonly cube: Cube;
  readonly routeOf: (source: string) => 'cells' | 'base';
}

/** A bound query to facts: measures that go the same way through the same source share one. */
export function planQuery(query: BoundQuery, scope: PlanScope): QueryPlan {
  const parts = groupsOf(query.measures, (use) =>
    JSON.stringify(['parts', use.measure.source, use.weight?.measure.id, ...sliceOf(use)]),
  );
  const totals = groupsOf(
    query.measures.filter((use) => use.totalAt !== null),
    (use) => JSON.stringify(['totals', use.measure.source, use.totalAt, ...sliceOf(use)]),
  );
  const ofRows = groupsOf(
    query.measures.filter(({ measure, parts }) => isOfRows(measure.aggregate) && parts === 'add'),
    (use) => JSON.stringify([use.measure.source, use.measure.state, use.measure.overTime, ...sliceOf(use)]),
  );
  return {
    facts: [
      ...parts.map((uses) => planFact(scope, 'parts', uses)),
      ...totals.map((uses) => planFact(scope, 'totals', uses)),
      ...ofRows.map((uses) => planFact(scope, 'rows', uses)),
    ],
  };
}

/** Which periods, levels and filters a use has: uses that differ in them cannot share a statement. */
const sliceOf = ({ pairs, levels, filters, windows, prices }: MeasureUse) => [
  pairs,
  levels.map(({ name }) => name),
  filters.map(({ dimension }) => dimension),
  windows,
  prices,
];

function planFact(scope: PlanScope, kind: FactPlan['kind'], uses: readonly MeasureUse[]): FactPlan {
  const [first] = uses;
  invariant(first, 'a fact has a measure');
  const source = sourceOf(scope.model, first.measure.source);
  const cells = withStates(
    planCells(scope.model, scope.cube, source),
    uses.map(({ measure }) => measure.state),
  );
  const totalAt = kind === 'totals' ? (first.totalAt ?? {}) : {};
  const keys = first.levels.map((level): FactKey => planKey(cells, totalAt, level, scope.model));
  const { filters } = first;
  const structures = structuresNeeded(
    cells,
    totalAt,
    keys,
    filters,
    first.coverageDimensions,
    scope.model,
  ).map((each) => ({ ...each, mapping: planMapping(scope.model, each, first) }));
  return {
    source: source.id,
    kind,
    route: kind === 'rows' ? 'base' : scope.routeOf(source.id),
    cells,
    rowLevels: rowLevels(cells, totalAt),
    keys,
    structures,
    groups: first.levels
      .filter(({ name, dimension }) => isGroupLevel(scope.model.dimensions[dimension], name))
      .map(({ name, dimension }) => ({ level: name, dimension })),
    figureDates: structures.some(({ mapping }) => mapping !== null)
      ? Object.fromEntries(first.pairs.map(({ source: period }) => [period, figureDate(source, period)]))
      : null,
    shares: String(
      structures.reduce((product, { mapping }) => product * BigInt(mapping?.denominator ?? '1'), 1n),
    ),
    filters,
    pairs: first.prices ? byYear(first.pairs) : first.pairs,
    ...(first.prices ? { prices: first.prices } : {}),
    windows: first.windows,
    parts: partDimensions(source, cells, totalAt, first.coverageDimensions),
    measures: factMeasures(uses),
    weight:
      kind === 'parts' && first.weight
        ? planWeight(scope, first.weight.measure, first.weight.dimension)
        : null,
    ofRows: kind === 'rows' ? planOfRows(first.measure) : null,
  };
}

function planOfRows({ aggregate, column, key, share, reached, overTime }: Measure): FactOfRows {
  const pooled = overTime === 'pooled';
  if (aggregate === 'distinct') return { kind: 'distinct', key, pooled };
  invariant(column !== null && share !== null, 'a quantile has a column and a share');
  const [whole = '0', decimals = ''] = share.split('.');
  return {
    kind: 'quantile',
    column,
    numerator: Number(whole + decimals),
    denominator: 10 ** decimals.length,
    reached: reached ?? false,
    pooled,
  };
}

function partDimensions(
  source: Source,
  cells: CellsPlan,
  totalAt: Readonly<Record<string, string>>,
  coverageDimensions: readonly string[],
): PartDimension[] {
  return cells.dimensions.flatMap((each) => {
    if (totalAt[each.dimension] !== undefined || !coverageDimensions.includes(each.dimension)) return [];
    const column = source.columns.find(({ name }) => name === each.column);
    return [{ ...each, expect: column?.kind === 'code' ? column.expect : 'delivered' }];
  });
}

/** Only the states that are asked for are read. */
function withStates(cells: CellsPlan, states: readonly string[]): CellsPlan {
  return { ...cells, states: cells.states.filter(({ state }) => states.includes(state)) };
}

function sourceOf(model: SemanticModel, id: string): Source {
  const source = model.sources[id];
  invariant(source, `source ${id} is in the model`);
  return source;
}

function rowLevels(cells: CellsPlan, totalAt: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    cells.dimensions.flatMap(({ column, dimension, leaf, leveled }) =>
      leveled ? [[column, totalAt[dimension] ?? leaf]] : [],
    ),
  );
}

function planKey(
  cells: CellsPlan,
  totalAt: Readonly<Record<string, string>>,
  level: MemberLevel,
  model: SemanticModel,
): FactKey {
  const found = cells.dimensions.find(({ dimension }) => dimension === level.dimension);
  invariant(found, `${cells.source} has the dimension ${level.dimension}`);
  const total = totalAt[level.dimension];
  const inColumn =
    level.name === (total ?? found.leaf) && (total !== undefined || !hasMapping(model, level.dimension));
  return { level: level.name, column: found.column, structure: inColumn ? null : level.dimension };
}

/** Structure is joined where a level above the rows' own is asked for, and for whom coverage expects. */
function structuresNeeded(
  cells: CellsPlan,
  totalAt: Readonly<Record<string, string>>,
  keys: readonly FactKey[],
  filters: readonly BoundFilter[],
  coverageDimensions: readonly string[],
  model: SemanticModel,
): CellDimension[] {
  return cells.dimensions.filter(({ dimension, leaf }) => {
    if (totalAt[dimension] !== undefined) return false;
    const inKeys = keys.some((key) => key.structure === dimension);
    const inFilters = filters.some(
      (filter) =>
        filter.dimension === dimension &&
        (hasMapping(model, dimension) || filter.levels.some((level) => level !== leaf)),
    );
    return inKeys || inFilters || coverageDimensions.includes(dimension);
  });
}

function hasMapping(model: SemanticModel, dimension: string): boolean {
  const bound = model.dimensions[dimension];
  return bound !== undefined && isMapped(model, bound);
}

function planMapping(
  model: SemanticModel,
  { dimension: id }: CellDimension,
  { measure, pairs, levels, filters }: MeasureUse,
): FactStructure['mapping'] {
  const dimension = model.dimensions[id];
  if (dimension === undefined || !isMapped(model, dimension)) return null;
  const asked = levels.flatMap((level) => (level.dimension === id ? [level.name] : []));
  const filtered = filters.filter((filter) => filter.dimension === id).flatMap((filter) => filter.levels);
  const denominator = String(denominatorIn(model, dimension));
  const days = pairs.map((pair) => daysOf(model, measure, pair));
  return {
    denominator,
    imputed: levelsWithCuts(model, id, filters, asked, days),
    broken: [...new Set([...asked, ...filtered].map((level) => seenAt(dimension, level)))],
  };
}

/** Measures with the same state and rule over time share their component columns. */
function factMeasures(uses: readonly MeasureUse[]): FactMeasure[] {
  const groups = groupsOf(uses, ({ measure }) => `${measure.state}/${measure.overTime}`);
  const states = groups.flatMap(([use]) => (use ? [use.measure.state] : []));
  return groups.flatMap((group): FactMeasure[] => {
    const measure = group[0]?.measure;
    if (!measure) return [];
    const clash = states.filter((state) => state === measure.state).length > 1;
    return [
      {
        uses: group.map(({ id }) => id),
        state: measure.state,
        column: clash ? `${measure.state}_${measure.overTime}` : measure.state,
        merge: aggregates[measure.aggregate].merge,
        shared: takesShares(measure.aggregate),
        squares: aggregates[measure.aggregate].squares,
        decimals: measure.decimals,
        overTime: measure.overTime,
      },
    ];
  });
}

function planWeight(scope: PlanScope, weight: Measure, dimension: string): FactWeight {
  const source = sourceOf(scope.model, weight.source);
  const found = dimensionsOf(scope.model, source).find((each) => each.dimension === dimension);
  invariant(found, `${source.id} has the dimension ${dimension}`);
  return {
    cells: withStates(planCells(scope.model, scope.cube, source), [weight.state]),
    route: scope.routeOf(source.id),
    dimension: found,
    state: weight.state,
    decimals: weight.decimals,
  };
}

const groupsOf = <T>(items: readonly T[], keyOf: (item: T) => string): (readonly T[])[] => [
  ...groupBy(items, keyOf).values(),
];
