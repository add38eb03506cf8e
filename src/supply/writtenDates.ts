import { dayOfDate } from '../model/periods.ts';
import type { Problem } from './problem.ts';

/**
 * Dates and times as ISO writes them, and nothing else: nobody knows which part of 07-08-2026 is the month.
 * A column of dates may come with a midnight behind each, as a table of times has it.
 */
export function readDate(text: string): string | null {
  const [, date = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text.trim()) ?? [];
  return isPlausible(date) && midnight.test(rest) ? date : null;
}

const midnight = /^(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;

/** `2026-07-31T13:05`; the zone of a time is that of its source, so none is written. */
export function readTime(text: string): string | Problem {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(text.trim());
  const [, date = '', hour = '', minute = '', second = '00', part = '0'] = found ?? [];
  if (!isPlausible(date) || hour > '23' || minute > '59' || second > '59') return notATime;
  if (/[1-9]/.test(second + part)) return withSeconds;
  return `${date}T${hour}:${minute}`;
}

export const notATime: Problem = {
  code: 'bad-date',
  reason: 'The value is not a time.',
  hint: 'times are written like 2026-07-31T13:05',
};

export const withSeconds: Problem = {
  code: 'bad-date',
  reason: 'The time has seconds, and times are kept to the minute.',
  hint: 'the supplier must leave them out',
};

export const notADate: Problem = {
  code: 'bad-date',
  reason: 'The value is not a date.',
  hint: 'dates are written like 2026-07-31',
};

/** A year outside these is a slip of the pen, or a mark that stands for no date. */
const isPlausible = (date: string): boolean => date >= '1800' && date < '2200' && dayOfDate(date) !== null;
