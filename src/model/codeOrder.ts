import { unknownMember } from './types.ts';

/** The order of codes everywhere: numbers as numbers, other codes as text after them, `uoplyst` last. */
export function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  if (a === unknownMember) return 1;
  if (b === unknownMember) return -1;
  const numeric = /^\d+$/;
  if (numeric.test(a) && numeric.test(b)) return Number(a) - Number(b) || (a < b ? -1 : 1);
  return a < b ? -1 : 1;
}
