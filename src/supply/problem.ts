import type { DiagnosticCode } from '../diagnostics/codes.ts';

/** What is wrong with a value; `reason` is a sentence, and `hint` what to do. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly reason: string;
  readonly hint?: string;
}
