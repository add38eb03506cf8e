import { printTable } from './table.ts';

export interface TextColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
}

/** A plain table of texts, one array per row. */
export function printTexts(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const group = columns.map(({ header, align = 'left' }, at) => ({
    header: [header],
    align,
    cells: rows.map((row) => row[at] ?? ''),
  }));
  return printTable({ keys: [], groups: [group], footer: 0 }, width);
}
