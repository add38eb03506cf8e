import { assertNever } from '../diagnostics/invariant.ts';
import type { BoundExpression, FigureCondition } from './boundExpression.ts';

/** The parts of a bound formula, those of conditions among them, in the order of the text. */
export function partsOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case 'number':
    case 'measure':
      return [];
    case 'negate':
    case 'moved':
    case 'in_prices':
    case 'total':
    case 'mean_over':
    case 'of_each':
      return [expression.operand];
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'call':
      return expression.operands;
    case 'if':
      return [...figuresIn(expression.condition), expression.met, expression.otherwise];
    default:
      return assertNever(expression);
  }
}

/** The figures that a condition compares. */
export function figuresIn<E>(condition: FigureCondition<E>): readonly E[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.left, condition.right];
    case 'logic':
      return [...figuresIn(condition.left), ...figuresIn(condition.right)];
    case 'not':
      return figuresIn(condition.operand);
    default:
      return assertNever(condition);
  }
}

/** Measures of an expression, each once, in order of first use. */
export function measuresOf(expression: BoundExpression): string[] {
  if (expression.kind === 'measure') return [expression.measure];
  return [...new Set(partsOf(expression).flatMap(measuresOf))];
}

/** Every part of a formula, itself first. */
export function everyPart(expression: BoundExpression): readonly BoundExpression[] {
  return [expression, ...partsOf(expression).flatMap(everyPart)];
}
