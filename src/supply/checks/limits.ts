import { decimalText, type Parsed } from '../columns/parsedColumn.ts';
import { notRun, type ParsedRows, type Refusal, type RowCheck, refusalResult } from './check.ts';

/** Numbers within the limits of their column. */
export const limits: RowCheck = (rows) => {
  const limited = rows.columns.filter(
    (column): column is Parsed<'number'> =>
      column.kind === 'number' && (column.column.min !== null || column.column.max !== null),
  );
  if (limited.length === 0) return { result: notRun('limits', 'The contract sets no limits.'), refusals: [] };
  const refusals = limited.flatMap((column) => outside(rows, column));
  return { result: refusalResult('limits', refusals, 'Every number is within its limits.'), refusals };
};

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
    return [{ row: lines[row] ?? 0, column: from, code: 'out-of-range', reason: `The number is ${broken}.` }];
  });
}
