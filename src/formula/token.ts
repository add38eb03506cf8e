import type { DiagnosticCode } from '../diagnostics/codes.ts';

/** `name` is a whole dotted name; the words and, or, not and in are operators. Offsets into the text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'operator' | 'open' | 'close' | 'comma';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What a text literal says, escapes resolved; of every other token its text. */
  readonly value: string;
}

/** What is wrong at a place of the text, before it is known in which file the text stands. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

/** A problem of which the place is known already. */
export type Refusal = Omit<Problem, 'start' | 'end'>;

export interface Scan {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}
