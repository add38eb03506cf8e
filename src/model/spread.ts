import { add, compare, multiply, type Rational, rational, subtract } from './rational.ts';

/** How the figures of many members lie among each other; exact, and of two at least. */
export interface Spread<Member> {
  readonly least: Rational;
  readonly quarter: Rational;
  readonly median: Rational;
  readonly threeQuarters: Rational;
  readonly greatest: Rational;
  /** Of equal width from the least to the greatest; one where all are equal. */
  readonly bins: readonly { readonly from: Rational; readonly to: Rational; readonly count: number }[];
  /** Further from the middle half than one and a half times its width, furthest last. */
  readonly outliers: readonly Member[];
}

export function spreadOf<Member extends { readonly value: Rational }>(
  members: readonly Member[],
  bins: number,
): Spread<Member> | null {
  const sorted = [...members].sort((one, other) => compare(one.value, other.value));
  const [first, last] = [sorted[0]?.value, sorted.at(-1)?.value];
  if (sorted.length < 2 || !first || !last) return null;
  const values = sorted.map(({ value }) => value);
  const [quarter, median, threeQuarters] = [1n, 2n, 3n].map((part) => at(values, part, 4n));
  if (!quarter || !median || !threeQuarters) return null;
  const reach = multiply(subtract(threeQuarters, quarter), rational(3n, 2n));
  const [low, high] = [subtract(quarter, reach), add(threeQuarters, reach)];
  const isOut = ({ value }: Member) => compare(value, low) < 0 || compare(value, high) > 0;
  const distance = ({ value }: Member) =>
    compare(value, median) < 0 ? subtract(median, value) : subtract(value, median);
  return {
    least: first,
    quarter,
    median,
    threeQuarters,
    greatest: last,
    bins: binsOf(values, first, last, bins),
    outliers: sorted.filter(isOut).sort((one, other) => compare(distance(one), distance(other))),
  };
}

/** The value at a share of the way from the least to the greatest, between two in proportion. */
function at(sorted: readonly Rational[], part: bigint, of: bigint): Rational | undefined {
  const way = BigInt(sorted.length - 1) * part;
  const [below, above] = [sorted[Number(way / of)], sorted[Number((way + of - 1n) / of)]];
  if (!below || !above) return undefined;
  return add(below, multiply(subtract(above, below), rational(way % of, of)));
}

function binsOf(values: readonly Rational[], first: Rational, last: Rational, wanted: number) {
  const range = subtract(last, first);
  if (range.numerator === 0n) return [{ from: first, to: last, count: values.length }];
  const counts = Array.from({ length: wanted }, () => 0);
  for (const value of values) {
    const passed = multiply(subtract(value, first), rational(BigInt(wanted)));
    // Whole widths passed; the greatest belongs to the last bin.
    const whole = (passed.numerator * range.denominator) / (passed.denominator * range.numerator);
    const bin = Math.min(wanted - 1, Number(whole));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edge = (bin: number) => add(first, multiply(range, rational(BigInt(bin), BigInt(wanted))));
  return counts.map((count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }));
}
