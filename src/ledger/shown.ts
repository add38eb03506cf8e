import { parseDecimal, type Rational, rounded, subtract, toFixed } from '../model/rational.ts';
import type { Entry, Part } from './types.ts';

/** A movement as it is shown: before, after and parts at so many decimals, as decimal text. */
export interface ShownMovement {
  readonly before: string | null;
  readonly after: string | null;
  /** Shown after less shown before; null where there is no difference. */
  readonly difference: string | null;
  readonly parts: readonly { readonly cause: number; readonly value: string }[];
}

/**
 * Rounded parts need not add up to the rounded difference, so the last takes what rounding leaves: what a
 * reader adds up on paper is what stands there.
 */
export function shownMovement({ before, after, change, parts }: Entry, decimals: number): ShownMovement {
  const [then, now] = [before?.value ?? null, after?.value ?? null];
  const shown = (value: Rational | null) => (value === null ? null : toFixed(value, decimals));
  if (change !== 'moved' || then === null || now === null)
    return { before: shown(then), after: shown(now), difference: null, parts: [] };
  const difference = subtract(rounded(now, decimals), rounded(then, decimals));
  let left = difference;
  const texts = parts.map(({ cause, value }: Part, at) => {
    const text = toFixed(at === parts.length - 1 ? left : value, decimals);
    left = subtract(left, parseDecimal(text));
    return { cause, value: text };
  });
  return {
    before: shown(then),
    after: shown(now),
    difference: toFixed(difference, decimals),
    parts: texts,
  };
}
