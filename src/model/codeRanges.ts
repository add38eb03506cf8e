import type {
  ComparisonExpression,
  Expression,
  NameExpression,
  TextExpression,
} from '../formula/expression.ts';
import { compareCodes } from './codeOrder.ts';

const holds: Partial<Record<ComparisonExpression['operator'], (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;

/**
 * Ranges over codes (`alder >= "80"`) written out as lists of the codes that they hold. Codes are
 * text, and as text "9" comes after "80"; here they have the order that they have everywhere else.
 */
export function expandCodeRanges(
  condition: Expression,
  codesOf: (name: string) => readonly string[] | null,
): Expression {
  const inner = (operand: Expression) => expandCodeRanges(operand, codesOf);
  switch (condition.kind) {
    case 'comparison':
      return expand(condition, codesOf);
    case 'logic':
      return { ...condition, left: inner(condition.left), right: inner(condition.right) };
    case 'unary':
      return { ...condition, operand: inner(condition.operand) };
    default:
      return condition;
  }
}

interface CodeRange {
  readonly name: NameExpression;
  readonly value: TextExpression;
  readonly holds: (code: string) => boolean;
}

/** A comparison of a name with a text that asks for more than the one code. */
export function rangeTest(comparison: ComparisonExpression): CodeRange | null {
  const { left, right } = comparison;
  const [name, value, operator] =
    left.kind === 'name' ? [left, right, comparison.operator] : [right, left, mirrored[comparison.operator]];
  const test = holds[operator];
  if (!test || name.kind !== 'name' || value.kind !== 'text') return null;
  return { name, value, holds: (code) => test(compareCodes(code, value.value)) };
}

function expand(
  comparison: ComparisonExpression,
  codesOf: (name: string) => readonly string[] | null,
): Expression {
  const range = rangeTest(comparison);
  const codes = range && codesOf(range.name.name);
  if (!range || !codes) return comparison;
  const { span } = range.value;
  const list = [...new Set(codes)].filter(range.holds);
  const texts = list.map((code): Expression => ({ kind: 'text', value: code, span }));
  return { kind: 'in', operand: range.name, list: texts, negated: false, span: comparison.span };
}
