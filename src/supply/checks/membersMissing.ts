import { diagnostic } from '../../diagnostics/codes.ts';
import { type KeptCheck, listed, notRun } from './check.ts';
import { columnsWithExpectation, expectedMembers, keptByPeriod } from './expectedMembers.ts';

/** Members that the contract expects and that are in no row at all: a gap that no total shows. */
export const membersMissing: KeptCheck = (rows, kept) => {
  const check = 'members-missing';
  const columns = columnsWithExpectation(rows);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const periods = [...keptByPeriod(rows, kept).keys()];
  const warnings = columns.flatMap((parsed) => {
    const expected = new Set(periods.flatMap((period) => [...expectedMembers(parsed, rows.lists, period)]));
    const held = new Set(kept.map((row) => parsed.codes[row]));
    const missing = [...expected].filter((code) => !held.has(code));
    if (missing.length === 0) return [];
    const message = `${missing.length} of ${expected.size} members of "${parsed.column.name}" are in no row of ${rows.source.id}: ${listed(missing)}.`;
    const place = { file: rows.file, row: 1, column: parsed.column.from };
    const hint = 'sums over them are too small; ask the supplier';
    return [diagnostic('members-missing', message, { place, hint })];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every expected member is in some row.';
  return { result: { check, outcome: warnings.length === 0 ? 'passed' : 'warned', text }, warnings };
};
