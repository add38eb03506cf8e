import { differenceOf } from '../../ledger/summary.ts';
import type { Entry, LedgerFigure } from '../../ledger/types.ts';
import { printNumber, printSigned } from '../../model/printNumber.ts';
import { isZero, type Rational } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import { type Html, html, label } from '../docs/html.ts';

/** A figure in both ways of writing numbers, or why there is none. */
export function figure(side: LedgerFigure | null, decimals: number): Html {
  if (side === null) return html``;
  return side.value === null ? html`<em>${label(statuses[side.status])}</em>` : number(side.value, decimals);
}

export const number = (value: Rational, decimals: number): Html =>
  label({ da: printNumber(value, decimals, 'da'), en: printNumber(value, decimals, 'en') });

export const signed = (value: Rational, decimals: number): Html =>
  label({ da: printSigned(value, decimals, 'da'), en: printSigned(value, decimals, 'en') });

export function difference(entry: Entry, decimals: number): Html {
  const value = differenceOf(entry);
  return value === null || isZero(value) ? html`` : signed(value, decimals);
}

/** A count; nothing for none, since most are none. */
export const count = (value: number): Html =>
  value === 0 ? html`` : number({ numerator: BigInt(value), denominator: 1n }, 0);
