import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { arithmetics, compareExact, type Exact, exact, negate, readExact } from './exact.ts';
import type { ComparisonExpression, Expression, InExpression } from './expression.ts';
import { and, compareText, holds, not, or, type Truth } from './logic.ts';

/**
 * A column as a condition sees it. `read` gives the cell's text, null if it is empty. A number is read
 * from decimal text ("12.5"); a cell of a number column that holds none is unknown, like an empty one,
 * since it is for the contract's checks to say so.
 */
export interface ConditionColumn<Row> {
  readonly type: 'text' | 'number';
  readonly read: (row: Row) => string | null;
}

export type Condition<Row> = (row: Row) => Truth;
type Columns<Row> = ReadonlyMap<string, ConditionColumn<Row>>;
type Read<Row, Value> = (row: Row) => Value | null;

/**
 * A condition as a function of a row, with everything that can be decided once decided: use it for
 * many rows. `Row` is whatever the columns read from: an array, a record, a row number.
 */
export function compileCondition<Row>(expression: Expression, columns: Columns<Row>): Condition<Row> {
  switch (expression.kind) {
    case 'comparison':
      return compileComparison(expression, columns);
    case 'logic': {
      const join = expression.operator === 'and' ? and : or;
      const decided = expression.operator === 'or';
      const left = compileCondition(expression.left, columns);
      const right = compileCondition(expression.right, columns);
      return (row) => {
        const first = left(row);
        return first === decided ? first : join(first, right(row));
      };
    }
    case 'in':
      return compileIn(expression, columns);
    case 'unary': {
      invariant(expression.operator === 'not', 'a number is no condition');
      const operand = compileCondition(expression.operand, columns);
      return (row) => not(operand(row));
    }
    case 'number':
    case 'text':
    case 'name':
    case 'arithmetic':
    case 'call':
      throw new Error(`invariant: a ${expression.kind} is no condition`);
    default:
      return assertNever(expression);
  }
}

function compileComparison<Row>(
  { operator, left, right }: ComparisonExpression,
  columns: Columns<Row>,
): Condition<Row> {
  const type = typeOf(left, columns);
  invariant(type === typeOf(right, columns), 'texts and numbers are not compared');
  if (type === 'number') {
    return compare(compileNumber(left, columns), compileNumber(right, columns), compareExact, operator);
  }
  const readLeft = compileText(left, columns);
  const readRight = compileText(right, columns);
  // By far the most frequent: two texts, equal or not.
  if (operator === '==') return compareWith(readLeft, readRight, (a, b) => a === b);
  return compare(readLeft, readRight, compareText, operator);
}

function compare<Row, Value>(
  left: Read<Row, Value>,
  right: Read<Row, Value>,
  order: (a: Value, b: Value) => number,
  operator: ComparisonExpression['operator'],
): Condition<Row> {
  const test = holds[operator];
  return compareWith(left, right, (a, b) => test(order(a, b)));
}

function compareWith<Row, Value>(
  left: Read<Row, Value>,
  right: Read<Row, Value>,
  test: (a: Value, b: Value) => boolean,
): Condition<Row> {
  return (row) => {
    const a = left(row);
    if (a === null) return null;
    const b = right(row);
    return b === null ? null : test(a, b);
  };
}

function compileIn<Row>({ operand, list, negated }: InExpression, columns: Columns<Row>): Condition<Row> {
  const type = typeOf(operand, columns);
  invariant(
    list.every((element) => typeOf(element, columns) === type),
    'a list holds what its operand is',
  );
  if (type === 'number') {
    const elements = list.map((element) => key(constant(compileNumber(element, new Map()))));
    return isMember(compileNumber(operand, columns), new Set(elements), key, negated);
  }
  const elements = list.map((element) => constant(compileText(element, new Map())));
  return isMember(compileText(operand, columns), new Set(elements), (text) => text, negated);
}

function isMember<Row, Value>(
  read: Read<Row, Value>,
  elements: ReadonlySet<string>,
  keyOf: (value: Value) => string,
  negated: boolean,
): Condition<Row> {
  return (row) => {
    const value = read(row);
    return value === null ? null : elements.has(keyOf(value)) !== negated;
  };
}

/** The elements of a list are literals, so that they need no row. */
function constant<Value>(read: Read<undefined, Value>): Value {
  const value = read(undefined);
  invariant(value !== null, 'a literal has a value');
  return value;
}

/** Equal numbers have equal keys: the fraction in lowest terms. */
function key({ numerator, denominator }: Exact): string {
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator;
  while (b !== 0n) [a, b] = [b, a % b];
  return `${numerator / a}/${denominator / a}`;
}

function compileText<Row>(expression: Expression, columns: Columns<Row>): Read<Row, string> {
  if (expression.kind === 'text') return () => expression.value;
  invariant(expression.kind === 'name', `a ${expression.kind} is no text`);
  return columnOf(expression.name, columns).read;
}

function compileNumber<Row>(expression: Expression, columns: Columns<Row>): Read<Row, Exact> {
  switch (expression.kind) {
    case 'number': {
      const value = exact(expression.value);
      return () => value;
    }
    case 'name': {
      const { type, read } = columnOf(expression.name, columns);
      invariant(type === 'number', `"${expression.name}" is text where a number belongs`);
      return (row) => {
        const text = read(row);
        return text === null ? null : (readExact(text) ?? null);
      };
    }
    case 'unary': {
      invariant(expression.operator === 'negate', 'a condition is no number');
      const operand = compileNumber(expression.operand, columns);
      return (row) => {
        const value = operand(row);
        return value === null ? null : negate(value);
      };
    }
    case 'arithmetic': {
      const calculate = arithmetics[expression.operator];
      const left = compileNumber(expression.left, columns);
      const right = compileNumber(expression.right, columns);
      return (row) => {
        const a = left(row);
        const b = right(row);
        return a === null || b === null ? null : calculate(a, b);
      };
    }
    case 'text':
    case 'comparison':
    case 'logic':
    case 'in':
    case 'call':
      throw new Error(`invariant: a ${expression.kind} is no number`);
    default:
      return assertNever(expression);
  }
}

/** What a value is; the rest of its parts is checked where it is compiled. */
function typeOf<Row>(expression: Expression, columns: Columns<Row>): 'text' | 'number' {
  if (expression.kind === 'text') return 'text';
  if (expression.kind === 'name') return columnOf(expression.name, columns).type;
  return 'number';
}

function columnOf<Row>(name: string, columns: Columns<Row>): ConditionColumn<Row> {
  const column = columns.get(name);
  invariant(column !== undefined, `there is a column "${name}"`);
  return column;
}
