/** The whole number that a fraction times a power of ten is nearest to, half away from zero. */
export function roundedTo(numerator: number, denominator: number, factor: number): number {
  const value = (numerator / denominator) * factor;
  const size = Math.abs(value);
  const whole = Math.floor(size);
  const rest = size - whole;
  // A double is off by less than this, so that only what lies next to a half has to be looked at closely.
  const doubt = (size + 1) * 2 ** -50;
  if (size >= 2 ** 49) return Number.NaN;
  if (Math.abs(rest - 0.5) <= doubt) return Number.NaN;
  if (rest <= doubt || 1 - rest <= doubt) return value < 0 ? -Math.round(size) || 0 : Math.round(size);
  const nearest = rest < 0.5 ? whole : whole + 1;
  return value < 0 ? -nearest || 0 : nearest;
}

/** The same in integers of any size. */
export function roundedExactly(numerator: bigint, denominator: bigint, factor: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const nearest = (2n * magnitude * factor + denominator) / (2n * denominator);
  return numerator < 0n ? -nearest : nearest;
}
