import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { arithmetics, compareExact, type Exact, exact, negate } from './exact.ts';
import type { Expression, InExpression } from './expression.ts';
import { and, compareText, holds, not, or, type Truth } from './logic.ts';

/** A text or an exact number (`exact("12.5")`); null where there is none. */
export type Value = string | Exact;
export type Lookup = (name: string) => Value | null;

/**
 * What a condition says of one row or member: null if a missing value leaves it open. This is the
 * plain meaning of a condition; `compile.ts` says the same faster, for many rows.
 * Mixing texts, numbers and conditions is refused by the model and stops here.
 */
export function evaluateCondition(expression: Expression, lookup: Lookup): Truth {
  switch (expression.kind) {
    case 'comparison': {
      const order = compareValues(expression.left, expression.right, lookup);
      return order === null ? null : holds[expression.operator](order);
    }
    case 'logic': {
      const join = expression.operator === 'and' ? and : or;
      return join(evaluateCondition(expression.left, lookup), evaluateCondition(expression.right, lookup));
    }
    case 'in':
      return evaluateIn(expression, lookup);
    case 'unary':
      invariant(expression.operator === 'not', 'a number is no condition');
      return not(evaluateCondition(expression.operand, lookup));
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

function evaluateIn({ operand, list, negated }: InExpression, lookup: Lookup): Truth {
  const orders = list.map((element) => compareValues(operand, element, lookup));
  const found = orders.some((order) => order === 0);
  if (!found && orders.includes(null)) return null;
  return found !== negated;
}

/** Negative, zero or positive; null if one of the two is missing. */
function compareValues(left: Expression, right: Expression, lookup: Lookup): number | null {
  const a = evaluateValue(left, lookup);
  const b = evaluateValue(right, lookup);
  if (a === null || b === null) return null;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  invariant(typeof a !== 'string' && typeof b !== 'string', 'texts and numbers are not compared');
  return compareExact(a, b);
}

function evaluateValue(expression: Expression, lookup: Lookup): Value | null {
  switch (expression.kind) {
    case 'text':
      return expression.value;
    case 'name':
      return lookup(expression.name);
    default:
      return evaluateNumber(expression, lookup);
  }
}

function evaluateNumber(expression: Expression, lookup: Lookup): Exact | null {
  switch (expression.kind) {
    case 'number':
      return exact(expression.value);
    case 'name': {
      const value = lookup(expression.name);
      invariant(typeof value !== 'string', `"${expression.name}" is text where a number belongs`);
      return value;
    }
    case 'unary': {
      invariant(expression.operator === 'negate', 'a condition is no number');
      const value = evaluateNumber(expression.operand, lookup);
      return value === null ? null : negate(value);
    }
    case 'arithmetic': {
      const left = evaluateNumber(expression.left, lookup);
      const right = evaluateNumber(expression.right, lookup);
      return left === null || right === null ? null : arithmetics[expression.operator](left, right);
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
