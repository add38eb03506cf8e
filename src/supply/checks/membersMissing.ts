import { diagnostic } from '../../diagnostics/codes.ts';
import { type KeptCheck, listed, notRun } from './check.ts';
import { columnsWithExpectation, expectedMembers } from './expectedMembers.ts';

/** Members that the contract expects and that are in no row at all: a gap that no total shows. */
export const membersMissing: KeptCheck = ({ source, file, lists }, { parts, codes }) => {
  const check = 'members-missing';
  const columns = columnsWithExpectation(source);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const periods = [...parts.keys()];
  const warnings = columns.flatMap((column) => {
    const expected = new Set(periods.flatMap((period) => [...expectedMembers(column, lists, period)]));
    const held = new Set((codes.get(column.name) ?? []).map(({ code }) => code));
    const missing = [...expected].filter((code) => !held.has(code));
    if (missing.length === 0) return [];
    const message = `${missing.length} of ${expected.size} members of "${column.name}" are in no row of ${source.id}: ${listed(missing)}.`;
    const place = { file, row: 1, column: column.from };
    const hint = 'sums over them are too small; ask the supplier';
    return [diagnostic('members-missing', message, { place, hint })];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every expected member is in some row.';
  return { result: { check, outcome: warnings.length === 0 ? 'passed' : 'warned', text }, warnings };
};
