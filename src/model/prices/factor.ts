import { lookUp } from '../lookUp.ts';
import { add, divide, multiply, one, parseDecimal, type Rational, rational } from '../rational.ts';
import type { PriceEdition, PriceRate } from './types.ts';

/** What an amount of one year is multiplied by to be in the prices of another; exact. */
export interface PriceFactor {
  readonly factor: Rational;
  /** Whether one of the rates in it is invented. */
  readonly madeUp: boolean;
}

/** A year whose rate is needed and not there. */
export interface MissingRate {
  readonly missing: string;
}

/**
 * The product, over the years after `from` up to and with `to`, of the rate and of the correction of the level
 * before, each as 1 + pct./100; one divided by it the other way. The same year needs no rate.
 */
export function priceFactor(
  edition: PriceEdition,
  type: string,
  from: number,
  to: number,
): PriceFactor | MissingRate {
  const [first, last] = from <= to ? [from, to] : [to, from];
  const years = Array.from({ length: last - first }, (_, at) => String(first + 1 + at));
  const given = lookUp(edition.rates, type) ?? {};
  const missing = years.find((year) => lookUp(given, year) === undefined);
  if (missing !== undefined) return { missing };
  const rates = years.flatMap((year) => lookUp(given, year) ?? []);
  const product = rates.map(yearFactor).reduce(multiply, one);
  return {
    factor: from <= to ? product : divide(one, product),
    madeUp: rates.some(({ madeUp }) => madeUp),
  };
}

const yearFactor = ({ rate, correction }: PriceRate): Rational => multiply(onTop(rate), onTop(correction));

const onTop = (percent: string): Rational => add(one, divide(parseDecimal(percent), rational(100n)));
