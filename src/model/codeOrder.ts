import { unknownMember } from './types.ts';

/**
 * The order of codes everywhere: numbers as numbers, other codes as text after them, `uoplyst` last.
 * Numbers of the same value come with most leading zeros first.
 */
export function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (rankOf(a) === numberRank) {
    // As texts, since a code may have more digits than a double keeps.
    const [one, other] = [withoutZeros(a), withoutZeros(b)];
    if (one.length !== other.length) return one.length - other.length;
    if (one !== other) return one < other ? -1 : 1;
  }
  return a < b ? -1 : 1;
}

const numberRank = 0;

function rankOf(code: string): number {
  if (code === unknownMember) return 2;
  return /^\d+$/.test(code) ? numberRank : 1;
}

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');
