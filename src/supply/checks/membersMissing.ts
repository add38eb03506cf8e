import { diagnostic } from '../../diagnostics/codes.ts';
import { type KeptCheck, listed, notRun } from './check.ts';
import { columnsWithExpectation, expectedMembers, heldMembers } from './expectedMembers.ts';

/** Members that the contract expects and that are in no row at all: a gap that no total shows. */
export const membersMissing: KeptCheck = (rows, kept) => {
  const check = 'members-missing';
  const columns = columnsWithExpectation(rows);
  if (columns.length === 0)
    return { result: notRun(check, 'The contract expects no members.'), warnings: [] };
  const warnings = columns.flatMap((parsed) => {
    const held = heldMembers(rows, parsed, kept);
    const expected = new Set(
      [...held.keys()].flatMap((period) => expectedMembers(parsed, rows.lists, period)),
    );
    const everywhere = new Set([...held.values()].flatMap((members) => [...members]));
    const missing = [...expected].filter((code) => !everywhere.has(code));
    if (missing.length === 0) return [];
    const message = `${missing.length} of ${expected.size} members of "${parsed.column.name}" are in no row of ${rows.source.id}: ${listed(missing)}.`;
    const place = { file: rows.file, row: 1, column: parsed.column.from };
    return [
      diagnostic('members-missing', message, {
        place,
        hint: 'sums over them are too small; ask the supplier',
      }),
    ];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every expected member is in some row.';
  return { result: { check, outcome: warnings.length === 0 ? 'passed' : 'warned', text }, warnings };
};
