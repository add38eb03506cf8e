import { dateOf, parsePeriod } from '../../model/periods.ts';
import type { Source } from '../../model/types.ts';
import type { CodeLists } from '../codeLookup.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import { type CodeColumnOf, codeColumns, type ParsedRows } from './check.ts';

/** First and last date of a period, as ISO dates. */
export function datesOf(period: string): { readonly first: string; readonly last: string } | null {
  const found = parsePeriod(period);
  return found === null ? null : { first: dateOf(found.firstDay), last: dateOf(found.lastDay) };
}

/** Columns of which the contract says what a complete delivery holds. */
export const columnsWithExpectation = (source: Source): readonly CodeColumnOf[] =>
  codeColumns(source).filter(({ expect }) => expect !== 'delivered');

/** The members that a complete delivery holds in a period: those that are expected and hold some day of it. */
export function expectedMembers(
  column: CodeColumnOf,
  { classifications }: CodeLists,
  period: string,
): ReadonlySet<string> {
  if (typeof column.expect !== 'string') return new Set(column.expect);
  const dates = datesOf(period);
  const members = classifications[column.levels[0] ?? '']?.members ?? [];
  const held = members.filter(
    ({ expected, validFrom, validTo }) =>
      expected && dates !== null && validFrom <= dates.last && validTo >= dates.first,
  );
  return new Set(held.map(({ code }) => code));
}

/** The rows that were kept, by their period. */
export function keptByPeriod(
  { columns }: ParsedRows,
  kept: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const codes = columns.find((column): column is Parsed<'period'> => column.kind === 'period')?.codes ?? [];
  const byPeriod = new Map<string, number[]>();
  for (const row of kept) {
    const period = codes[row] ?? '';
    const rows = byPeriod.get(period);
    if (rows === undefined) byPeriod.set(period, [row]);
    else rows.push(row);
  }
  return byPeriod;
}
