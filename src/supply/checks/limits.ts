import type { Source } from '../../model/types.ts';
import { decimalText, type Parsed } from '../columns/parsedColumn.ts';
import type { Problem } from '../problem.ts';
import { notRun, type ParsedRows, type Refusal, type RowCheck, refusalResult } from './check.ts';

/** Numbers within the limits of their column. */
export const limits: RowCheck = (rows) => {
  const limited = rows.columns.filter(
    (column): column is Parsed<'number'> =>
      column.kind === 'number' && (column.column.min !== null || column.column.max !== null),
  );
  if (limited.length === 0) return { result: notRun('limits', noLimits), refusals: [] };
  const refusals = limited.flatMap((column) => outside(rows, column));
  return { result: refusalResult('limits', refusals, withinLimits), refusals };
};

/** True where a number of the contract has any. */
export const hasLimits = ({ columns }: Source): boolean =>
  columns.some((column) => column.kind === 'number' && (column.min !== null || column.max !== null));

export const noLimits = 'The contract sets no limits.';
export const withinLimits = 'Every number is within its limits.';

/** What is wrong with a number outside its limits. */
export const outOfRange = (broken: string): Problem => ({
  code: 'out-of-range',
  reason: `The number is ${broken}.`,
});

function outside({ lines }: ParsedRows, { column, values }: Parsed<'number'>): readonly Refusal[] {
  const { min, max, decimals, from } = column;
  return values.flatMap((value, row) => {
    if (value === null) return [];
    const number = Number(decimalText(value, decimals));
    const broken =
      min !== null && number < min
        ? `less than ${min}`
        : max !== null && number > max
          ? `more than ${max}`
          : null;
    if (broken === null) return [];
    return [{ row: lines[row] ?? 0, column: from, ...outOfRange(broken) }];
  });
}
