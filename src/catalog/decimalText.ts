/** -12345n of 2 decimals is "-123.45". */
export function decimalText(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}

/** The other way: units of the last decimal. */
export const unitsOf = (text: string): bigint => BigInt(text.replace('.', ''));
