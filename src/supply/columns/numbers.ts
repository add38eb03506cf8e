import type { SourceColumn } from '../../model/types.ts';
import { holdsPersonNumber, personNumber } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import { type NumberFormat, readNumber } from '../writtenNumbers.ts';
import type { CellProblem, Parsed } from './parsedColumn.ts';

type NumberColumn = Extract<SourceColumn, { kind: 'number' }>;

/** Reads a column of numbers. Empty cells stay null without a status, for `emptyValues.ts` to say what they mean. */
export function parseNumbers(
  column: NumberColumn,
  cells: readonly string[],
  decimal: NumberFormat['decimal'],
): Parsed<'number'> {
  const format = { decimal, decimals: column.decimals };
  const problems: CellProblem[] = [];
  const values = cells.map((cell, row) => {
    if (cell.trim() === '') return null;
    const read = readNumber(cell, format);
    if (typeof read === 'bigint' && isKept(read, column)) return read;
    problems.push({ ...problemOf(cell, read), row });
    return null;
  });
  return { kind: 'number', column, values, statuses: values.map(() => null), problems };
}

/** Whole numbers are kept as numbers of JavaScript on their way to the engine. */
const isKept = (value: bigint, { decimals }: NumberColumn): boolean =>
  decimals > 0 || (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER);

/** Ten digits alone may be an amount; with a dash they are not. */
function problemOf(cell: string, read: bigint | Problem): Problem {
  if (typeof read === 'bigint')
    return { code: 'number-too-large', reason: 'The number has more than 15 digits.' };
  return read.code === 'bad-number' && holdsPersonNumber(cell) ? personNumber : read;
}
