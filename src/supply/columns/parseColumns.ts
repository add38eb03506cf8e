import { assertNever, invariant } from '../../diagnostics/invariant.ts';
import type { Source, SourceColumn } from '../../model/types.ts';
import type { CodeLists } from '../codeLookup.ts';
import type { TextTable } from '../textTable.ts';
import { parseCodes } from './codes.ts';
import { parseDates } from './dates.ts';
import { emptyValues } from './emptyValues.ts';
import { parseKeys } from './keys.ts';
import { parseNumbers } from './numbers.ts';
import type { ParsedColumn } from './parsedColumn.ts';
import { parsePeriods } from './periods.ts';
import { parseTexts } from './texts.ts';

/** The columns of a contract, in its order, for some rows of a table. */
export function parseColumns(
  source: Source,
  table: TextTable,
  rows: readonly number[],
  lists: CodeLists,
): readonly ParsedColumn[] {
  const cellsOf = (name: string): readonly string[] => {
    const at = table.header.indexOf(name);
    invariant(at >= 0, `the file has the column "${name}"`);
    return rows.map((row) => table.rows[row]?.[at] ?? '');
  };
  return emptyValues(
    source.columns.map((column) => parseColumn(source, column, cellsOf, rows.length, lists)),
  );
}

/** One column of a contract, from the cells of the file's column that it names. */
export function parseColumn(
  source: Source,
  column: SourceColumn,
  cellsOf: (name: string) => readonly string[],
  rows: number,
  lists: CodeLists,
): ParsedColumn {
  switch (column.kind) {
    case 'code':
      return parseCodes(column, cellsOf(column.from), lists);
    case 'period': {
      const cells =
        column.from === null ? Array<string>(rows).fill(column.constant ?? '') : cellsOf(column.from);
      return parsePeriods(column, cells, source.frequency);
    }
    case 'text':
      return parseTexts(column, cellsOf(column.from));
    case 'number':
      return parseNumbers(column, cellsOf(column.from), source.file.decimal);
    case 'date':
    case 'time':
      return parseDates(column, cellsOf(column.from));
    case 'key':
      return parseKeys(column, cellsOf(column.from));
    default:
      return assertNever(column);
  }
}
