import { diagnostic } from '../../diagnostics/codes.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import { type KeptCheck, listed, type ParsedRows, rowCount } from './check.ts';
import { datesOf } from './expectedMembers.ts';

/** Codes used in a period in which they do not hold: the code of a kommune before it was one. */
export const memberDates: KeptCheck = (rows, kept) => {
  const columns = rows.columns.filter((column): column is Parsed<'code'> => column.kind === 'code');
  const warnings = columns.flatMap((parsed) => {
    const early = outOfDate(rows, parsed, kept);
    const [first] = early;
    if (first === undefined) return [];
    const used = [...new Set(early.map(({ code, period }) => `"${code}" in ${period}`))];
    const message = `${rowCount(early.length)} of "${parsed.column.name}" use a code that does not hold in their period: ${listed(used)}.`;
    const place = { file: rows.file, row: rows.lines[first.row] ?? 0, column: parsed.column.from };
    return [
      diagnostic('member-not-valid', message, { place, hint: 'look at the dates in the classification' }),
    ];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every code holds in its period.';
  return {
    result: { check: 'member-dates', outcome: warnings.length === 0 ? 'passed' : 'warned', text },
    warnings,
  };
};

interface OutOfDate {
  readonly row: number;
  readonly code: string;
  readonly period: string;
}

function outOfDate(rows: ParsedRows, parsed: Parsed<'code'>, kept: readonly number[]): readonly OutOfDate[] {
  const periods =
    rows.columns.find((column): column is Parsed<'period'> => column.kind === 'period')?.codes ?? [];
  const known = new Map<string, boolean>();
  return kept.flatMap((row) => {
    const code = parsed.codes[row] ?? '';
    const level = parsed.levels[row] ?? '';
    const period = periods[row] ?? '';
    const key = `${level} ${code} ${period}`;
    const holds = known.get(key) ?? holdsIn(rows, level, code, period);
    known.set(key, holds);
    return holds ? [] : [{ row, code, period }];
  });
}

function holdsIn({ lists }: ParsedRows, level: string, code: string, period: string): boolean {
  const member = lists.classifications[level]?.members.find((one) => one.code === code);
  const dates = datesOf(period);
  // The unknown member is in no list, and always holds.
  if (member === undefined || dates === null) return true;
  return member.validFrom <= dates.last && member.validTo >= dates.first;
}
