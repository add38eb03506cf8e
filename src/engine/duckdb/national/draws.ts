import { createHash } from 'node:crypto';

/**
 * Chance as a function: the hash of an id and of what is drawn for it. Nothing is drawn in turn, so neither
 * threads nor the order of the work can change a value, and one month can be made without the others.
 */
export interface Draws {
  /** SQL of a draw for the id, a BIGINT from 0 up; every purpose, and every `time` of one, is a draw of its own. */
  readonly draw: (id: string, purpose: string, time?: number | string) => string;
}

export function drawsWith(seed: number): Draws {
  return {
    // DuckDB 1.5 combines the hashes of several arguments by one multiplication and an exclusive or, which
    // leaves draws of one id alike. The hash of one integer is mixed well, so the purpose is added to it.
    draw: (id, purpose, time = '') =>
      `(hash(${id}::bigint + ${salt(`${seed}:${purpose}:${time}`)}::bigint) >> 1)::bigint`,
  };
}

/** Below 2^62, so that adding an id stays within 64 bits. */
const salt = (text: string): bigint => createHash('sha256').update(text).digest().readBigUInt64BE() >> 2n;

/** 0 to n - 1. */
export const below = (draw: string, n: number | string): string => `(${draw} % ${n})::integer`;

/** Above 0 and at most 1. */
export const share = (draw: string): string => `((${draw} % 1000003 + 1)::double / 1000003)`;

/** Days until something that happens at this rate a year; never 0. */
export const daysUntil = (draw: string, yearlyRate: string): string =>
  `(1 + floor(-ln(${share(draw)}) * 365.25 / (${yearlyRate}))::bigint)`;
