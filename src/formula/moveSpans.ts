import type { Span } from '../diagnostics/diagnostic.ts';
import { assertNever } from '../diagnostics/invariant.ts';
import type { Expression } from './expression.ts';

/** The same expression, standing where `move` says instead of where it was parsed. */
export function moveSpans(expression: Expression, move: (span: Span) => Span): Expression {
  const inner = (part: Expression) => moveSpans(part, move);
  const span = move(expression.span);
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'name':
      return { ...expression, span };
    case 'unary':
      return { ...expression, operand: inner(expression.operand), span };
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return { ...expression, left: inner(expression.left), right: inner(expression.right), span };
    case 'in':
      return { ...expression, operand: inner(expression.operand), list: expression.list.map(inner), span };
    case 'call':
      return {
        ...expression,
        nameSpan: move(expression.nameSpan),
        arguments: expression.arguments.map(inner),
        span,
      };
    default:
      return assertNever(expression);
  }
}
