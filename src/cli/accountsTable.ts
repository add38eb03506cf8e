import type { Table } from '../catalog/types.ts';
import type { AccountsReport } from './wanted.ts';

/** Every account, one a row, and after them the codes that are never used. */
export function accountsTable({ dimensions, amounts, lines }: AccountsReport): Table {
  const text = (name: string, values: readonly (string | null)[]) =>
    ({ name, type: 'text', values }) as const;
  return {
    rows: lines.length,
    columns: [
      text(
        'source',
        lines.map(({ source }) => source),
      ),
      text(
        'year',
        lines.map(({ year }) => year),
      ),
      text(
        'part',
        lines.map(({ part }) => part),
      ),
      ...dimensions.map((dimension, at) =>
        text(
          dimension,
          lines.map(({ codes }) => codes[at] ?? null),
        ),
      ),
      { name: 'rows', type: 'integer', values: lines.map(({ rows }) => rows) },
      ...amounts.map(
        ({ name, decimals }, at) =>
          ({
            name,
            type: 'decimal',
            decimals,
            values: lines.map((line) => line.amounts[at] ?? null),
          }) as const,
      ),
    ],
  };
}
