import { rounded, subtract } from '../model/rational.ts';
import { differenceOf } from './summary.ts';
import type { Entry, Part } from './types.ts';

/** The parts of a movement as they are shown: rounded, the last of them so that they add up to the rounded difference. */
export function roundedParts(entry: Entry, decimals: number): readonly Part[] {
  const difference = differenceOf(entry);
  if (difference === null) return [];
  let left = rounded(difference, decimals);
  return entry.parts.map(({ cause, value }, at) => {
    const own = at === entry.parts.length - 1 ? left : rounded(value, decimals);
    left = subtract(left, own);
    return { cause, value: own };
  });
}
