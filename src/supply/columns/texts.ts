import { didYouMean } from '../../diagnostics/nearName.ts';
import type { SourceColumn } from '../../model/types.ts';
import { holdsPersonNumber, personNumber, shown } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import type { Parsed } from './parsedColumn.ts';

type TextColumn = Extract<SourceColumn, { kind: 'text' }>;

/** Reads a column of texts; spaces at the ends are taken off, and an empty text is none. */
export function parseTexts(column: TextColumn, cells: readonly string[]): Parsed<'text'> {
  const allowed = column.values === null ? null : new Set(column.values);
  const values = cells.map((cell) => cell.trim() || null);
  const problems = values.flatMap((value, row) => {
    const problem = problemOf(value, column, allowed);
    return problem === null ? [] : [{ ...problem, row }];
  });
  return { kind: 'text', column, values, problems };
}

function problemOf(
  value: string | null,
  column: TextColumn,
  allowed: ReadonlySet<string> | null,
): Problem | null {
  if (allowed?.has(value ?? '')) return null;
  if (value !== null && holdsPersonNumber(value)) return personNumber;
  if (allowed === null) return null;
  if (value === null)
    return {
      code: 'empty-value',
      reason: `The text is empty, and is not among the values of "${column.name}".`,
    };
  const hint = didYouMean(value, allowed) ?? `it may be ${[...allowed].map((one) => `"${one}"`).join(', ')}`;
  return {
    code: 'value-not-allowed',
    reason: `"${shown(value)}" is not among the values of "${column.name}".`,
    hint,
  };
}
