import { assertNever } from '../diagnostics/invariant.ts';
import type { Expression } from './expression.ts';
import { writeTextLiteral } from './text-literal.ts';

/** How tightly a node binds. A part that binds looser than its place asks for gets brackets. */
const strengths = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  negate: 7,
  whole: 8,
} as const;

/** The canonical text: one space around operators, only the brackets that are needed. Parsing gives it back. */
export function printFormula(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'text':
      return writeTextLiteral(expression.value);
    case 'name':
      return expression.name;
    case 'unary':
      return expression.operator === 'not'
        ? `not ${part(expression.operand, strengths.not)}`
        : `-${part(expression.operand, strengths.negate)}`;
    case 'comparison':
      return infix(expression, strengths.sum, strengths.sum);
    case 'arithmetic':
    case 'logic':
      return infix(expression, strength(expression), strength(expression) + 1);
    case 'in': {
      const operand = part(expression.operand, strengths.whole);
      const word = expression.operand.kind === 'number' || expression.operand.kind === 'text';
      const text = `${word ? `(${operand})` : operand} in [${separated(expression.list)}]`;
      return expression.negated ? `not ${text}` : text;
    }
    case 'call':
      return `${expression.name}(${separated(expression.arguments)})`;
    default:
      return assertNever(expression);
  }
}

function infix(
  { left, operator, right }: { left: Expression; operator: string; right: Expression },
  leftStrength: number,
  rightStrength: number,
): string {
  return `${part(left, leftStrength)} ${operator} ${part(right, rightStrength)}`;
}

function part(expression: Expression, least: number): string {
  const text = printFormula(expression);
  return strength(expression) < least ? `(${text})` : text;
}

function separated(expressions: readonly Expression[]): string {
  return expressions.map(printFormula).join(', ');
}

function strength(expression: Expression): number {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'name':
    case 'call':
      return strengths.whole;
    case 'unary':
      return strengths[expression.operator];
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-' ? strengths.sum : strengths.product;
    case 'comparison':
      return strengths.comparison;
    case 'logic':
      return strengths[expression.operator];
    case 'in':
      return expression.negated ? strengths.not : strengths.comparison;
    default:
      return assertNever(expression);
  }
}
