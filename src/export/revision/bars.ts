import { roundedParts } from '../../ledger/roundedParts.ts';
import { differenceOf } from '../../ledger/summary.ts';
import type { Entry } from '../../ledger/types.ts';
import { compare, type Rational, rounded, zero } from '../../model/rational.ts';
import { type Html, html } from '../docs/html.ts';
import { signed } from './figures.ts';

const width = 320;
const height = 16;

/** How many colours causes take turns with; the style sheet has as many. */
export const colours = 8;

/**
 * One movement and its parts as bars from a common zero, what fell to the left of it. The lengths are for the
 * eye; the numbers beside them add up.
 */
export function splitBars(entry: Entry, decimals: number, nameOf: (cause: number) => Html, all: Html): Html {
  const total = differenceOf(entry);
  if (total === null) return html``;
  const lines = [
    ...roundedParts(entry, decimals).map(({ cause, value }) => ({
      name: nameOf(cause),
      value,
      colour: `c${cause % colours}`,
    })),
    { name: all, value: rounded(total, decimals), colour: 'all' },
  ];
  const sizes = lines.map(({ value }) => sizeOf(value));
  const [least, most] = [Math.min(0, ...sizes), Math.max(0, ...sizes)];
  const scale = width / (most - least || 1);
  const origin = -least * scale;
  const rows = lines.map(({ name, value, colour }, at) => {
    const length = Math.abs(sizes[at] ?? 0) * scale;
    const left = compare(value, zero) < 0 ? origin - length : origin;
    return html`<tr class="${colour === 'all' ? 'sum' : 'part'}"><th scope="row">${name}</th><td><svg class="bar-of" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-hidden="true"><rect class="${colour}" x="${pixels(left)}" y="2" width="${pixels(Math.max(length, 1))}" height="${height - 4}"/><line x1="${pixels(origin)}" x2="${pixels(origin)}" y1="0" y2="${height}"/></svg></td><td class="n">${signed(value, decimals)}</td></tr>
`;
  });
  return html`<table class="split"><tbody>${rows}</tbody></table>`;
}

const pixels = (length: number): string => length.toFixed(1);

/** Only to draw with. */
const sizeOf = ({ numerator, denominator }: Rational): number =>
  Number((numerator * 1_000_000n) / denominator) / 1_000_000;
