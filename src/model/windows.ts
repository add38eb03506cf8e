import { invariant } from '../diagnostics/invariant.ts';
import type { Window } from './boundExpression.ts';
import { dateOf, dayOfDate, parsePeriod, periodAt, periodsBetween, type TimeLevel } from './periods.ts';

/** A run of days, and the level of time that its ends are periods of. */
export interface Stretch {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly level: TimeLevel;
}

/** Why a window does not fit on a stretch. */
export interface WindowFault {
  readonly why: 'not-whole' | 'too-narrow' | 'longer-than-a-year' | 'other-length';
}

const monthsOf: Readonly<Partial<Record<TimeLevel, number>>> = {
  maaned: 1,
  kvartal: 3,
  aar: 12,
  skoleaar: 12,
};

/** The stretch that a code names: one period, or a range of two. Of a range the finer end says the level. */
export function stretchOf(code: string): Stretch {
  const [first = '', last = first] = code.split('..');
  const [from, to] = [parsePeriod(first), parsePeriod(last)];
  invariant(from && to, `${code} is a stretch of time`);
  const finer = from.lastDay - from.firstDay <= to.lastDay - to.firstDay ? from.level : to.level;
  return { firstDay: from.firstDay, lastDay: to.lastDay, level: finer };
}

/**
 * The days that a window takes instead of a stretch; null where the calendar has no such period (week 53,
 * 29 February). `step` is the frequency that periods are counted in.
 */
export function moveStretch(window: Window, step: TimeLevel, stretch: Stretch): Stretch | null | WindowFault {
  switch (window.kind) {
    case 'lag':
      if (window.level !== null) return back(stretch, window.periods, window.level);
      return isWhole(window.periods, step, stretch.level)
        ? shiftBack(stretch, window.periods, step)
        : { why: 'not-whole' };
    case 'same_period_last_year':
      return shiftBack(stretch, 1, 'aar');
    case 'rolling':
      return window.level === null
        ? rollingOver(stretch, window.periods, step)
        : lastOf(stretch, window.periods, window.level, step);
    case 'ytd':
      return yearToDate(stretch, step);
    case 'to_date': {
      const { firstDay } = periodAt(stretch.lastDay, window.level);
      return { firstDay, lastDay: stretch.lastDay, level: finerOf(step, stretch.level) };
    }
    case 'since_start':
      throw new Error('invariant: an edition says where it begins');
    case 'since': {
      const { lastDay } = stretch;
      return lastDay < window.day
        ? null
        : { firstDay: window.day, lastDay, level: finerOf(step, stretch.level) };
    }
    case 'start_of':
      return { ...periodAt(periodAt(stretch.firstDay, window.level).firstDay, step), level: step };
    case 'at':
      return stretchOf(window.period);
  }
}

/**
 * So many days, weeks, months, ... earlier, whatever the stretch is. Whole months go back as months; a run of
 * days has its ends moved, and a day that the earlier month does not have is the last one of it.
 */
function back(stretch: Stretch, periods: number, level: TimeLevel): Stretch | null {
  const months = monthsOf[level];
  if (months === undefined || monthsOf[stretch.level] !== undefined)
    return shiftBack(stretch, periods, level);
  const [firstDay, lastDay] = [stretch.firstDay, stretch.lastDay].map((day) =>
    dayBack(day, periods * months),
  );
  return firstDay === undefined || lastDay === undefined ? null : { firstDay, lastDay, level: 'dag' };
}

/** The same day of the month so many months earlier, or the last one of it. */
function dayBack(day: number, months: number): number {
  const date = Number(dateOf(day).slice(8));
  const first = monthsBack(day - date + 1, months);
  invariant(first !== null, 'every month has a first day');
  return Math.min(first + date - 1, periodAt(first, 'maaned').lastDay);
}

/** The last days, months, ... up to the end of the stretch, counted from its last day. */
function lastOf(stretch: Stretch, periods: number, level: TimeLevel, step: TimeLevel): Stretch | WindowFault {
  const firstDay = firstOfLast(stretch, periods, level);
  if (firstDay > stretch.firstDay) return { why: 'too-narrow' };
  return { firstDay, lastDay: stretch.lastDay, level: finerOf(step, stretch.level) };
}

function firstOfLast(stretch: Stretch, periods: number, level: TimeLevel): number {
  const months = monthsOf[level];
  if (months === undefined) return stretch.lastDay + 1 - periods * (level === 'uge' ? 7 : 1);
  if (monthsOf[stretch.level] !== undefined) return dayBack(stretch.lastDay + 1, periods * months);
  return dayBack(stretch.lastDay, periods * months) + 1;
}

/** Whether so many steps are a whole number of periods of a level, so that the ends fall on ends. */
function isWhole(periods: number, step: TimeLevel, level: TimeLevel): boolean {
  const [small, large] = [monthsOf[step], monthsOf[level]];
  if (small !== undefined && large !== undefined) return (periods * small) % large === 0;
  if (step === 'dag') return level === 'dag' || (level === 'uge' && periods % 7 === 0);
  return level === step || small !== undefined;
}

