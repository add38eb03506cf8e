import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, drawWith, wholeBetween } from '../../../src/supply/synthesize/random.ts';

describe('drawWith', () => {
  it('gives the same number for the same seed and keys, whatever was drawn before', () => {
    const draw = drawWith(7);
    const first = draw('101', 24318);
    draw('751', 24318);
    expect(draw('101', 24318)).toBe(first);
    expect(drawWith(7)('101', 24318)).toBe(first);
  });

  it('gives another number for another seed or another key', () => {
    expect(drawWith(7)('101')).not.toBe(drawWith(8)('101'));
    expect(drawWith(7)('101')).not.toBe(drawWith(7)('147'));
  });

  it('lies from 0 up to 1 and is spread evenly', () => {
    const draw = drawWith(1);
    const numbers = Array.from({ length: 10_000 }, (_, index) => draw('key', index));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (const tenth of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const inTenth = numbers.filter((number) => Math.floor(number * 10) === tenth).length;
      expect(Math.abs(inTenth - 1000)).toBeLessThan(150);
    }
  });
});

describe('between and wholeBetween', () => {
  it('stay within their bounds', () => {
    const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(draws, fc.integer({ min: -50, max: 50 }), fc.nat(50), (draw, low, width) => {
        expect(between(low, low + width, draw)).toBeGreaterThanOrEqual(low);
        expect(between(low, low + width, draw)).toBeLessThanOrEqual(low + width);
        const whole = wholeBetween(low, low + width, draw);
        expect(Number.isInteger(whole) && whole >= low && whole <= low + width).toBe(true);
      }),
    );
  });
});
