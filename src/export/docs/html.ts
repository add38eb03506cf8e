import type { Label } from '../../definitions/schema.ts';

/** A piece of a page that is markup already. Everything else that is put into one is text, and escaped. */
export interface Html {
  readonly kind: 'html';
  readonly text: string;
}

type Piece = Html | string | number | null | readonly (Html | string)[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

export const raw = (text: string): Html => ({ kind: 'html', text });

/** Markup with pieces set in; texts among them are escaped, lists are set side by side, null is nothing. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return raw(parts.map((part, at) => (at === 0 ? part : written(pieces[at - 1] ?? null) + part)).join(''));
}

function written(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  if ('kind' in piece) return piece.text;
  return piece.map(written).join('');
}

/** The same in both languages, of which the page shows one. */
export const both = (da: Piece, en: Piece): Html =>
  html`<span lang="da">${da}</span><span lang="en">${en}</span>`;

export const label = ({ da, en }: Label): Html => (da === en ? html`${da}` : both(da, en));
