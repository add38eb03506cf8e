import type { Table, TableColumn } from '../catalog/types.ts';
import { scaled, toPlain } from '../model/rational.ts';

/** A table as CSV for programs: comma, `.` decimal, trailing zeros dropped, LF, quotes as in RFC 4180. */
export function printCsv(table: Table): string {
  const texts = table.columns.map(columnTexts);
  const lines = [table.columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < table.rows; row += 1) {
    lines.push(texts.map((column) => quoted(column[row] ?? '')).join(','));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function columnTexts(column: TableColumn): readonly string[] {
  switch (column.type) {
    case 'text':
    case 'date':
    case 'time':
      return column.values.map((value) => value ?? '');
    case 'integer':
      return column.values.map((value) => (value === null ? '' : String(value)));
    case 'decimal':
      return column.values.map((value) =>
        value === null ? '' : toPlain(scaled(value, column.decimals), column.decimals),
      );
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
