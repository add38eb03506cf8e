import { aggregates } from '../model/aggregates.ts';
import type { CellState, CellsPlan, RowsPlan } from '../plan/plan.ts';
import { type Applies, periodColumn, rowsOfCells, stateColumns } from './cellStates.ts';
import { groupRows } from './groupRows.ts';
import { lowerCondition } from './lowerCondition.ts';
import { relationSteps } from './lowerRelation.ts';
import { ascending, column, isIn, output, parquet, query, select, table, text, unionAll } from './make.ts';
import { markRows } from './markRows.ts';
import { holdsOnly, type Places } from './places.ts';
import type { SqlQuery, SqlSelect } from './tree.ts';

export { countWhere, isKnown, periodColumn } from './cellStates.ts';

/** Columns that name a cell, in the order that cells are sorted by. */
export function cellKeys(plan: CellsPlan): string[] {
  return [
    periodColumn,
    ...plan.dimensions.flatMap(({ column: name, leveled }) => (leveled ? [`${name}_level`, name] : [name])),
  ];
}

/** All columns of a cell, as its file has them. */
export function cellColumns(plan: CellsPlan): string[] {
  return [
    ...cellKeys(plan),
    ...plan.states.flatMap(({ state, aggregate }) => [
      state,
      ...(aggregates[aggregate].squares ? [`${state}_squares`] : []),
      `${state}_known`,
      `${state}_suppressed`,
      `${state}_not_applicable`,
    ]),
  ];
}

/** Snapshot rows added up to cells, sorted; `periods` limits them, null for all. */
export function lowerCells(plan: CellsPlan, places: Places, periods: readonly string[] | null): SqlQuery {
  const { body, with: steps } = lowerUnsortedCells(plan, places, periods);
  const orderBy = cellKeys(plan).map((name) => ascending(column(null, name)));
  return query({ ...body, orderBy }, steps);
}

/** The same in whatever order they come. */
export function lowerUnsortedCells(
  plan: CellsPlan,
  places: Places,
  periods: readonly string[] | null,
): { readonly body: SqlSelect; readonly with: SqlQuery['with'] } {
  const steps = rowsSteps(plan, places, periods);
  const asked = hasOnly(plan, places, periods) ? null : periods;
  const groups = groupRows(plan, 'rows', asked);
  if (groups) return { body: groups.cells, with: [...steps, ...groups.steps] };
  const marked = markRows(
    'rows',
    columnsRead({ ...plan, states: plan.states.map((state) => ({ ...state, where: null })) }),
    plan.states,
  );
  if (!marked) return { body: cellsFrom(plan, 'rows', asked), with: steps };
  return { body: cellsFrom(plan, marked.name, asked, marked.isMet), with: [...steps, marked] };
}

/**
 * Whether all rows that are read are of the wanted periods in any case, as where a cube is built of files of a month
 * each: to ask seven million rows for their month costs as much as to read it.
 */
function hasOnly(plan: CellsPlan, places: Places, wanted: readonly string[] | null): boolean {
  const source = plan.rows ? rootOf(plan.rows, plan.periodColumn) : plan.source;
  return source !== null && places.snapshot(source).every((place) => holdsOnly(place, wanted));
}

/** The source that rows are made of where no step on the way gives a row another period; null where one may. */
function rootOf({ source, from, steps }: RowsPlan, period: string): string | null {
  if (!from) return source;
  const keepsPeriods = steps.every(({ step }) => {
    if (step.kind === 'derive') return step.columns.every(({ name }) => name !== period);
    return step.kind === 'where' || step.kind === 'match';
  });
  return keepsPeriods ? rootOf(from, period) : null;
}

/** The steps that give a source's rows, the last of them called `name`; of rows made of others only the wanted periods. */
export function rowsSteps(
  plan: CellsPlan,
  places: Places,
  periods: readonly string[] | null,
  name = 'rows',
): SqlQuery['with'] {
  if (!plan.rows) return [snapshotStep(plan, places, name)];
  const held = places.held(plan.source);
  return relationSteps(
    plan.rows,
    places,
    periods === null ? held : periods.filter((each) => held.includes(each)),
    name,
  );
}

/** The step that reads a source's present rows, one select per snapshot that has a part in it. */
function snapshotStep(plan: CellsPlan, places: Places, name: string): SqlQuery['with'][number] {
  const selects = places.snapshot(plan.source).map(({ file, periods }) =>
    select({
      select: columnsRead(plan).map((each) => output(column('snapshot', each), each)),
      from: parquet([file]),
      alias: 'snapshot',
      where: periods === null ? null : isIn(column('snapshot', plan.periodColumn), periods.map(text)),
    }),
  );
  const [only] = selects;
  return { name, query: selects.length === 1 && only ? only : unionAll(selects) };
}

function columnsRead(plan: CellsPlan): string[] {
  const codes = [...plan.dimensions, ...plan.dropped].flatMap(({ column: name, leveled }) =>
    leveled ? [`${name}_level`, name] : [name],
  );
  const values = plan.states.flatMap((state) =>
    state.column === null ? state.key : [state.column, `${state.column}_status`],
  );
  const conditions = plan.states.flatMap(({ where }) => (where ? namesOf(where) : []));
  return [...new Set([plan.periodColumn, ...codes, ...values, ...conditions])];
}

function namesOf(condition: NonNullable<CellState['where']>): string[] {
  const found: string[] = [];
  lowerCondition(condition, (name) => {
    found.push(name);
    return column('rows', name);
  });
  return found;
}

/** The select that groups rows of a step into cells. */
export function cellsFrom(
  plan: CellsPlan,
  step: string,
  periods: readonly string[] | null,
  isMet?: Applies,
): SqlSelect {
  const period = column(step, plan.periodColumn);
  const keys = plan.dimensions.flatMap(({ column: name, leveled }) =>
    leveled ? [`${name}_level`, name] : [name],
  );
  return select({
    select: [
      output(period, periodColumn),
      ...keys.map((name) => output(column(step, name), name)),
      ...plan.states.flatMap((state) => stateColumns(state, step, isMet)),
    ],
    from: table(step),
    alias: step,
    where: rowsOfCells(plan, step, periods),
    groupBy: [period, ...keys.map((name) => column(step, name))],
  });
}
