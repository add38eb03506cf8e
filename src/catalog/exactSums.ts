import type { Numbers } from './block.ts';

/** A sum, and the sum of the values without their signs: no partial sum in whatever order is further from 0. */
export interface ExactSum {
  readonly sum: bigint;
  readonly magnitude: bigint;
}

/** Rows of a grain by what they are added up in. Null: all in one. */
export type Classes = Uint8Array | null;

/** Rows that are added up as doubles at a time, so that 2^32 as many times still is one that a double keeps. */
const stretch = 2 ** 20;

/** The exact sum of the rows of one class; null where a column holds what is no whole number. */
export function exactSum(values: Numbers, classes: Classes, which: number): ExactSum | null {
  if (values instanceof BigInt64Array) return sumOfLarge(values, classes, which);
  let [sum, magnitude] = [0n, 0n];
  for (let start = 0; start < values.length; start += stretch) {
    const end = Math.min(values.length, start + stretch);
    let [part, size] = [0, 0];
    for (let row = start; row < end; row += 1) {
      if (classes !== null && classes[row] !== which) continue;
      const value = values[row] as number;
      part += value;
      size += value < 0 ? -value : value;
    }
    // A size that a double keeps was kept all the way up, and so was the sum.
    if (!Number.isSafeInteger(size)) return sumOfDoubles(values, classes, which);
    if (!Number.isSafeInteger(part)) return null;
    sum += BigInt(part);
    magnitude += BigInt(size);
  }
  return { sum, magnitude };
}

/** One by one, where sums leave what a double keeps. */
function sumOfDoubles(
  values: Exclude<Numbers, BigInt64Array>,
  classes: Classes,
  which: number,
): ExactSum | null {
  let [sum, magnitude] = [0n, 0n];
  for (let row = 0; row < values.length; row += 1) {
    if (classes !== null && classes[row] !== which) continue;
    const value = values[row] as number;
    if (!Number.isSafeInteger(value)) return null;
    sum += BigInt(value);
    magnitude += BigInt(Math.abs(value));
  }
  return { sum, magnitude };
}

/** By halves of 32 bits, each of which adds up as doubles; those below zero by themselves. */
function sumOfLarge(values: BigInt64Array, classes: Classes, which: number): ExactSum {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  let [above, below] = [0n, 0n];
  for (let start = 0; start < values.length; start += stretch) {
    const end = Math.min(values.length, start + stretch);
    let [aboveHigh, aboveLow, belowHigh, belowLow] = [0, 0, 0, 0];
    for (let row = start; row < end; row += 1) {
      if (classes !== null && classes[row] !== which) continue;
      const low = (words[2 * row] as number) >>> 0;
      const high = words[2 * row + 1] as number;
      if (high < 0) {
        belowHigh += high;
        belowLow += low;
      } else {
        aboveHigh += high;
        aboveLow += low;
      }
    }
    above += (BigInt(aboveHigh) << 32n) + BigInt(aboveLow);
    below += (BigInt(belowHigh) << 32n) + BigInt(belowLow);
  }
  return { sum: above + below, magnitude: above - below };
}
