import { comparePeriods } from '../../model/periods.ts';
import type { CodeLists } from '../codeLookup.ts';
import { type CodeColumnOf, type KeptCheck, listed, notRun } from './check.ts';
import { columnsWithExpectation, expectedMembers } from './expectedMembers.ts';

/**
 * How many of the expected parts each period holds; a part is a member of every column that expects any, a
 * kommune and a funktion. It is counted and told here; cubes carry it on as coverage.
 */
export const expectedParts: KeptCheck = ({ source, lists }, facts) => {
  const check = 'expected-parts';
  const columns = columnsWithExpectation(source);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const periods = [...facts.parts].sort(([a], [b]) => comparePeriods(b, a));
  const incomplete = periods.flatMap(([period, parts]) => {
    const { present, expected } = countParts(columns, lists, period, parts);
    return present === expected ? [] : [`${period} has ${present} of ${expected}`];
  });
  const what = columns.map(({ name }) => `"${name}"`).join(' x ');
  const text =
    incomplete.length === 0
      ? `Every period has all parts by ${what}.`
      : `Parts by ${what} are missing in ${incomplete.length} of ${periods.length} periods: ${listed(incomplete)}.`;
  return { result: { check, outcome: incomplete.length === 0 ? 'passed' : 'warned', text }, warnings: [] };
};

function countParts(
  columns: readonly CodeColumnOf[],
  lists: CodeLists,
  period: string,
  parts: ReadonlySet<string>,
): { readonly present: number; readonly expected: number } {
  const wanted = columns.map((column) => expectedMembers(column, lists, period));
  const isWanted = (part: string) => part.split(' ').every((code, at) => wanted[at]?.has(code));
  return {
    present: [...parts].filter(isWanted).length,
    expected: wanted.reduce((product, members) => product * members.size, 1),
  };
}
