import type { SourceColumn } from '../../model/types.ts';
import { holdsPersonNumber, personNumber } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import { notADate, readDate, readTime } from '../writtenDates.ts';
import type { CellProblem, Parsed } from './parsedColumn.ts';

type DateColumn = Extract<SourceColumn, { kind: 'date' | 'time' }>;

/** Reads a column of dates, or of times, each in the one way that we write it. */
export function parseDates(column: DateColumn, cells: readonly string[]): Parsed<'date' | 'time'> {
  const problems: CellProblem[] = [];
  const values = cells.map((cell, row) => {
    const read = readDated(column, cell);
    if (read === null || typeof read === 'string') return read;
    problems.push({ ...read, row });
    return null;
  });
  return column.kind === 'date'
    ? { kind: 'date', column, values, problems }
    : { kind: 'time', column, values, problems };
}

/** Null for an empty cell that may be. */
export function readDated(column: DateColumn, cell: string): string | Problem | null {
  if (cell.trim() === '') return column.emptyIsNone ? null : emptyValue(column);
  const read = column.kind === 'date' ? (readDate(cell) ?? notADate) : readTime(cell);
  return typeof read !== 'string' && holdsPersonNumber(cell) ? personNumber : read;
}

/** What is empty though the contract does not say that it may be. */
export const emptyValue = ({ name }: { readonly name: string }): Problem => ({
  code: 'empty-value',
  reason: `The value is empty, and the contract does not say that "${name}" may be.`,
  hint: 'write "empty: none" in the contract if there need not be one',
});
