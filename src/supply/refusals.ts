import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../model/groupBy.ts';
import { type Refusal, rowCount } from './checks/check.ts';

const shownEach = 3;

/** The first rows of every kind of refusal, each at its place, and how many more there are. */
export function refusalDiagnostics(file: string, refusals: readonly Refusal[]): readonly Diagnostic[] {
  const alike = groupBy(refusals, ({ code, column }) => `${code} ${column ?? ''}`);
  return [...alike.values()].flatMap((same) => {
    const all = same.length <= shownEach + 1;
    const said = (all ? same : same.slice(0, shownEach)).map((refusal) => toDiagnostic(file, refusal));
    const next = all ? undefined : same[shownEach];
    return next === undefined ? said : [...said, more(file, next, same.length - shownEach)];
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
export function refusalSummary(
  refusals: readonly Refusal[],
): readonly { readonly code: Refusal['code']; readonly text: string }[] {
  return [...groupBy(refusals, ({ code, column }) => `${code} ${column ?? ''}`).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const column = first.column === null ? '' : `, column "${first.column}"`;
    return [
      {
        code: first.code,
        text: `${rowCount(same.length)} refused${column}, the first in line ${first.row}.`,
      },
    ];
  });
}

/** The quarantine: why each row was refused, by line of the file that it came in. */
export function quarantineCsv(refusals: readonly Refusal[]): string {
  const lines = [...refusals]
    .sort((a, b) => a.row - b.row)
    .map(({ row, column, code, reason }) =>
      [String(row), column ?? '', code, reason].map(csvField).join(','),
    );
  return `${['row,column,code,reason', ...lines].join('\n')}\n`;
}

const csvField = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
