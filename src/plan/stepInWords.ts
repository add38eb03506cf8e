import { assertNever } from '../diagnostics/invariant.ts';
import type { RowExpression, RowStep } from '../model/rowSteps.ts';

/** A step of rows as a person would say it; conditions as they are written. */
export function stepInWords(step: RowStep): string {
  switch (step.kind) {
    case 'where':
      return printRowExpression(step.condition);
    case 'derive':
      return `derive ${names(step.columns)}`;
    case 'group':
      return `group by ${step.by.join(', ')}`;
    case 'spread':
      return `one row a ${step.level} from ${step.from} to ${step.to} (${step.on.replace('_', ' ')})`;
    case 'match':
      return `look up ${step.every ? 'every match ' : ''}in ${step.rows}${step.valid ? ` as it was on ${step.valid.on}` : ''}`;
    case 'order':
      return `in order of ${step.along.join(', ')}${step.within ? ` within ${step.within.count} ${step.within.level}` : ''}`;
    case 'join_stays':
      return `stays within ${step.within.count} ${step.within.unit} joined`;
    default:
      return assertNever(step);
  }
}

const names = (columns: readonly { readonly name: string }[]): string =>
  columns.map(({ name }) => name).join(', ');

const strengths = { or: 1, and: 2, compared: 4, '+': 5, '-': 5, '*': 6 } as const;

/** With brackets wherever they could be needed; what the binding has put around an operand is left out. */
export function printRowExpression(expression: RowExpression): string {
  switch (expression.kind) {
    case 'number':
    case 'date':
    case 'time':
      return expression.value;
    case 'text':
      return JSON.stringify(expression.value);
    case 'column':
      return expression.name;
    case 'known':
    case 'decimals':
    case 'as_text':
      return printRowExpression(expression.operand);
    case 'not':
      return `not ${part(expression.operand, 3)}`;
    case 'negate':
      return `-${part(expression.operand, 7)}`;
    case 'is_empty':
      return `is_empty(${printRowExpression(expression.operand)})`;
    case 'arithmetic':
    case 'logic':
    case 'comparison': {
      const own = strengthOf(expression);
      return `${part(expression.left, own)} ${expression.operator} ${part(expression.right, own + 1)}`;
    }
    case 'in': {
      const list = expression.list.map(printRowExpression).join(', ');
      const text = `${part(expression.operand, 7)} in [${list}]`;
      return expression.negated ? `not ${text}` : text;
    }
    case 'if':
      return called('if', [expression.condition, expression.then, expression.otherwise]);
    case 'coalesce':
      return called('coalesce', expression.operands);
    case 'call':
      return called(expression.function, expression.operands);
    default:
      return assertNever(expression);
  }
}

const called = (name: string, operands: readonly RowExpression[]): string =>
  `${name}(${operands.map(printRowExpression).join(', ')})`;

function part(expression: RowExpression, least: number): string {
  const text = printRowExpression(expression);
  return strengthOf(expression) < least ? `(${text})` : text;
}

function strengthOf(expression: RowExpression): number {
  switch (expression.kind) {
    case 'logic':
    case 'arithmetic':
      return strengths[expression.operator];
    case 'comparison':
    case 'in':
      return strengths.compared;
    case 'not':
      return 3;
    case 'known':
    case 'decimals':
    case 'as_text':
      return strengthOf(expression.operand);
    default:
      return 8;
  }
}
