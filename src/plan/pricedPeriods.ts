import type { PeriodPair } from '../query/bound.ts';

/** Periods of an answer cut at the turn of the year of their source, so that each piece has one factor. */
export function byYear(pairs: readonly PeriodPair[]): PeriodPair[] {
  return pairs.map((pair) => ({ ...pair, out: `${pair.out}@${pair.source.slice(0, 4)}` }));
}

/** The period of the answer that a piece belongs to, and the year that it is of. */
export function pieceOf(out: string): { readonly out: string; readonly year: string } {
  const [period = '', year = ''] = out.split('@');
  return { out: period, year };
}
