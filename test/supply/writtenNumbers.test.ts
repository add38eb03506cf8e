import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText } from '../../src/supply/columns/parsedColumn.ts';
import { type NumberFormat, readNumber } from '../../src/supply/writtenNumbers.ts';

const point = (decimals: number): NumberFormat => ({ decimal: '.', decimals });
const comma = (decimals: number): NumberFormat => ({ decimal: ',', decimals });

describe('readNumber', () => {
  it.each([
    ['12', point(0), 12n],
    ['-2', point(0), -2n],
    ['+7', point(0), 7n],
    ['  7 ', point(0), 7n],
    ['007', point(0), 7n],
    ['1830.0', point(1), 18300n],
    ['1830', point(1), 18300n],
    ['-0.5', point(2), -50n],
    ['321,61', comma(2), 32161n],
    ['999999999999999999', point(0), 999_999_999_999_999_999n],
    ['0000000000000000000000001', point(0), 1n],
  ])('reads %j', (text, format, value) => {
    expect(readNumber(text, format)).toBe(value);
  });

  it.each([
    ['16,5', point(1), 'decimal-comma'],
    ['1,830', point(0), 'decimal-comma'],
    ['16.5', comma(1), 'decimal-point'],
    ['1.830', comma(0), 'decimal-point'],
    ['1.830,5', comma(1), 'thousands-separator'],
    ['1,830.5', point(1), 'thousands-separator'],
    ['1.830.000', point(0), 'thousands-separator'],
    ['1,830,000', point(0), 'thousands-separator'],
    ['1 830', point(0), 'thousands-separator'],
    ['1\u00a0830', point(0), 'thousands-separator'],
    ["1'830", point(0), 'thousands-separator'],
    ['1830.0', point(0), 'too-many-decimals'],
    ['1.25', point(1), 'too-many-decimals'],
    ['1.50', point(1), 'too-many-decimals'],
    ['1000000000000000000', point(0), 'number-too-large'],
    ['100000000000000000.0', point(1), 'number-too-large'],
    ['1e5', point(0), 'bad-number'],
    ['..', point(0), 'bad-number'],
    ['-', point(0), 'bad-number'],
    ['NA', point(0), 'bad-number'],
    ['#DIV/0!', point(0), 'bad-number'],
    ['.5', point(1), 'bad-number'],
    ['5.', point(1), 'bad-number'],
    ['−2', point(0), 'bad-number'],
    ['１２', point(0), 'bad-number'],
    ['12 kr.', point(0), 'bad-number'],
  ])('refuses %j', (text, format, code) => {
    expect(readNumber(text, format)).toMatchObject({ code });
  });

  it('says what to write in the contract', () => {
    expect(readNumber('9.0', point(0))).toEqual({
      code: 'too-many-decimals',
      reason: 'The number has 1 decimal, and the column is of whole numbers.',
      hint: 'if they belong there, write "type: decimal" and "decimals: 1" in the contract',
    });
  });

  it('gives back every number as it was written out', () => {
    const limit = 10n ** 18n - 1n;
    fc.assert(
      fc.property(
        fc.bigInt(-limit, limit),
        fc.nat(9),
        fc.constantFrom('.', ','),
        (value, decimals, decimal) => {
          const text = decimalText(value, decimals).replace('.', decimal);
          expect(readNumber(text, { decimal: decimal === '.' ? '.' : ',', decimals })).toBe(value);
        },
      ),
    );
  });

  it('takes any text without a throw', () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789.,-+ e'æ") });
    fc.assert(fc.property(text, (text) => ['bigint', 'object'].includes(typeof readNumber(text, point(2)))));
  });
});
