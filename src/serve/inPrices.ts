import { pieceOf } from '../plan/pricedPeriods.ts';
import type { UsePrices } from '../query/bound.ts';
import { cellKey, splitKey } from './cellKey.ts';
import type { Component, Components } from './components.ts';

/**
 * Components of pieces of one year each, brought to the prices of one year and put together again, exactly:
 * values are multiplied by whole numbers, and what all are to be divided by waits until the figure is finished.
 */
export function inPrices(pieces: Components, { factors }: UsePrices): Components {
  const denominator = Object.values(factors)
    .map((factor) => BigInt(factor.denominator))
    .reduce(leastCommonMultiple, 1n);
  const whole = new Map<string, Component>();
  for (const [key, piece] of pieces) {
    const { period, members } = splitKey(key);
    const { out, year } = pieceOf(period);
    const factor = factors[year] ?? { numerator: '1', denominator: '1' };
    const times = (BigInt(factor.numerator) * denominator) / BigInt(factor.denominator);
    const priced: Component = {
      ...piece,
      value: piece.value === null ? null : piece.value * times,
      weighted: piece.weighted === null ? null : piece.weighted * times,
      shares: (piece.shares ?? 1n) * denominator,
    };
    const place = cellKey(out, members);
    const before = whole.get(place);
    whole.set(place, before ? together(before, priced) : priced);
  }
  return whole;
}

function together(a: Component, b: Component): Component {
  return {
    ...a,
    value: sumOf(a.value, b.value),
    weighted: sumOf(a.weighted, b.weighted),
    weight: sumOf(a.weight, b.weight),
    squares: null,
    alone: a.alone || b.alone,
    periods: a.periods + b.periods,
    delivered: a.delivered + b.delivered,
    suppressed: a.suppressed + b.suppressed,
    notApplicable: a.notApplicable + b.notApplicable,
    knownRows: a.knownRows + b.knownRows,
    suppressedRows: a.suppressedRows + b.suppressedRows,
    notApplicableRows: a.notApplicableRows + b.notApplicableRows,
    imputedRows: (a.imputedRows ?? 0) + (b.imputedRows ?? 0),
    brokenRows: (a.brokenRows ?? 0) + (b.brokenRows ?? 0),
  };
}

function sumOf(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
