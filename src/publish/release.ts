import { momentOf } from '../catalog/moment.ts';
import type { EditionManifest } from '../catalog/types.ts';
import type { ReleaseRecord } from '../definitions/schema.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { dateOf, parsePeriod, periodAt } from '../model/periods.ts';

/** When figures are due where nobody says a time of day. */
const usualTime = '08:00';

/**
 * When an edition of a period is due by the calendar, and until when it is held back. What comes after the due time and
 * is not the first of its period is a correction: nobody waits for it, and it is not late.
 */
export function releaseOf(
  release: ReleaseRecord | undefined,
  period: string,
  isFirst: boolean,
  now: Date,
): NonNullable<EditionManifest['release']> | null {
  const due = release ? dueOf(release, period) : null;
  if (due === null) return null;
  const isAhead = now.toISOString() < due;
  if (!isAhead && !isFirst) return null;
  return { due, embargoUntil: release?.embargo && isAhead ? due : null };
}

/** ISO time, UTC; null where the calendar says nothing of the period. */
function dueOf(
  { day, months_after: after = 1, dates = {}, time = usualTime }: ReleaseRecord,
  period: string,
) {
  const date = dates[period] ?? (day === undefined ? null : dateAfter(period, after, day));
  return date === null ? null : momentOf(`${date}T${time}`, 'first');
}

/** A day of the month that is so many months after the one that the period ends in. */
function dateAfter(period: string, months: number, day: number): string {
  const found = parsePeriod(period);
  invariant(found, `${period} is a period`);
  const ends = dateOf(found.lastDay);
  const index = Number(ends.slice(0, 4)) * 12 + Number(ends.slice(5, 7)) - 1 + months;
  const month = parsePeriod(`${Math.floor(index / 12)}M${String((index % 12) + 1).padStart(2, '0')}`);
  invariant(month, 'months follow each other');
  return dateOf(Math.min(month.firstDay + day - 1, periodAt(month.firstDay, 'maaned').lastDay));
}

/** Whether an edition came after it was due. */
export const isLate = ({ publishedAt, release }: Pick<EditionManifest, 'publishedAt' | 'release'>): boolean =>
  release?.due != null && publishedAt > release.due;
