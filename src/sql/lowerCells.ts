import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { aggregates } from '../model/aggregates.ts';
import type { CellState, CellsPlan } from '../plan/plan.ts';
import { lowerCondition } from './lowerCondition.ts';
import { relationSteps } from './lowerRelation.ts';
import {
  allOf,
  and,
  ascending,
  caseWhen,
  cast,
  column,
  decimalType,
  equals,
  integer,
  integerType,
  isIn,
  isNotNull,
  isNull,
  maximum,
  minimum,
  multiply,
  negate,
  output,
  parquet,
  query,
  select,
  sum,
  table,
  text,
  unionAll,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlQuery, SqlSelect } from './tree.ts';

/** Name of the period column in cells, whatever the contract calls it. */
export const periodColumn = 'periode';

/** Columns that name a cell, in the order that cells are sorted by. */
export function cellKeys(plan: CellsPlan): string[] {
  return [
    periodColumn,
    ...plan.dimensions.flatMap(({ column: name, leveled }) => (leveled ? [`${name}_level`, name] : [name])),
  ];
}

/** Snapshot rows added up to cells, sorted; `periods` limits them, null for all. */
export function lowerCells(plan: CellsPlan, places: Places, periods: readonly string[] | null): SqlQuery {
  const body = cellsFrom(plan, 'rows', periods);
  const keys = cellKeys(plan);
  return query({ ...body, orderBy: keys.map((name) => ascending(column(null, name))) }, [
    ...rowsSteps(plan, places, periods),
  ]);
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
export function cellsFrom(plan: CellsPlan, step: string, periods: readonly string[] | null): SqlSelect {
  const period = column(step, plan.periodColumn);
  const keys = plan.dimensions.flatMap(({ column: name, leveled }) =>
    leveled ? [`${name}_level`, name] : [name],
  );
  return select({
    select: [
      output(period, periodColumn),
      ...keys.map((name) => output(column(step, name), name)),
      ...plan.states.flatMap((state) => stateColumns(state, step)),
    ],
    from: table(step),
    alias: step,
    where: allOf([
      ...plan.dropped.map(({ column: name, leaf }) => equals(column(step, `${name}_level`), text(leaf))),
      ...(periods === null ? [] : [isIn(period, periods.map(text))]),
    ]),
    groupBy: [period, ...keys.map((name) => column(step, name))],
  });
}

/** Whether a row has what a state is made of; null where every row has. */
export function isKnown(state: Pick<CellState, 'column' | 'key'>, step: string): SqlExpression | null {
  if (state.column !== null) return isNull(column(step, `${state.column}_status`));
  return allOf(state.key.map((name) => isNotNull(column(step, name))));
}

/** The state, and how many rows were known, suppressed and not applicable; none of the three: not delivered. */
function stateColumns(state: CellState, step: string) {
  const applies = state.where && lowerCondition(state.where, (name) => column(step, name));
  const status = state.column === null ? null : column(step, `${state.column}_status`);
  const rowsWith = (condition: SqlExpression | null) => {
    const both = [applies, condition].filter((each) => each !== null);
    return countWhere(both.length === 0 ? null : and(...both));
  };
  const known = isKnown(state, step);
  const having = (value: string) =>
    status ? rowsWith(equals(status, text(value))) : cast(sum(integer(0)), integerType);
  return [
    output(stateValue(state, step, applies), state.state),
    ...(aggregates[state.aggregate].squares
      ? [output(squaresOf(state, step, applies), `${state.state}_squares`)]
      : []),
    output(rowsWith(known), `${state.state}_known`),
    output(having('suppressed'), `${state.state}_suppressed`),
    output(having('not_applicable'), `${state.state}_not_applicable`),
  ];
}

function stateValue(state: CellState, step: string, applies: SqlExpression | null): SqlExpression {
  const type = decimalType(state.decimals);
  const made = aggregates[state.aggregate].state;
  switch (made) {
    case 'known': {
      const counted = [applies, isKnown(state, step)].filter((each) => each !== null);
      return cast(sum(whereAll(counted, integer(1))), type);
    }
    case 'sum':
      return cast(sum(numberIn(state, step, applies)), type);
    case 'min':
      return cast(minimum(numberIn(state, step, applies)), type);
    case 'max':
      return cast(maximum(numberIn(state, step, applies)), type);
    default:
      return assertNever(made);
  }
}

function squaresOf(state: CellState, step: string, applies: SqlExpression | null): SqlExpression {
  // Cast before it is multiplied, since an engine multiplies integers in 64 bits.
  const value = cast(numberIn(state, step, applies), decimalType(state.decimals));
  return cast(sum(multiply(value, value)), decimalType(2 * state.decimals));
}

function numberIn(state: CellState, step: string, applies: SqlExpression | null): SqlExpression {
  invariant(state.column !== null, 'a state of values has a column');
  const value = column(step, state.column);
  return whereAll(applies === null ? [] : [applies], state.negated ? negate(value) : value);
}

const whereAll = (conditions: readonly SqlExpression[], value: SqlExpression): SqlExpression =>
  conditions.length === 0 ? value : caseWhen([[and(...conditions), value]]);

/** `sum(case when ... then 1 else 0 end)`: the same in every engine, where `count(*) filter` is not. */
export function countWhere(condition: SqlExpression | null): SqlExpression {
  return cast(
    sum(condition === null ? integer(1) : caseWhen([[condition, integer(1)]], integer(0))),
    integerType,
  );
}
