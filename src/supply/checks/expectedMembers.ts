import { dateOf, parsePeriod } from '../../model/periods.ts';
import type { CodeLists } from '../codeLookup.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import type { ParsedRows } from './check.ts';

/** First and last date of a period, as ISO dates. */
export function datesOf(period: string): { readonly first: string; readonly last: string } | null {
  const found = parsePeriod(period);
  return found === null ? null : { first: dateOf(found.firstDay), last: dateOf(found.lastDay) };
}

/** Columns of which the contract says what a complete delivery holds. */
export const columnsWithExpectation = ({ columns }: ParsedRows): readonly Parsed<'code'>[] =>
  columns.filter(
    (column): column is Parsed<'code'> => column.kind === 'code' && column.column.expect !== 'delivered',
  );

/** The members that a complete delivery holds in a period: those that are expected and hold some day of it. */
export function expectedMembers(
  { column }: Parsed<'code'>,
  { classifications }: CodeLists,
  period: string,
): readonly string[] {
  if (typeof column.expect !== 'string') return column.expect;
  const dates = datesOf(period);
  const members = classifications[column.levels[0] ?? '']?.members ?? [];
  return members
    .filter(
      ({ expected, validFrom, validTo }) =>
        expected && dates !== null && validFrom <= dates.last && validTo >= dates.first,
    )
    .map(({ code }) => code);
}

/** Period to the members of a column that some kept row of it holds. */
export function heldMembers(
  { columns }: ParsedRows,
  { codes }: Parsed<'code'>,
  kept: readonly number[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const periods = columns.find((column): column is Parsed<'period'> => column.kind === 'period')?.codes ?? [];
  const held = new Map<string, Set<string>>();
  for (const row of kept) {
    const period = periods[row];
    const code = codes[row];
    if (period === null || period === undefined || code === null || code === undefined) continue;
    const members = held.get(period);
    if (members === undefined) held.set(period, new Set([code]));
    else members.add(code);
  }
  return held;
}
