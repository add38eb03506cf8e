import type { Diagnostic } from './diagnostic.ts';
import { placeOf } from './place.ts';
import { sortDiagnostics } from './sort.ts';

/**
 * Diagnostics for programs: a JSON array, sorted, one object each with `severity`, `code`, `message` and,
 * where known, `file`, `line`, `column`, `end_line`, `end_column` (from 1, the end exclusive) or `row` and
 * `column_name`, and `hint`. Ends with a line break.
 */
export function printJson(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string> = new Map(),
): string {
  const list = sortDiagnostics(diagnostics).map(({ severity, code, message, span, place, hint }) => ({
    severity,
    code,
    message,
    ...(span && { file: span.file, ...lines(span.start, span.end, texts.get(span.file)) }),
    ...(place && { file: place.file, row: place.row, column_name: place.column }),
    hint,
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

function lines(start: number, end: number, text: string | undefined): Record<string, number> {
  if (text === undefined) return {};
  const from = placeOf(text, start);
  const to = placeOf(text, end);
  return { line: from.line, column: from.column, end_line: to.line, end_column: to.column };
}
