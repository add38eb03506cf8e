import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../model/groupBy.ts';
import { type Refusal, rowCount } from './checks/check.ts';

const shownEach = 3;

/** So many refusals of a group are looked at: one more than is shown says where the others begin. */
export const shownAtMost = shownEach + 1;

/** Refusals of one kind in one column: the first of them, and how many there are. */
export interface RefusalGroup {
  readonly first: readonly Refusal[];
  readonly rows: number;
}

const groupsOf = (refusals: readonly Refusal[]): readonly RefusalGroup[] =>
  [...groupBy(refusals, ({ code, column }) => `${code} ${column ?? ''}`).values()].map((same) => ({
    first: same.slice(0, shownAtMost),
    rows: same.length,
  }));

/** The first rows of every kind of refusal, each at its place, and how many more there are. */
export const refusalDiagnostics = (file: string, refusals: readonly Refusal[]): readonly Diagnostic[] =>
  groupDiagnostics(file, groupsOf(refusals));

export function groupDiagnostics(file: string, groups: readonly RefusalGroup[]): readonly Diagnostic[] {
  return groups.flatMap(({ first, rows }) => {
    const all = rows <= shownAtMost;
    const said = (all ? first : first.slice(0, shownEach)).map((refusal) => toDiagnostic(file, refusal));
    const next = all ? undefined : first[shownEach];
    return next === undefined ? said : [...said, more(file, next, rows - shownEach)];
  });
}

function toDiagnostic(file: string, { code, reason, hint, ...place }: Refusal): Diagnostic {
  return diagnostic(code, reason, { place: placeOf(file, place), ...(hint === undefined ? {} : { hint }) });
}

function more(file: string, { code, ...place }: Refusal, rows: number): Diagnostic {
  const message = `${rowCount(rows)} more ${rows === 1 ? 'is' : 'are'} refused for the same, this one first; all are in the quarantine.`;
  return diagnostic(code, message, { place: placeOf(file, place) });
}

const placeOf = (file: string, { row, column }: Pick<Refusal, 'row' | 'column'>) =>
  column === null ? { file, row } : { file, row, column };

/** What a receipt keeps of refused rows: how many and where, but no values. */
export type RefusalSummary = readonly { readonly code: Refusal['code']; readonly text: string }[];

export const refusalSummary = (refusals: readonly Refusal[]): RefusalSummary =>
  groupSummary(groupsOf(refusals));

export function groupSummary(groups: readonly RefusalGroup[]): RefusalSummary {
  return groups.flatMap(({ first: [first], rows }) => {
    if (first === undefined) return [];
    const column = first.column === null ? '' : `, column "${first.column}"`;
    return [
      { code: first.code, text: `${rowCount(rows)} refused${column}, the first in line ${first.row}.` },
    ];
  });
}

/** The quarantine: why each row was refused, by line of the file that it came in. */
export const quarantineCsv = (refusals: readonly Refusal[]): string =>
  [quarantineHeader, ...[...refusals].sort((a, b) => a.row - b.row).map(quarantineLine)].join('');

export const quarantineHeader = 'row,column,code,reason\n';

export const quarantineLine = ({ row, column, code, reason }: Refusal): string =>
  `${[String(row), column ?? '', code, reason].map(csvField).join(',')}\n`;

const csvField = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
