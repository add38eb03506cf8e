import { invariant } from '../diagnostics/invariant.ts';

/**
 * An exact fraction in lowest terms, denominator above zero. Every figure is one until it is shown:
 * a double would make the result depend on the order of the work.
 */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

export function rational(numerator: bigint, denominator = 1n): Rational {
  invariant(denominator !== 0n, 'a denominator of zero is a status, not a number');
  if (denominator === 1n) return { numerator, denominator };
  const divisor = greatestCommonDivisor(
    numerator < 0n ? -numerator : numerator,
    denominator < 0n ? -denominator : denominator,
  );
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

/** From a scaled integer: `scaled(15n, 1)` is 1.5. */
export function scaled(value: bigint, decimals: number): Rational {
  return rational(value, 10n ** BigInt(decimals));
}

/** From decimal text, exactly: "-12.50". */
export function parseDecimal(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  invariant(match, `not a decimal: ${text}`);
  const fraction = match[3] ?? '';
  const value = scaled(BigInt(`${match[2]}${fraction}`), fraction.length);
  return match[1] === '-' ? negate(value) : value;
}

/** A number as its shortest decimal says: 0.1 is a tenth, 1e-7 a ten-millionth. */
export function fromNumber(value: number): Rational {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const power = Number(exponent);
  const factor = rational(10n ** BigInt(Math.abs(power)));
  return power < 0 ? divide(parseDecimal(digits), factor) : multiply(parseDecimal(digits), factor);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The caller has seen that `b` is not zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function compare(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(a: Rational): boolean {
  return a.numerator === 0n;
}

/**
 * Decimal text with exactly `decimals` decimals, rounded once, half away from zero.
 * `-0.4` at 0 decimals is "0": there is no negative zero.
 */
export function toFixed(a: Rational, decimals: number): string {
  const factor = 10n ** BigInt(decimals);
  const magnitude = a.numerator < 0n ? -a.numerator : a.numerator;
  const rounded = (2n * magnitude * factor + a.denominator) / (2n * a.denominator);
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const sign = a.numerator < 0n && rounded !== 0n ? '-' : '';
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - decimals)}`;
}

/** To so many decimals, half away from zero. */
export function rounded(a: Rational, decimals: number): Rational {
  return parseDecimal(toFixed(a, decimals));
}

/** As `toFixed`, trailing zeros dropped: `91533`, `16.278034`. Files are written so. */
export function toPlain(a: Rational, decimals: number): string {
  const text = toFixed(a, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
