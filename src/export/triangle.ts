import type { Table, TableColumn } from '../catalog/types.ts';
import { type Rational, toFixed } from '../model/rational.ts';
import { movesOf, type Triangle, type TriangleRow } from '../serve/triangle.ts';
import { exactly, printExactJson } from './exactJson.ts';

/**
 * Triangles as flat columns, a row for each figure and edition: what it was, and how far it lies from the last
 * figure before it. Editions that have no such row have no line.
 */
export function triangleTable(triangles: readonly Triangle[], decimals: number): Table {
  const lines = triangles.flatMap(linesOf);
  const levels = [...new Set(triangles.flatMap((each) => each.levels.map(({ name }) => name)))];
  const text = (name: string, of: (line: Line) => string | null): TableColumn => ({
    name,
    type: 'text',
    values: lines.map(of),
  });
  const decimal = (name: string, of: (line: Line) => Rational | null): TableColumn => ({
    name,
    type: 'decimal',
    decimals,
    values: lines.map((line) => scaledTo(of(line), decimals)),
  });
  return {
    rows: lines.length,
    columns: [
      text('kpi', ({ triangle }) => triangle.column.name),
      ...levels.map((level) => text(level, ({ members }) => members[level] ?? null)),
      text('edition', ({ edition }) => edition.id),
      { name: 'number', type: 'integer', values: lines.map(({ edition }) => edition.number) },
      text('published_at', ({ edition }) => edition.publishedAt),
      decimal('value', ({ cell }) => cell.value),
      text('status', ({ cell }) => cell.status),
      text('flags', ({ cell }) => cell.flags.join(' ')),
      decimal('moved', ({ moved }) => moved),
    ],
  };
}

const scaledTo = (value: Rational | null, decimals: number): bigint | null =>
  value === null ? null : BigInt(toFixed(value, decimals).replace('.', ''));

interface Line {
  readonly triangle: Triangle;
  readonly members: Readonly<Record<string, string>>;
  readonly edition: Triangle['editions'][number];
  readonly cell: NonNullable<TriangleRow['cells'][number]>;
  readonly moved: Rational | null;
}

function linesOf(triangle: Triangle): readonly Line[] {
  return triangle.rows.flatMap((row) => {
    const members = membersOf(triangle, row);
    const moves = movesOf(row);
    return triangle.editions.flatMap((edition, at) => {
      const cell = row.cells[at];
      return cell ? [{ triangle, members, edition, cell, moved: moves[at] ?? null }] : [];
    });
  });
}

const membersOf = ({ levels }: Triangle, { members }: TriangleRow): Readonly<Record<string, string>> =>
  Object.fromEntries(levels.map(({ name }, at) => [name, members[at] ?? '']));

/** The same as JSON: a list of triangles, of each its editions and its rows with a cell for each of them. */
export function printTriangleJson(triangles: readonly Triangle[], decimals: number): string {
  return printExactJson(
    triangles.map((triangle) => ({
      cube: triangle.cube,
      column: triangle.column,
      hierarchy: triangle.hierarchy,
      levels: triangle.levels,
      editions: triangle.editions.map(({ id, number, publishedAt, synthetic, reason }) => ({
        id,
        number,
        published_at: publishedAt,
        synthetic,
        reason,
      })),
      rows: triangle.rows.map((row) => {
        const moves = movesOf(row);
        return {
          members: membersOf(triangle, row),
          cells: row.cells.map(
            (cell, at) =>
              cell && {
                value: cell.value && exactly(cell.value, decimals),
                status: cell.status,
                flags: cell.flags,
                moved: moves[at] ? exactly(moves[at], decimals) : null,
              },
          ),
        };
      }),
    })),
  );
}
