import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodes } from '../../src/model/codeOrder.ts';

const digits = fc.stringMatching(/^[0-9]{1,4}$/);
const codes = fc.oneof(
  digits,
  fc.stringMatching(/^[0-9]{15,30}$/),
  fc.stringMatching(/^[0-9a-c.]{1,4}$/),
  fc.constantFrom('', '0', '00', 'uoplyst', 'uoplyst2', '3.22.01', '9', '80', '1a'),
);

describe('compareCodes', () => {
  it('has numbers in the order of their values, other codes after them, uoplyst last', () => {
    const given = ['uoplyst', 'b', '101', '80', '9', '1a', '081', '3.22.01', '100'];
    expect([...given].sort(compareCodes)).toEqual([
      '9',
      '80',
      '081',
      '100',
      '101',
      '1a',
      '3.22.01',
      'b',
      'uoplyst',
    ]);
  });

  it('has numbers in the order of their values, however long', () => {
    fc.assert(
      fc.property(codes, codes, (a, b) => {
        fc.pre(/^[0-9]+$/.test(a) && /^[0-9]+$/.test(b) && BigInt(a) !== BigInt(b));
        expect(Math.sign(compareCodes(a, b))).toBe(BigInt(a) < BigInt(b) ? -1 : 1);
      }),
    );
  });

  it('is an order of all codes, in which only the same are equal', () => {
    fc.assert(
      fc.property(codes, codes, codes, (a, b, c) => {
        expect(compareCodes(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareCodes(a, b)) + Math.sign(compareCodes(b, a))).toBe(0);
        if (compareCodes(a, b) <= 0 && compareCodes(b, c) <= 0)
          expect(compareCodes(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('sorts to the same list from every order', () => {
    const shuffled = fc
      .uniqueArray(codes, { minLength: 2, maxLength: 8 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect([...one].sort(compareCodes)).toEqual([...other].sort(compareCodes));
      }),
    );
  });
});
