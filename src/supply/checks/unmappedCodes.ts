import { diagnostic } from '../../diagnostics/codes.ts';
import type { Parsed } from '../columns/parsedColumn.ts';
import { shown } from '../personNumber.ts';
import { type KeptCheck, listed, notRun, rowCount } from './check.ts';

/** Codes that are in no list and count as the unknown member: a column where they may, and how many do. */
export const unmappedCodes: KeptCheck = (rows, kept) => {
  const check = 'unmapped-codes';
  const columns = rows.columns.filter(
    (column): column is Parsed<'code'> => column.kind === 'code' && column.column.unknown === 'uoplyst',
  );
  if (columns.length === 0) return { result: notRun(check, 'Unknown codes are refused.'), warnings: [] };
  const isKept = new Set(kept);
  const warnings = columns.flatMap(({ column, unmapped }) => {
    const counted = unmapped.filter(({ row }) => isKept.has(row));
    const [first] = counted;
    if (first === undefined) return [];
    const message = `The code of ${rowCount(counted.length)} of ${kept.length} is in no list, and counts as "uoplyst".`;
    const place = { file: rows.file, row: rows.lines[first.row] ?? 0, column: column.from };
    const hint = `add to the list, or as an alias: ${listed([...new Set(counted.map(({ text }) => `"${shown(text)}"`))])}`;
    return [diagnostic('unmapped-code', message, { place, hint })];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every code is in its list.';
  return { result: { check, outcome: warnings.length === 0 ? 'passed' : 'warned', text }, warnings };
};
