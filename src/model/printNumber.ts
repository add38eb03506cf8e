import { type Rational, toFixed, toPlain } from './rational.ts';

/** The languages that figures and texts are shown in. Files are in neither. */
export type Language = 'da' | 'en';

const separators = { da: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const;

/** A figure as a person of that language reads it: `1.234,5` or `1,234.5`; four digits are grouped too. */
export function printNumber(value: Rational, decimals: number, language: Language): string {
  const { group, decimal } = separators[language];
  const [whole = '', fraction] = toFixed(value, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** A difference, with a sign before it that is no hyphen; none before a zero. */
export function printSigned(value: Rational, decimals: number, language: Language): string {
  const text = printNumber(value, decimals, language);
  if (text.startsWith('-')) return `−${text.slice(1)}`;
  return /[1-9]/.test(text) ? `+${text}` : text;
}

/** A figure with the decimals that it has, six at most: for what no definition rounds. */
export function printExact(value: Rational, language: Language): string {
  const [, fraction = ''] = toPlain(value, 6).split('.');
  return printNumber(value, fraction.length, language);
}
