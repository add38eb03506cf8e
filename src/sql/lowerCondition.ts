import { assertNever } from '../diagnostics/invariant.ts';
import type { Expression } from '../formula/expression.ts';
import {
  add,
  and,
  atLeast,
  atMost,
  cast,
  dateType,
  decimal,
  differs,
  equals,
  greater,
  integerType,
  isIn,
  isNotIn,
  less,
  multiply,
  negate,
  not,
  or,
  subtract,
  text,
  timeType,
} from './make.ts';
import type { SqlExpression } from './tree.ts';

const comparisons = {
  '==': equals,
  '!=': differs,
  '<': less,
  '<=': atMost,
  '>': greater,
  '>=': atLeast,
} as const;

const types = { date: dateType, time: timeType, integer: integerType } as const;

/** A condition that the model has checked, over columns that the caller names. */
export function lowerCondition(
  expression: Expression,
  columnOf: (name: string) => SqlExpression,
): SqlExpression {
  const inner = (operand: Expression) => lowerCondition(operand, columnOf);
  switch (expression.kind) {
    case 'number':
      return decimal(expression.value);
    case 'text':
      return expression.as === undefined
        ? text(expression.value)
        : cast(text(expression.value), types[expression.as]);
    case 'name':
      return columnOf(expression.name);
    case 'unary':
      return expression.operator === 'not'
        ? not(inner(expression.operand))
        : negate(inner(expression.operand));
    case 'arithmetic':
      return arithmetic(expression.operator)(inner(expression.left), inner(expression.right));
    case 'comparison':
      return comparisons[expression.operator](inner(expression.left), inner(expression.right));
    case 'logic':
      return (expression.operator === 'and' ? and : or)(inner(expression.left), inner(expression.right));
    case 'in': {
      // SQL has no empty list; a range that holds no code lets nothing through.
      if (expression.list.length === 0)
        return expression.negated ? equals(text(''), text('')) : differs(text(''), text(''));
      return (expression.negated ? isNotIn : isIn)(inner(expression.operand), expression.list.map(inner));
    }
    case 'call':
      throw new Error(`invariant: the model lets no function ${expression.name} through`);
    default:
      return assertNever(expression);
  }
}

function arithmetic(operator: '+' | '-' | '*' | '/') {
  switch (operator) {
    case '+':
      return add;
    case '-':
      return subtract;
    case '*':
      return multiply;
    case '/':
      throw new Error('invariant: a condition does not divide, since engines disagree on it');
  }
}
