import { assertNever } from '../diagnostics/invariant.ts';
import type { RowExpression } from './rowSteps.ts';

/** Columns that an expression reads, each once. */
export function columnsIn(expression: RowExpression): string[] {
  return [...new Set(reads(expression))];
}

function reads(expression: RowExpression): string[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'date':
    case 'time':
      return [];
    case 'column':
      return [expression.name];
    case 'known':
    case 'decimals':
    case 'as_text':
    case 'not':
    case 'negate':
    case 'is_empty':
      return reads(expression.operand);
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return [...reads(expression.left), ...reads(expression.right)];
    case 'in':
      return reads(expression.operand);
    case 'if':
      return [expression.condition, expression.then, expression.otherwise].flatMap(reads);
    case 'coalesce':
    case 'call':
      return expression.operands.flatMap(reads);
    default:
      return assertNever(expression);
  }
}
