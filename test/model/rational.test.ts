import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  fromNumber,
  isZero,
  multiply,
  negate,
  one,
  parseDecimal,
  type Rational,
  rational,
  scaled,
  subtract,
  toFixed,
  toPlain,
  zero,
} from '../../src/model/rational.ts';

const integers = fc.oneof(fc.bigInt(-50n, 50n), fc.bigInt(-(10n ** 30n), 10n ** 30n));
const divisors = integers.filter((value) => value !== 0n);
/** A fraction as two integers, which is what the laws are held against. */
const fractions = fc.tuple(integers, divisors);
type Fraction = readonly [bigint, bigint];

/** The same number, cross-multiplied; and in lowest terms above zero, as promised. */
function expectIs(found: Rational, [numerator, denominator]: Fraction): void {
  expect(found.numerator * denominator).toBe(numerator * found.denominator);
  expect(found.denominator > 0n).toBe(true);
  expect(divisor(found.numerator, found.denominator)).toBe(1n);
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b);
}

const of = ([numerator, denominator]: Fraction) => rational(numerator, denominator);

describe('a rational', () => {
  it('adds, subtracts, multiplies and divides as fractions do', () => {
    fc.assert(
      fc.property(fractions, fractions, (x, y) => {
        const [[a, b], [c, d]] = [x, y];
        expectIs(add(of(x), of(y)), [a * d + c * b, b * d]);
        expectIs(subtract(of(x), of(y)), [a * d - c * b, b * d]);
        expectIs(multiply(of(x), of(y)), [a * c, b * d]);
        if (c !== 0n) expectIs(divide(of(x), of(y)), [a * d, b * c]);
        expectIs(negate(of(x)), [-a, b]);
      }),
    );
  });

  it('is one object for one number, so that equal figures are equal', () => {
    fc.assert(
      fc.property(fractions, divisors, ([a, b], factor) => {
        expect(rational(a * factor, b * factor)).toEqual(rational(a, b));
        expect(subtract(rational(a, b), rational(a, b))).toEqual(zero);
        if (a !== 0n) expect(divide(rational(a, b), rational(a, b))).toEqual(one);
      }),
    );
  });

  it('obeys the laws of a field', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (x, y, z) => {
        const [a, b, c] = [of(x), of(y), of(z)];
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect([add(a, zero), multiply(a, one)]).toEqual([a, a]);
      }),
    );
  });

  it('is compared by cross-multiplication', () => {
    fc.assert(
      fc.property(fractions, fractions, (x, y) => {
        const sign = (value: bigint) => (value < 0n ? -1 : value > 0n ? 1 : 0);
        expect(compare(of(x), of(y))).toBe(sign(x[0] * y[1] - y[0] * x[1]) * sign(x[1] * y[1]));
        expect(isZero(of(x))).toBe(x[0] === 0n);
      }),
    );
  });

  it('has no denominator of zero', () => {
    expect(() => rational(1n, 0n)).toThrow('a status, not a number');
    expect(() => divide(one, zero)).toThrow('a status, not a number');
  });
});

describe('decimal text', () => {
  it.each([
    ['12.50', rational(25n, 2n)],
    ['-0.05', rational(-1n, 20n)],
    ['007', rational(7n)],
    ['-0', zero],
    ['123456789012345678901234567890.1', rational(1234567890123456789012345678901n, 10n)],
  ])('"%s" is read exactly', (text, value) => {
    expect(parseDecimal(text)).toEqual(value);
  });

  it.each(['', '-', '1.', '.5', '1e3', '1,5', ' 1', '+1', 'NaN'])('"%s" is not read', (text) => {
    expect(() => parseDecimal(text)).toThrow('not a decimal');
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: 0, max: 12 }), (value, decimals) => {
        expect(parseDecimal(toFixed(scaled(value, decimals), decimals))).toEqual(scaled(value, decimals));
      }),
    );
  });
});

describe('a number', () => {
  it.each([
    [0, '0'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [1.5e-9, '0.0000000015'],
    [1e21, '1000000000000000000000'],
    [-2.5, '-2.5'],
  ])('%d is what its digits say', (value, text) => {
    expect(fromNumber(value)).toEqual(parseDecimal(text));
  });

  it('comes back from its decimals, however many', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // No double has more than 343 decimals in its shortest form.
        expect(Number(toPlain(fromNumber(value), 350))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

/** Long division, digit by digit, one digit too many; then half and more go away from zero. */
function naive(numerator: bigint, denominator: bigint, decimals: number): string {
  const negative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [absolute(numerator), absolute(denominator)];
  let rest = top % bottom;
  let digits = String(top / bottom);
  for (let place = 0; place < decimals; place += 1) {
    rest *= 10n;
    digits += String(rest / bottom);
    rest %= bottom;
  }
  const up = rest * 2n >= bottom;
  const rounded = String(BigInt(digits) + (up ? 1n : 0n)).padStart(decimals + 1, '0');
  const split = rounded.length - decimals;
  const text = decimals === 0 ? rounded : `${rounded.slice(0, split)}.${rounded.slice(split)}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

describe('toFixed', () => {
  it('rounds half away from zero, once', () => {
    fc.assert(
      fc.property(fractions, fc.integer({ min: 0, max: 8 }), ([a, b], decimals) => {
        expect(toFixed(rational(a, b), decimals)).toBe(naive(a, b, decimals));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['0.5', 0, '1'],
    ['-0.5', 0, '-1'],
    ['1.5', 0, '2'],
    ['2.5', 0, '3'],
    ['-0.4', 0, '0'],
    ['-0.004', 2, '0.00'],
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['9.995', 2, '10.00'],
    ['0.05', 3, '0.050'],
    ['0', 2, '0.00'],
  ])('writes %s with %i decimals as %s', (text, decimals, written) => {
    expect(toFixed(parseDecimal(text), decimals)).toBe(written);
  });
});

describe('toPlain', () => {
  it.each([
    ['91533', 6, '91533'],
    ['16.278034', 6, '16.278034'],
    ['16.2780', 6, '16.278'],
    ['100', 2, '100'],
    ['100', 0, '100'],
    ['0.100', 2, '0.1'],
    ['-0.0000001', 6, '0'],
    ['1.9999999', 6, '2'],
  ])('writes %s with at most %i decimals as %s', (text, decimals, written) => {
    expect(toPlain(parseDecimal(text), decimals)).toBe(written);
  });

  it('drops zeros, and nothing else', () => {
    fc.assert(
      fc.property(fractions, fc.integer({ min: 0, max: 8 }), ([a, b], decimals) => {
        const plain = toPlain(rational(a, b), decimals);
        expect(plain).not.toMatch(/\.\d*0$|\.$/);
        expect(parseDecimal(plain)).toEqual(parseDecimal(toFixed(rational(a, b), decimals)));
      }),
    );
  });
});
