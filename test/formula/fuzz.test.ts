import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFormula } from '../../src/formula/print.ts';
import { origin, parsed, parser, shape } from './support.ts';

const pieces = [
  ...[
    'a',
    'b.c',
    'å',
    'f',
    'e',
    'i',
    'end',
    'constructor',
    '__proto__',
    'cm',
    '1',
    '0',
    '2.5',
    '0101',
    '1e3',
    '"x"',
    '"',
  ],
  ...[
    "'",
    '\\',
    '\\u',
    '#',
    '$',
    '.',
    ',',
    ';',
    ':',
    '?',
    '??',
    '?.',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ' ',
    '\n',
    '\u00a0',
  ],
  ...[
    '+',
    '-',
    '*',
    '/',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '=',
    '^',
    '%',
    '!',
    '~',
    '&',
    '|',
    '<<',
    '>>>',
    '.*',
    '×',
  ],
  ...[
    'and',
    'or',
    'not',
    'in',
    'to',
    'mod',
    'xor',
    'true',
    'null',
    'NaN',
    'Infinity',
    'undefined',
    '😀',
    '\ud800',
  ],
];
/** Only what a formula may hold, so that many of the soups are formulas. */
const goodPieces = [
  'a',
  'b.c',
  'f(',
  '1',
  '"x"',
  '(',
  ')',
  ', ',
  'in [',
  '[',
  ']',
  '-',
  '+',
  '/',
  '==',
  '<',
  'and',
  'or',
  'not',
  'in',
];
const soup = (from: readonly string[], separator: string) =>
  fc.array(fc.constantFrom(...from), { maxLength: 40 }).map((parts) => parts.join(separator));

/** A value or a reason, every reason inside the text; and a value can be printed and read again. */
function expectVerdict(text: string): boolean {
  const { value, diagnostics } = parser(text, origin);
  expect(value === undefined).toBe(diagnostics.length > 0);
  for (const { span } of diagnostics) {
    expect(span?.start).toBeGreaterThanOrEqual(0);
    expect(span?.end).toBeGreaterThanOrEqual(span?.start ?? 0);
    expect(span?.end).toBeLessThanOrEqual(text.length);
  }
  if (value !== undefined) expect(shape(parsed(printFormula(value)))).toEqual(shape(value));
  return value !== undefined;
}

describe('any text', () => {
  it.each([
    ['of any characters', fc.string({ unit: 'binary', maxLength: 60 })],
    ['of ASCII', fc.string({ unit: 'binary-ascii', maxLength: 60 })],
    ['of glued tokens', soup(pieces, '')],
    ['of separate tokens', soup(pieces, ' ')],
    ['of glued good tokens', soup(goodPieces, '')],
    ['of separate good tokens', soup(goodPieces, ' ')],
  ])('%s is a formula or is refused with a reason', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => void expectVerdict(text)),
      { numRuns: 1500 },
    );
  });

  it('of operands and operators in turn is read as it stands, by mathjs too', () => {
    const operand = fc.constantFrom(
      'a',
      'b.c',
      '1',
      '"x"',
      '(a + 1)',
      '-1',
      'f(a)',
      'not a',
      '(not a)',
      'k in [1]',
    );
    const operator = fc.constantFrom('+', '-', '*', '/', '==', '<', 'and', 'or');
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(operand, operator), { maxLength: 8 }), operand, (parts, last) => {
        if (expectVerdict([...parts.flat(), last].join(' '))) read++;
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it('of 10,000 times the same is answered in a moment', () => {
    for (const piece of pieces) {
      const text = piece.repeat(10_000 / piece.length);
      const spaced = `${piece} `.repeat(10_000 / (piece.length + 1));
      expectVerdict(text);
      expectVerdict(spaced);
    }
  }, 10_000);
});
