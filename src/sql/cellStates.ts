import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type { Expression } from '../formula/expression.ts';
import { aggregates } from '../model/aggregates.ts';
import type { CellState, CellsPlan } from '../plan/plan.ts';
import { lowerCondition } from './lowerCondition.ts';
import {
  allOf,
  and,
  caseWhen,
  cast,
  column,
  count,
  countRows,
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
  sum,
  text,
} from './make.ts';
import type { SqlExpression } from './tree.ts';

/** Name of the period column in cells, whatever the contract calls it. */
export const periodColumn = 'periode';

/** The rows that cells are made of: at the finest level of what the cube does not keep, of the wanted periods. */
export function rowsOfCells(
  plan: CellsPlan,
  step: string,
  periods: readonly string[] | null,
): SqlExpression | null {
  return allOf([
    ...plan.dropped.map(({ column: name, leaf }) => equals(column(step, `${name}_level`), text(leaf))),
    ...(periods === null ? [] : [isIn(column(step, plan.periodColumn), periods.map(text))]),
  ]);
}

/** Whether a row has what a state is made of; null where every row has. */
export function isKnown(state: Pick<CellState, 'column' | 'key'>, step: string): SqlExpression | null {
  if (state.column !== null) return isNull(column(step, `${state.column}_status`));
  return allOf(state.key.map((name) => isNotNull(column(step, name))));
}

/** Whether a row meets a condition of states, in a step. */
export type Applies = (where: Expression) => SqlExpression;

const asked =
  (step: string): Applies =>
  (where) =>
    lowerCondition(where, (name) => column(step, name));

/** The state, and how many rows were known, suppressed and not applicable; none of the three: not delivered. */
export function stateColumns(state: CellState, step: string, isMet: Applies = asked(step)) {
  const applies = state.where && isMet(state.where);
  const status = state.column === null ? null : column(step, `${state.column}_status`);
  const rowsWith = (condition: SqlExpression | null) => {
    const both = [applies, condition].filter((each) => each !== null);
    return cast(both.length === 0 ? countRows : count(caseWhen([[and(...both), integer(1)]])), integerType);
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
