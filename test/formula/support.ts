import fc from 'fast-check';
import type { Expression } from '../../src/formula/expression.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { children } from '../../src/formula/walk.ts';

export const origin = { file: 'formula', start: 0 };
export const parser = await loadParser();

/** The tree of a text that must be right. */
export function parsed(text: string): Expression {
  const { value, diagnostics } = parser(text, origin);
  if (value === undefined) throw new Error(`${text}: ${diagnostics.map((one) => one.message).join(' ')}`);
  return value;
}

/** A tree without its places, as nested lists: `["+", "a", 1]`. Short to write, and no part of the product. */
export function shape(expression: Expression): unknown {
  const parts = children(expression).map(shape);
  switch (expression.kind) {
    case 'number':
      return { number: expression.value };
    case 'text':
      return { text: expression.value };
    case 'name':
      return expression.name;
    case 'in':
      return [expression.negated ? 'not in' : 'in', ...parts];
    case 'call':
      return [`${expression.name}()`, ...parts];
    default:
      return [expression.operator, ...parts];
  }
}

const span = { file: '', start: 0, end: 0 };
const reserved = /^(and|or|not|in|to|mod|xor|true|false|null|undefined|NaN|Infinity)$/;
const letters = fc.constantFrom(...'abkxzAZ_æøåÆØÅé');
const simpleName = fc
  .tuple(letters, fc.array(fc.oneof(letters, fc.constantFrom(...'0189')), { maxLength: 5 }))
  .map(([first, rest]) => first + rest.join(''))
  .filter((name) => !reserved.test(name));
const oddNames = fc.constantFrom('constructor', '__proto__', 'toString', 'end', 'i', 'e', 'pi', 'cm', 'E1');
export const functionName = fc.oneof({ weight: 9, arbitrary: simpleName }, oddNames);
const dottedName = fc.array(functionName, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.option(fc.stringMatching(/^[0-9]{1,8}$/)))
  .map(([whole, decimals]) => (decimals === null ? `${whole}` : `${whole}.${decimals}`))
  .filter((text) => !/^[1-9][0-9]{0,2}\.[0-9]{2}0$/.test(text));
export const numberNode: fc.Arbitrary<Expression> = decimalText.map((value) => ({
  kind: 'number',
  value,
  span,
}));
export const textNode: fc.Arbitrary<Expression> = fc
  .oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', "'", 'a\nb', '\u2028', '\ud800'),
  )
  .map((value) => ({ kind: 'text', value, span }));
const nameNode: fc.Arbitrary<Expression> = dottedName.map((name) => ({ kind: 'name', name, span }));

/** Any tree that a text can say, also senseless ones: what makes sense is the model's to say. */
export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => {
  const expression = tie('expression');
  const element = fc.oneof(
    textNode,
    numberNode,
    numberNode.map((operand): Expression => ({ kind: 'unary', operator: 'negate', operand, span })),
  );
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(nameNode, numberNode, textNode),
      fc
        .tuple(fc.constantFrom('negate' as const, 'not' as const), expression)
        // `not (k in [..])` has a node of its own.
        .filter(([operator, operand]) => operator === 'negate' || operand.kind !== 'in' || operand.negated)
        .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
      fc
        .tuple(
          fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
          expression,
          expression,
        )
        .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, span })),
      fc
        .tuple(
          fc.constantFrom(
            '==' as const,
            '!=' as const,
            '<' as const,
            '<=' as const,
            '>' as const,
            '>=' as const,
          ),
          expression,
          expression,
        )
        .map(([operator, left, right]): Expression => ({ kind: 'comparison', operator, left, right, span })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), expression, expression)
        .map(([operator, left, right]): Expression => ({ kind: 'logic', operator, left, right, span })),
      fc
        .tuple(expression, fc.array(element, { minLength: 1, maxLength: 4 }), fc.boolean())
        .map(([operand, list, negated]): Expression => ({ kind: 'in', operand, list, negated, span })),
      fc
        .tuple(functionName, fc.array(expression, { maxLength: 3 }))
        .map(
          ([name, values]): Expression => ({ kind: 'call', name, nameSpan: span, arguments: values, span }),
        ),
    ),
  };
}).expression;
