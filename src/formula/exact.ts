import { invariant } from '../diagnostics/invariant.ts';
import type { ArithmeticExpression } from './expression.ts';

/** An exact number, as a fraction with a positive denominator; not reduced, since it lives one row long. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const decimal = /^([+-]?[0-9]+)(?:\.([0-9]+))?$/;

/** The number that a decimal text ("12", "-0.05") says; undefined for any other text. */
export function readExact(text: string): Exact | undefined {
  const found = decimal.exec(text);
  if (found === null) return undefined;
  const [, whole = '', decimals = ''] = found;
  const digits = whole.startsWith('+') ? whole.slice(1) : whole;
  return { numerator: BigInt(digits + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/** For literals, which the scan has checked. */
export function exact(text: string): Exact {
  const value = readExact(text);
  invariant(value !== undefined, `"${text}" is a decimal number`);
  return value;
}

export function negate({ numerator, denominator }: Exact): Exact {
  return { numerator: -numerator, denominator };
}

function add(a: Exact, b: Exact): Exact {
  if (a.denominator === b.denominator) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

function multiply(a: Exact, b: Exact): Exact {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Null for a divisor of zero: the quotient is undefined. */
function divide(a: Exact, b: Exact): Exact | null {
  if (b.numerator === 0n) return null;
  const sign = b.numerator < 0n ? -1n : 1n;
  return {
    numerator: sign * a.numerator * b.denominator,
    denominator: sign * a.denominator * b.numerator,
  };
}

export const arithmetics: Readonly<
  Record<ArithmeticExpression['operator'], (left: Exact, right: Exact) => Exact | null>
> = { '+': add, '-': subtract, '*': multiply, '/': divide };

/** Negative, zero or positive, as for `sort`. */
export function compareExact(a: Exact, b: Exact): number {
  const left = a.denominator === b.denominator ? a.numerator : a.numerator * b.denominator;
  const right = a.denominator === b.denominator ? b.numerator : b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}
