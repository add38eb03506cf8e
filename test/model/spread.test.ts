import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Rational, rational, toPlain } from '../../src/model/rational.ts';
import { spreadOf } from '../../src/model/spread.ts';

const members = (values: readonly number[]) =>
  values.map((value, at) => ({ name: String(at), value: rational(BigInt(value)) }));
const plain = (value: Rational) => toPlain(value, 6);

describe('a spread', () => {
  it('has quartiles between two figures in proportion, and bins of one width', () => {
    const found = spreadOf(members([1, 2, 3, 4]), 3);
    expect(
      [found?.least, found?.quarter, found?.median, found?.threeQuarters, found?.greatest].map(
        (value) => value && plain(value),
      ),
    ).toEqual(['1', '1.75', '2.5', '3.25', '4']);
    expect(found?.bins.map(({ from, to, count }) => [plain(from), plain(to), count])).toEqual([
      ['1', '2', 1],
      ['2', '3', 1],
      ['3', '4', 2],
    ]);
    expect(found?.outliers).toEqual([]);
  });

  it('names what lies far from the middle half, the furthest last', () => {
    const found = spreadOf(members([10, 11, 12, 13, 14, 40, -30, 90]), 4);
    expect(found?.outliers.map(({ value }) => plain(value))).toEqual(['40', '-30', '90']);
  });

  it('of equal figures is one bin, and of one figure none', () => {
    expect(spreadOf(members([7, 7, 7]), 5)?.bins.map(({ count }) => count)).toEqual([3]);
    expect(spreadOf(members([7]), 5)).toBeNull();
    expect(spreadOf([], 5)).toBeNull();
  });

  it('is what a walk through the figures by hand finds', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 120 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 30 }), (list, bins) => {
        const found = spreadOf(members(list), bins);
        const sorted = [...list].sort((a, b) => a - b);
        const [least = 0, greatest = 0] = [sorted[0], sorted.at(-1)];
        expect(found?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
        for (const [at, { count }] of (found?.bins ?? []).entries()) {
          if (greatest === least) continue;
          // Both sides times the number of bins, so that whole numbers are compared with whole numbers.
          const [from, to] = [at * (greatest - least), (at + 1) * (greatest - least)];
          const inside = list.filter((value) => {
            const place = (value - least) * bins;
            return place >= from && (place < to || (at === bins - 1 && place === to));
          });
          expect(count).toBe(inside.length);
        }
        const place = (sorted.length - 1) / 2;
        const middle = ((sorted[Math.floor(place)] ?? 0) + (sorted[Math.ceil(place)] ?? 0)) / 2;
        expect(found && compare(found.median, rational(BigInt(middle * 2), 2n))).toBe(0);
      }),
    );
  });
});