/** So many periods of a frequency. */
export interface Shift {
  readonly periods: number;
  readonly step: TimeLevel;
}

/** How far back one stretch begins before another. */
export function shiftBetween(from: Stretch, to: Stretch, step: TimeLevel): Shift {
  if (monthsOf[step] === undefined)
    return { periods: (from.firstDay - to.firstDay) / (step === 'uge' ? 7 : 1), step };
  return { periods: monthNumber(from.firstDay) - monthNumber(to.firstDay), step: 'maaned' };
}

/** Months since the year 0. */
function monthNumber(day: number): number {
  const [year = 0, month = 1] = dateOf(day).split('-').map(Number);
  return year * 12 + month;
}

/** Null where the calendar has no such period. */
export function shiftBack(stretch: Stretch, periods: number, step: TimeLevel): Stretch | null {
  if (step === 'dag' || step === 'uge') {
    const days = periods * (step === 'dag' ? 1 : 7);
    return { ...stretch, firstDay: stretch.firstDay - days, lastDay: stretch.lastDay - days };
  }
  const months = periods * (monthsOf[step] ?? 1);
  if (stretch.level === 'uge') return weeksYearsBack(stretch, months / 12);
  if (stretch.level === 'dag') {
    const [firstDay, lastDay] = [monthsBack(stretch.firstDay, months), monthsBack(stretch.lastDay, months)];
    return firstDay === null || lastDay === null ? null : { ...stretch, firstDay, lastDay };
  }
  const [firstDay, after] = [monthsBack(stretch.firstDay, months), monthsBack(stretch.lastDay + 1, months)];
  return firstDay === null || after === null ? null : { ...stretch, firstDay, lastDay: after - 1 };
}

/** The same day of the month so many months earlier; null where that month has none. */
function monthsBack(day: number, months: number): number | null {
  const [year = 0, month = 1, date = 1] = dateOf(day).split('-').map(Number);
  const total = year * 12 + (month - 1) - months;
  const [y, m] = [Math.floor(total / 12), (total % 12) + 1];
  if (y < 1) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  return dayOfDate(`${String(y).padStart(4, '0')}-${two(m)}-${two(date)}`);
}

/** Weeks of the same numbers; null where the year has none of that number. */
function weeksYearsBack(stretch: Stretch, years: number): Stretch | null {
  if (!Number.isInteger(years)) return null;
  const back = (day: number) => {
    const { code } = periodAt(day, 'uge');
    return parsePeriod(`${String(Number(code.slice(0, 4)) - years).padStart(4, '0')}${code.slice(4)}`);
  };
  const [first, last] = [back(stretch.firstDay), back(stretch.lastDay)];
  return first && last ? { ...stretch, firstDay: first.firstDay, lastDay: last.lastDay } : null;
}

/** The last periods that end with the stretch. Fewer than it holds would leave out what is asked for. */
function rollingOver(stretch: Stretch, periods: number, step: TimeLevel): Stretch | null | WindowFault {
  // Every period ends with a day, so any number of days ends with it.
  if (step !== 'dag' && !isWhole(periods, step, stretch.level)) return { why: 'not-whole' };
  const last = periodAt(stretch.lastDay, step);
  const first = shiftBack({ ...last, level: step }, periods - 1, step);
  if (first === null) return null;
  if (first.firstDay > stretch.firstDay) return { why: 'too-narrow' };
  return { firstDay: first.firstDay, lastDay: stretch.lastDay, level: finerOf(step, stretch.level) };
}

function yearToDate(stretch: Stretch, step: TimeLevel): Stretch | WindowFault {
  const isWeeks = stretch.level === 'uge';
  const year = periodAt(stretch.lastDay, isWeeks ? 'uge' : 'aar').code.slice(0, 4);
  const first = parsePeriod(isWeeks ? `${year}U01` : year);
  invariant(first, `${year} has a beginning`);
  if (first.firstDay > stretch.firstDay) return { why: 'longer-than-a-year' };
  return { firstDay: first.firstDay, lastDay: stretch.lastDay, level: finerOf(step, stretch.level) };
}

const length: Readonly<Record<TimeLevel, number>> = {
  dag: 1,
  uge: 7,
  maaned: 30,
  kvartal: 91,
  aar: 365,
  skoleaar: 365,
};
const finerOf = (a: TimeLevel, b: TimeLevel): TimeLevel => (length[a] <= length[b] ? a : b);

/** How many periods of a level a stretch has a day in common with. */
export function countOf(stretch: Stretch, level: TimeLevel): number {
  return periodsBetween(stretch.firstDay, stretch.lastDay, level).length;
}

/** A window as it is written, for ids and for showing. */
export function windowText(window: Window): string {
  switch (window.kind) {
    case 'lag':
    case 'rolling':
      return `${window.kind} ${window.periods}${window.level === null ? '' : ` ${window.level}`}`;
    case 'to_date':
    case 'start_of':
      return `${window.kind} ${window.level}`;
    case 'same_period_last_year':
    case 'ytd':
    case 'since_start':
      return window.kind;
    case 'since':
      return 'since_start';
    case 'at':
      return `at ${window.period}`;
  }
}
