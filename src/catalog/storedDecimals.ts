/**
 * Digits of a stored decimal. The width follows from the decimals alone, so that every file of a
 * source has the same type: 18 digits are 10^14 in base units with four decimals, more than any
 * amount in Danish kroner; finer figures get the full width.
 */
export function decimalWidth(decimals: number): number {
  return decimals <= 4 ? 18 : 38;
}
