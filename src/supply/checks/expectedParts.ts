import { comparePeriods } from '../../model/periods.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import { type KeptCheck, listed, notRun, type ParsedRows } from './check.ts';
import { columnsWithExpectation, expectedMembers, keptByPeriod } from './expectedMembers.ts';

/**
 * How many of the expected parts each period holds; a part is a member of every column that expects any, a
 * kommune and a funktion. It is counted and told here; cubes carry it on as coverage.
 */
export const expectedParts: KeptCheck = (rows, kept) => {
  const check = 'expected-parts';
  const columns = columnsWithExpectation(rows);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const periods = [...keptByPeriod(rows, kept)].sort(([a], [b]) => comparePeriods(b, a));
  const incomplete = periods.flatMap(([period, ofPeriod]) => {
    const { present, expected } = countParts(rows, columns, period, ofPeriod);
    return present === expected ? [] : [`${period} has ${present} of ${expected}`];
  });
  const what = columns.map(({ column }) => `"${column.name}"`).join(' x ');
  const text =
    incomplete.length === 0
      ? `Every period has all parts by ${what}.`
      : `Parts by ${what} are missing in ${incomplete.length} of ${periods.length} periods: ${listed(incomplete)}.`;
  return { result: { check, outcome: incomplete.length === 0 ? 'passed' : 'warned', text }, warnings: [] };
};

function countParts(
  { lists }: ParsedRows,
  columns: readonly Parsed<'code'>[],
  period: string,
  rows: readonly number[],
): { readonly present: number; readonly expected: number } {
  const wanted = columns.map((parsed) => ({
    codes: parsed.codes,
    members: expectedMembers(parsed, lists, period),
  }));
  const present = new Set<string>();
  for (const row of rows) {
    const part = wanted.map(({ codes }) => codes[row] ?? '');
    if (part.every((code, at) => wanted[at]?.members.has(code))) present.add(part.join(' '));
  }
  return {
    present: present.size,
    expected: wanted.reduce((product, { members }) => product * members.size, 1),
  };
}
