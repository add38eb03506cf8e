import { type Month, month, monthOfYear } from './month.ts';

/**
 * What the n-th release holds. A release depends on its number alone, so that asking for more of them
 * changes none of the first.
 */
export interface Release {
  readonly number: number;
  /** Newest month of unemployment. */
  readonly newest: Month;
  /** Newest month of the tables that come a month later. */
  readonly newestOfLate: Month;
  /** Rows without a kommune code: only in the first two. */
  readonly unknownArea: boolean;
  /** The third release brings cash assistance and what goes with it, and no new month. */
  readonly cashAssistance: boolean;
  /** Newest month of each release so far that brought one: each revised the months before it. */
  readonly revisions: readonly Month[];
  /** ISO time, UTC. */
  readonly received: string;
}

const firstMonth = month(2026, 6);

export function releaseOf(number: number): Release {
  const newest = newestIn(number);
  return {
    number,
    newest,
    newestOfLate: Math.max(firstMonth, newest - 1),
    unknownArea: number <= 2,
    cashAssistance: number >= 3,
    revisions: releasesTo(number).filter(bringsMonth).map(newestIn),
    received: receivedTime(number, newest),
  };
}

const releasesTo = (number: number) => Array.from({ length: number }, (_, index) => index + 1);

const bringsMonth = (number: number) => number === 2 || number > 3;

const newestIn = (number: number): Month => firstMonth + releasesTo(number).filter(bringsMonth).length;

/** The 19th of the month after; the third comes in the evening of the second's day. */
function receivedTime(number: number, newest: Month): string {
  const after = newest + 1;
  const time = Date.UTC(Math.floor(after / 12), monthOfYear(after) - 1, 19, number === 3 ? 18 : 5);
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
