import { comparePeriods } from '../../model/periods.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import { type KeptCheck, listed, notRun, type ParsedRows } from './check.ts';
import { columnsWithExpectation, expectedMembers, heldMembers } from './expectedMembers.ts';

/** How many of the expected members each period holds. It is counted and told; cubes carry it on as coverage. */
export const expectedParts: KeptCheck = (rows, kept) => {
  const check = 'expected-parts';
  const columns = columnsWithExpectation(rows);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const counted = columns.map((parsed) => countParts(rows, parsed, kept));
  const isWhole = counted.every(({ incomplete }) => incomplete.length === 0);
  const text = counted.map(sentence).join(' ');
  return { result: { check, outcome: isWhole ? 'passed' : 'warned', text }, warnings: [] };
};

interface Parts {
  readonly name: string;
  readonly periods: number;
  /** `2026M06 has 96 of 98`, newest first. */
  readonly incomplete: readonly string[];
}

function countParts(rows: ParsedRows, parsed: Parsed<'code'>, kept: readonly number[]): Parts {
  const held = heldMembers(rows, parsed, kept);
  const newestFirst = [...held].sort(([a], [b]) => comparePeriods(b, a));
  const incomplete = newestFirst.flatMap(([period, members]) => {
    const expected = expectedMembers(parsed, rows.lists, period);
    const present = expected.filter((code) => members.has(code)).length;
    return present === expected.length ? [] : [`${period} has ${present} of ${expected.length}`];
  });
  return { name: parsed.column.name, periods: held.size, incomplete };
}

const sentence = ({ name, periods, incomplete }: Parts): string =>
  incomplete.length === 0
    ? `Every period has all members of "${name}".`
    : `Members of "${name}" are missing in ${incomplete.length} of ${periods} periods: ${listed(incomplete)}.`;
