import fc from 'fast-check';
import type { Value } from '../../src/formula/evaluate.ts';
import { exact } from '../../src/formula/exact.ts';
import type { Expression } from '../../src/formula/expression.ts';

/** One row: two text columns and two number columns, as delivered; null is an empty cell. */
export interface Row {
  readonly k: string | null;
  readonly region: string | null;
  readonly x: string | null;
  readonly y: string | null;
}

const span = { file: '', start: 0, end: 0 };
// Codes, an empty text, and two texts that UTF-16 and UTF-8 sort differently.
const text = fc.constantFrom('081', '082', '0821', 'å', 'Å', '', ' ', '\uffee', '😀');
const number = fc.constantFrom('0', '1', '-1', '1.00', '1.5', '-1.50', '2', '0.01', '99.99', '100');
export const rows: fc.Arbitrary<Row> = fc.record({
  k: fc.option(text),
  region: fc.option(text),
  x: fc.option(number),
  y: fc.option(number),
});

export function valueIn(row: Row): (name: string) => Value | null {
  return (name) => {
    if (name === 'k' || name === 'region') return row[name];
    const cell = name === 'x' ? row.x : row.y;
    return cell === null ? null : exact(cell);
  };
}

export const columns = new Map([
  ['k', { type: 'text' as const, read: (row: Row) => row.k }],
  ['region', { type: 'text' as const, read: (row: Row) => row.region }],
  ['x', { type: 'number' as const, read: (row: Row) => row.x }],
  ['y', { type: 'number' as const, read: (row: Row) => row.y }],
]);

function name(...names: string[]): fc.Arbitrary<Expression> {
  return fc.constantFrom(...names).map((one) => ({ kind: 'name', name: one, span }));
}

const textLiteral = text.map((value): Expression => ({ kind: 'text', value, span }));
const numberLiteral = number.map((value): Expression => {
  if (!value.startsWith('-')) return { kind: 'number', value, span };
  return {
    kind: 'unary',
    operator: 'negate',
    operand: { kind: 'number', value: value.slice(1), span },
    span,
  };
});

/** Conditions that the model accepts; with `operators` of arithmetic, nested twice at most. */
export function conditions(...operators: ('+' | '-' | '*' | '/')[]): fc.Arbitrary<Expression> {
  const operator = fc.constantFrom(...operators);
  const atom = fc.oneof(name('x', 'y'), numberLiteral);
  const calculated = (part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc.oneof(
      part,
      fc
        .tuple(operator, part, part)
        .map(([one, left, right]): Expression => ({ kind: 'arithmetic', operator: one, left, right, span })),
      part.map((operand): Expression => ({ kind: 'unary', operator: 'negate', operand, span })),
    );
  const numbers = calculated(calculated(atom));
  const texts = fc.oneof(name('k', 'region'), textLiteral);
  const compared = fc.constantFrom(...(['==', '!=', '<', '<=', '>', '>='] as const));
  const comparison = fc
    .tuple(compared, fc.oneof(fc.tuple(texts, texts), fc.tuple(numbers, numbers)))
    .map(([one, [left, right]]): Expression => ({ kind: 'comparison', operator: one, left, right, span }));
  const listed = fc.oneof(
    fc.tuple(texts, fc.array(textLiteral, { minLength: 1, maxLength: 3 })),
    fc.tuple(numbers, fc.array(numberLiteral, { minLength: 1, maxLength: 3 })),
  );
  const membership = fc
    .tuple(listed, fc.boolean())
    .map(([[operand, list], negated]): Expression => ({ kind: 'in', operand, list, negated, span }));
  return fc.letrec<{ condition: Expression }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(comparison, membership),
      tie('condition').map((operand): Expression => ({ kind: 'unary', operator: 'not', operand, span })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), tie('condition'), tie('condition'))
        .map(([one, left, right]): Expression => ({ kind: 'logic', operator: one, left, right, span })),
    ),
  })).condition;
}
