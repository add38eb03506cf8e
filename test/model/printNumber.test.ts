import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printExact, printNumber } from '../../src/model/printNumber.ts';
import { parseDecimal, scaled } from '../../src/model/rational.ts';

describe('printNumber', () => {
  it.each([
    ['91533', 0, '91.533', '91,533'],
    ['1234.5', 1, '1.234,5', '1,234.5'],
    ['-1234567.885', 2, '-1.234.567,89', '-1,234,567.89'],
    ['123', 0, '123', '123'],
    ['-123', 0, '-123', '-123'],
    ['0.5', 3, '0,500', '0.500'],
    ['-0.04', 1, '0,0', '0.0'],
  ])('writes %s with %i decimals as %s in Danish and %s in English', (value, decimals, da, en) => {
    expect(printNumber(parseDecimal(value), decimals, 'da')).toBe(da);
    expect(printNumber(parseDecimal(value), decimals, 'en')).toBe(en);
  });

  it('groups digits as Node itself does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (value) => {
        expect(printNumber(scaled(value, 0), 0, 'en')).toBe(value.toLocaleString('en-US'));
        expect(printNumber(scaled(value, 0), 0, 'da')).toBe(value.toLocaleString('de-DE'));
      }),
    );
  });
});

describe('printExact', () => {
  it('writes the decimals that are there', () => {
    expect(printExact(parseDecimal('1234.50'), 'da')).toBe('1.234,5');
    expect(printExact(parseDecimal('1234'), 'da')).toBe('1.234');
  });
});
