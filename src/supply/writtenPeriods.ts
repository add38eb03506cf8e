import type { Frequency } from '../definitions/schema.ts';
import { levelOfFrequency, parsePeriod, type TimeLevel } from '../model/periods.ts';

/** How suppliers write periods, and the one way that we do. Only what can be read in one way is here. */
const spellings: Readonly<
  Record<TimeLevel, readonly { readonly pattern: RegExp; readonly written: string }[]>
> = {
  dag: [{ pattern: /^(\d{4})-?(\d{2})-?(\d{2})$/, written: '$1-$2-$3' }],
  uge: [{ pattern: /^(\d{4})-?[UW](\d{2})$/i, written: '$1U$2' }],
  maaned: [
    { pattern: /^(\d{4})-?M(\d{2})$/i, written: '$1M$2' },
    { pattern: /^(\d{4})-(\d{2})$/, written: '$1M$2' },
    { pattern: /^(\d{4})(\d{2})$/, written: '$1M$2' },
  ],
  kvartal: [{ pattern: /^(\d{4})-?[KQ]([1-4])$/i, written: '$1K$2' }],
  aar: [{ pattern: /^(\d{4})$/, written: '$1' }],
  skoleaar: [{ pattern: /^(\d{4}\/\d{2})$/, written: '$1' }],
};

/** `2026-07` of a monthly source is `2026M07`; null for what is no period of that frequency. */
export function readPeriod(text: string, frequency: Frequency): string | null {
  const level = levelOfFrequency[frequency];
  const trimmed = text.trim();
  for (const { pattern, written } of spellings[level]) {
    if (!pattern.test(trimmed)) continue;
    const period = parsePeriod(trimmed.replace(pattern, written));
    if (period?.level === level && isPlausible(period.code)) return period.code;
  }
  return null;
}

/** A year outside these is a slip of the pen, or another number in the wrong column. */
const isPlausible = (code: string): boolean => code >= '1800' && code < '2200';
