import type { Label } from '../../definitions/schema.ts';
import { escaped, type Html, raw } from './html.ts';

/** A thing that figures come from or go to, in the column of its kind. */
export interface LineageNode {
  readonly id: string;
  readonly column: number;
  readonly title: Label;
  readonly below: Label;
  readonly link: string | null;
}

export interface Lineage {
  /** Headings of the columns, left to right. */
  readonly columns: readonly Label[];
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

const width = 200;
const height = 46;
const gapX = 56;
const gapY = 14;
const head = 26;
const letters = 22;

/** Boxes in columns and lines between them, as SVG that stands in the page. */
export function lineageSvg({ columns, nodes, edges }: Lineage): Html {
  const used = columns.map((_, column) => nodes.filter((node) => node.column === column));
  const tallest = Math.max(1, ...used.map((list) => list.length));
  const total = { x: columns.length * (width + gapX) - gapX, y: head + tallest * (height + gapY) };
  const places = new Map(
    used.flatMap((list) => {
      const top = head + ((tallest - list.length) * (height + gapY)) / 2;
      return list.map(
        (node, row) =>
          [node.id, { x: node.column * (width + gapX), y: top + row * (height + gapY) }] as const,
      );
    }),
  );
  const heads = columns.map(
    (name, column) =>
      `<text class="head" x="${column * (width + gapX)}" y="14">${inBoth(name, letters)}</text>`,
  );
  const lines = edges.flatMap(([from, to]) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) return [];
    const [x1, y1, x2, y2] = [a.x + width, a.y + height / 2, b.x, b.y + height / 2];
    const bend = (x1 + x2) / 2;
    return [`<path d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}"/>`];
  });
  const boxes = nodes.map((node) => boxOf(node, places.get(node.id) ?? { x: 0, y: 0 }));
  return raw(
    `<svg class="lineage" viewBox="-1 -1 ${total.x + 2} ${total.y + 2}" width="${total.x}" height="${total.y}" role="img" aria-label="lineage">${[...heads, ...lines, ...boxes].join('')}</svg>`,
  );
}

function boxOf(
  { title, below, link }: LineageNode,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  const box = [
    `<title>${escaped([...new Set([`${title.da} — ${below.da}`, `${title.en} — ${below.en}`])].join(' / '))}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`,
    `<text x="${x + 12}" y="${y + 19}">${inBoth(title, letters)}</text>`,
    `<text class="below" x="${x + 12}" y="${y + 36}">${inBoth(below, letters + 6)}</text>`,
  ].join('');
  return link === null ? `<g>${box}</g>` : `<a href="${escaped(link)}">${box}</a>`;
}

/** A text in both languages, of which the page shows one. */
const inBoth = ({ da, en }: Label, most: number): string =>
  da === en
    ? escaped(cut(da, most))
    : `<tspan lang="da">${escaped(cut(da, most))}</tspan><tspan lang="en">${escaped(cut(en, most))}</tspan>`;

const cut = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
