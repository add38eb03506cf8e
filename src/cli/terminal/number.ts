import { type Rational, toFixed, toPlain } from '../../model/rational.ts';
import type { Locale } from './locale.ts';

const separators = { da: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const;

/** A figure as a person of that language reads it: `1.234,5` or `1,234.5`; four digits are grouped too. */
export function printNumber(value: Rational, decimals: number, locale: Locale): string {
  const { group, decimal } = separators[locale];
  const [whole = '', fraction] = toFixed(value, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** A figure with the decimals that it has, six at most: for what no definition rounds. */
export function printExact(value: Rational, locale: Locale): string {
  const [, fraction = ''] = toPlain(value, 6).split('.');
  return printNumber(value, fraction.length, locale);
}
