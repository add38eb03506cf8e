import { invariant } from '../diagnostics/invariant.ts';
import { aggregates, isOfRows } from '../model/aggregates.ts';
import { groupBy } from '../model/groupBy.ts';
import type { Cube, Measure, SemanticModel, Source } from '../model/types.ts';
import type { BoundFilter, BoundLevel, BoundQuery, MeasureUse } from '../query/bound.ts';
import type {
  CellDimension,
  CellsPlan,
  FactKey,
  FactMeasure,
  FactOfRows,
  FactPlan,
  FactWeight,
  PartDimension,
  QueryPlan,
} from './plan.ts';
import { dimensionsOf, planCells } from './planCells.ts';

/** What the planner knows of the world: the model, the cube, and which route each source takes. */
export interface PlanScope {
  readonly model: SemanticModel;
  readonly cube: Cube;
  readonly routeOf: (source: string) => 'cells' | 'base';
}

/** A bound query to facts: measures that go the same way through the same source share one. */
export function planQuery(query: BoundQuery, scope: PlanScope): QueryPlan {
  const parts = groupsOf(query.measures, (use) =>
    JSON.stringify(['parts', use.measure.source, use.weight?.measure.id, use.pairs]),
  );
  const totals = groupsOf(
    query.measures.filter((use) => use.totalAt !== null),
    (use) => JSON.stringify(['totals', use.measure.source, use.totalAt, use.pairs]),
  );
  const ofRows = groupsOf(
    query.measures.filter(({ measure, parts }) => isOfRows(measure.aggregate) && parts === 'add'),
    ({ measure, pairs }) => JSON.stringify([measure.source, measure.state, measure.overTime, pairs]),
  );
  return {
    facts: [
      ...parts.map((uses) => planFact(query, scope, 'parts', uses)),
      ...totals.map((uses) => planFact(query, scope, 'totals', uses)),
      ...ofRows.map((uses) => planFact(query, scope, 'rows', uses)),
    ],
  };
}

function planFact(
  query: BoundQuery,
  scope: PlanScope,
  kind: FactPlan['kind'],
  uses: readonly MeasureUse[],
): FactPlan {
  const [first] = uses;
  invariant(first, 'a fact has a measure');
  const source = sourceOf(scope.model, first.measure.source);
  const cells = withStates(
    planCells(scope.model, scope.cube, source),
    uses.map(({ measure }) => measure.state),
  );
  const totalAt = kind === 'totals' ? (first.totalAt ?? {}) : {};
  const keys = query.levels.flatMap((level): FactKey[] =>
    level.kind === 'member' ? [planKey(cells, totalAt, level)] : [],
  );
  const filters = query.filters;
  return {
    source: source.id,
    kind,
    route: kind === 'rows' ? 'base' : scope.routeOf(source.id),
    cells,
    rowLevels: rowLevels(cells, totalAt),
    keys,
    structures: structuresNeeded(cells, totalAt, keys, filters, first.coverageDimensions),
    filters,
    pairs: first.pairs,
    parts: partDimensions(source, cells, totalAt, first.coverageDimensions),
    measures: factMeasures(uses),
    weight:
      kind === 'parts' && first.weight
        ? planWeight(scope, first.weight.measure, first.weight.dimension)
        : null,
    ofRows: kind === 'rows' ? planOfRows(first.measure) : null,
  };
}

function planOfRows({ aggregate, column, key, share, overTime }: Measure): FactOfRows {
  const pooled = overTime === 'pooled';
  if (aggregate === 'distinct') return { kind: 'distinct', key, pooled };
  invariant(column !== null && share !== null, 'a quantile has a column and a share');
  const [whole = '0', decimals = ''] = share.split('.');
  return {
    kind: 'quantile',
    column,
    numerator: Number(whole + decimals),
    denominator: 10 ** decimals.length,
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
  level: Extract<BoundLevel, { kind: 'member' }>,
): FactKey {
  const found = cells.dimensions.find(({ dimension }) => dimension === level.dimension);
  invariant(found, `${cells.source} has the dimension ${level.dimension}`);
  const inColumn = level.name === (totalAt[level.dimension] ?? found.leaf);
  return { level: level.name, column: found.column, structure: inColumn ? null : level.dimension };
}

/** Structure is joined where a level above the rows' own is asked for, and for whom coverage expects. */
function structuresNeeded(
  cells: CellsPlan,
  totalAt: Readonly<Record<string, string>>,
  keys: readonly FactKey[],
  filters: readonly BoundFilter[],
  coverageDimensions: readonly string[],
): CellDimension[] {
  return cells.dimensions.filter(({ dimension, leaf }) => {
    if (totalAt[dimension] !== undefined) return false;
    const inKeys = keys.some((key) => key.structure === dimension);
    const inFilters = filters.some(
      (filter) => filter.dimension === dimension && filter.levels.some((level) => level !== leaf),
    );
    return inKeys || inFilters || coverageDimensions.includes(dimension);
  });
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
        measures: group.map((use) => use.measure.id),
        state: measure.state,
        column: clash ? `${measure.state}_${measure.overTime}` : measure.state,
        merge: aggregates[measure.aggregate].merge,
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
