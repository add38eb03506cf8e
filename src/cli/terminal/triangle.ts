import { visible } from '../../diagnostics/columns.ts';
import { printNumber, printSigned } from '../../model/printNumber.ts';
import { compare, divide, isZero, multiply, type Rational, rational } from '../../model/rational.ts';
import { unknownMember } from '../../model/types.ts';
import { isRevised, movesOf, revisionOf } from '../../serve/triangle.ts';
import type { Triangle, TriangleEdition, TriangleRow } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { legendOf, markOf, marksOf } from './marks.ts';
import { type PrintedColumn, printTable } from './table.ts';
import { words } from './words.ts';
import { paragraph, wrap } from './wrap.ts';

export interface TriangleOptions {
  readonly locale: Locale;
  readonly width: number;
  /** The filter as it was asked, since figures are of what it left. */
  readonly where: string | null;
  /** Only rows of which two editions say different things. */
  readonly moved: boolean;
}

/** How figures moved from edition to edition: a row for each, a column for each edition, oldest first. */
export function printTriangles(triangles: readonly Triangle[], options: TriangleOptions): string {
  return triangles.map((triangle) => printTriangle(triangle, options)).join('\n');
}

function printTriangle(triangle: Triangle, options: TriangleOptions): string {
  const { locale, width } = options;
  const said = words[locale];
  const rows = options.moved ? triangle.rows.filter(isRevised) : triangle.rows;
  const silent = triangle.editions.filter(({ reason }) => reason !== null);
  const cells = rows.flatMap((row) => row.cells.flatMap((cell) => cell ?? []));
  const below = [
    ...legendOf(cells, locale, width, moveLegend(rows, locale)),
    ...(rows.length === 0 ? [] : paragraph(summaryOf(triangle, rows, options), width)),
    ...silent.flatMap(({ id, reason }) => paragraph(`${id}: ${reason}`, width)),
  ];
  return [
    ...(triangle.editions.some(({ synthetic }) => synthetic) ? [`*** ${said.synthetic} ***`] : []),
    ...wrap(titleParts(triangle, options), ' · ', width),
    '',
    rows.length === 0 ? said.notRevised : tableOf(triangle, rows, options).trimEnd(),
    ...(below.length === 0 ? [] : ['', ...below]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function titleParts(
  { cubeLabel, column, hierarchy, editions }: Triangle,
  options: TriangleOptions,
): string[] {
  const said = words[options.locale];
  const { mode, date } = hierarchy;
  return [
    cubeLabel[options.locale],
    `${column.label[options.locale]} (${column.unit})`,
    ...(options.where === null ? [] : [visible(options.where)]),
    said.editions(editions.length),
    mode === 'date' ? said.hierarchyAt(date ?? '') : said.hierarchy[mode],
  ];
}

function tableOf(triangle: Triangle, rows: readonly TriangleRow[], options: TriangleOptions): string {
  const { locale, width } = options;
  const { decimals } = triangle.column;
  const moves = rows.map(movesOf);
  const keys = triangle.levels.map(
    (level, at): PrintedColumn => ({
      header: [level.label[locale]],
      align: 'left',
      cells: rows.map(({ members }) => memberText(level.members, members[at] ?? '', locale)),
    }),
  );
  const editions = triangle.editions.map((edition, at) => [
    figures(edition, rows, at, moves, decimals, locale),
  ]);
  const revisions = rows.map(revisionOf);
  const revision: readonly PrintedColumn[] = [
    {
      header: [words[locale].revision],
      align: 'right',
      cells: revisions.map((each) => (each ? printSigned(each.difference, decimals, locale) : '')),
    },
    {
      header: [words[locale].inPercent],
      align: 'right',
      cells: revisions.map((each) =>
        each && !isZero(each.first) ? printSigned(percent(each.difference, each.first), 2, locale) : '',
      ),
    },
  ];
  const shown = triangle.editions.length > 1 ? [...editions, revision] : editions;
  return printTable({ keys, groups: shown, footer: 0 }, width);
}

const percent = (part: Rational, whole: Rational): Rational => {
  const share = multiply(divide(part, whole), rational(100n));
  // Of a figure below zero more of it is still more.
  return compare(whole, rational(0n)) < 0 ? multiply(share, rational(-1n)) : share;
};

/** An edition's figures, and behind them whether they lie above or below what was said before. */
function figures(
  { id, publishedAt }: TriangleEdition,
  rows: readonly TriangleRow[],
  at: number,
  moves: readonly (readonly (Rational | null)[])[],
  decimals: number,
  locale: Locale,
): PrintedColumn {
  const marks = rows.map(({ cells }, row) => {
    const cell = cells[at];
    return `${cell ? marksOf(cell) : ''}${directionOf(moves[row]?.[at] ?? null)}`;
  });
  const room = Math.max(...marks.map((mark) => mark.length));
  return {
    // The short hash at the end of an id tells nothing that the number before it does not.
    header: [id.split('-').slice(0, 2).join('-'), publishedAt.slice(0, 10)],
    align: 'right',
    cells: rows.map(({ cells }, row) => {
      const cell = cells[at] ?? null;
      const figure = cell?.value ? printNumber(cell.value, decimals, locale) : markOf(cell);
      return room === 0 ? figure : `${figure} ${(marks[row] ?? '').padEnd(room)}`;
    }),
  };
}

function directionOf(move: Rational | null): string {
  if (move === null || isZero(move)) return '';
  return compare(move, rational(0n)) > 0 ? '▲' : '▼';
}

function moveLegend(rows: readonly TriangleRow[], locale: Locale): readonly string[] {
  const used = new Set(rows.flatMap((row) => movesOf(row).map(directionOf)));
  return (['▲', '▼'] as const)
    .filter((mark) => used.has(mark))
    .map((mark) => `${mark} = ${words[locale].moved[mark]}`);
}

/** How many figures were revised, and the one that moved most of them, by how far it moved. */
function summaryOf(
  { levels, column }: Triangle,
  rows: readonly TriangleRow[],
  { locale }: TriangleOptions,
): string {
  const said = words[locale];
  const revised = rows.filter(isRevised).length;
  const count = said.revised(revised, rows.length);
  const most = rows
    .flatMap((row) => {
      const revision = revisionOf(row);
      return revision && !isZero(revision.difference) ? [{ row, revision }] : [];
    })
    .reduce<{ row: TriangleRow; difference: Rational; first: Rational; last: Rational } | null>(
      (largest, { row, revision }) =>
        largest === null || compare(absolute(revision.difference), absolute(largest.difference)) > 0
          ? { row, ...revision }
          : largest,
      null,
    );
  if (most === null) return `${count}.`;
  const place = most.row.members
    .map((code, at) => memberText(levels[at]?.members ?? {}, code, locale))
    .join(' ');
  const number = (value: Rational) => printNumber(value, column.decimals, locale);
  return `${count}; ${said.most}: ${place}, ${number(most.first)} → ${number(most.last)}.`;
}

const absolute = (value: Rational): Rational =>
  compare(value, rational(0n)) < 0 ? multiply(value, rational(-1n)) : value;

function memberText(members: Triangle['levels'][number]['members'], code: string, locale: Locale): string {
  const label = members[code]?.[locale] ?? code;
  const isPeriod = /^\d{4}([A-ZÅ/-].*)?$/.test(code);
  return isPeriod || code === unknownMember || code === label ? label : `${code} ${label}`;
}
