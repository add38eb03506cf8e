import type { DiagnosticCode } from './codes.ts';

/**
 * A place in a text: character offsets into the text that `file` names. Offsets inside, line and
 * column only at the edge (`place.ts`), because offsets survive slicing and line numbers do not.
 * `file` is a path relative to the workspace root, or the name of an option (`--where`, `--kpi`).
 */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A place in a delivered table. `row` is the line of the file as an editor counts it (header = 1). */
export interface TablePlace {
  readonly file: string;
  readonly row: number;
  readonly column?: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** One thing to tell the author of a text or a delivery. Errors are values; nothing is thrown for them. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence, capital first, full stop last. */
  readonly message: string;
  readonly span?: Span;
  readonly place?: TablePlace;
  /** What to do: `did you mean "ledige"?`, `write "0101" in quotes`. */
  readonly hint?: string;
}

/** A value, if one could be made, and all that is to be said about the text it was made from. */
export interface Checked<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
