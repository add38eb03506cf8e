import type { Diagnostic, Severity, Span, TablePlace } from './diagnostic.ts';

/**
 * Every code that the product can say, with its severity and what it means in general.
 * `docs/diagnostics.md` is printed from this table, and a test asks for a case per code.
 */
export const codes = {
  // --- YAML and records -------------------------------------------------------------------------
  'yaml-syntax': { severity: 'error', meaning: 'The file is not well-formed YAML 1.2.' },
  'unknown-kind': { severity: 'error', meaning: 'The first key does not name a kind of definition.' },
  'unknown-key': { severity: 'error', meaning: 'A key that this kind of definition does not have.' },
  // --- requests ---------------------------------------------------------------------------------
  'unknown-cube': { severity: 'error', meaning: 'There is no cube of that name.' },
} as const satisfies Record<string, { severity: Severity; meaning: string }>;

export type DiagnosticCode = keyof typeof codes;

/** Makes a diagnostic with the severity that the table gives its code. */
export function diagnostic(
  code: DiagnosticCode,
  message: string,
  at: { span?: Span; place?: TablePlace; hint?: string } = {},
): Diagnostic {
  return { code, severity: codes[code].severity, message, ...at };
}
