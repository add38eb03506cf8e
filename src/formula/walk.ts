import { assertNever } from '../diagnostics/invariant.ts';
import type { Expression, NameExpression } from './expression.ts';

/** The parts of an expression, in the order of the text. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'name':
      return [];
    case 'unary':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.list];
    case 'call':
      return expression.arguments;
    default:
      return assertNever(expression);
  }
}

/** Visits an expression and then its parts. */
export function walk(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const child of children(expression)) walk(child, visit);
}

/** The conditions that must all hold: a condition, cut at its outer `and`s. */
export function conjuncts(condition: Expression): Expression[] {
  return condition.kind === 'logic' && condition.operator === 'and'
    ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
    : [condition];
}

/** Every place where a name stands, in the order of the text; functions are not among them. */
export function namesIn(expression: Expression): readonly NameExpression[] {
  const names: NameExpression[] = [];
  walk(expression, (part) => {
    if (part.kind === 'name') names.push(part);
  });
  return names;
}
