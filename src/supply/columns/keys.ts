import type { SourceColumn } from '../../model/types.ts';
import { holdsPersonNumber, personNumber, shown } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import { emptyValue } from './dates.ts';
import type { CellProblem, Parsed } from './parsedColumn.ts';

export type KeyColumn = Extract<SourceColumn, { kind: 'key' }>;

/** Reads a column of identifiers. A whole number is written in the one way that a number has. */
export function parseKeys(column: KeyColumn, cells: readonly string[]): Parsed<'key'> {
  const problems: CellProblem[] = [];
  const values = cells.map((cell, row) => {
    const read = readKey(column, cell);
    if (read === null || typeof read === 'string') return read;
    problems.push({ ...read, row });
    return null;
  });
  return { kind: 'key', column, values, problems };
}

/** Null for an empty cell that may be. */
export function readKey(column: KeyColumn, cell: string): string | Problem | null {
  const written = cell.trim();
  if (written === '') return column.emptyIsNone ? null : emptyValue(column);
  if (holdsPersonNumber(written)) return personNumber;
  if (column.of === 'text') return written;
  if (!/^-?[0-9]+$/.test(written)) return notWhole(column, written);
  const value = BigInt(written);
  return value === BigInt.asIntN(64, value) ? String(value) : tooLong;
}

const tooLong: Problem = { code: 'number-too-large', reason: 'The number does not fit into 64 bits.' };

const notWhole = ({ name, personal }: KeyColumn, written: string): Problem => ({
  code: 'bad-key',
  reason: `${personal ? hidden : `"${shown(written)}"`} is no whole number, as "${name}" is.`,
  hint: 'write "of: text" in the contract if its values may hold more than digits',
});

/** What stands for a value that names a person, wherever one would be said. */
export const hidden = '(personal)';
