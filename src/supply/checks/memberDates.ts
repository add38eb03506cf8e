import { diagnostic } from '../../diagnostics/codes.ts';
import type { CodeLists } from '../codeLookup.ts';
import { type CodeColumnOf, codeColumns, type KeptCheck, listed, rowCount } from './check.ts';
import { datesOf } from './expectedMembers.ts';
import type { KeptCode, KeptFacts } from './keptFacts.ts';

/** Codes used in a period in which they do not hold: the code of a kommune before it was one. */
export const memberDates: KeptCheck = (checked, facts) => {
  const warnings = codeColumns(checked.source).flatMap((column) => {
    const early = outOfDate(column, facts, checked.lists);
    const [first] = early;
    if (first === undefined) return [];
    const used = [...new Set(early.map(({ code, period }) => `"${code}" in ${period}`))];
    const rows = early.reduce((sum, one) => sum + one.rows, 0);
    const message = `${rowCount(rows)} of "${column.name}" use a code that does not hold in their period: ${listed(used)}.`;
    const place = { file: checked.file, row: first.line, column: column.from };
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

const outOfDate = ({ name }: CodeColumnOf, { codes }: KeptFacts, lists: CodeLists): readonly KeptCode[] =>
  (codes.get(name) ?? []).filter((one) => !holdsIn(lists, one));

function holdsIn({ classifications }: CodeLists, { level, code, period }: KeptCode): boolean {
  const member = classifications[level]?.members.find((one) => one.code === code);
  const dates = datesOf(period);
  // The unknown member is in no list, and always holds.
  if (member === undefined || dates === null) return true;
  return member.validFrom <= dates.last && member.validTo >= dates.first;
}
