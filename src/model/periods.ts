import type { Frequency } from '../definitions/schema.ts';
import { invariant } from '../diagnostics/invariant.ts';

/**
 * Levels of time, finest first. A week lies in no month, so it nests in nothing but itself, and a school year
 * (1 August - 31 July) holds whole months but no whole quarters.
 */
export const timeLevels = ['dag', 'uge', 'maaned', 'kvartal', 'aar', 'skoleaar'] as const;
export type TimeLevel = (typeof timeLevels)[number];

/** A named stretch of time, or a range of them. Days are counted from 1970-01-01. */
export interface Period {
  readonly code: string;
  readonly level: TimeLevel;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Which level of time one period of a source is. */
export const levelOfFrequency: Readonly<Record<Frequency, TimeLevel>> = {
  D: 'dag',
  U: 'uge',
  M: 'maaned',
  K: 'kvartal',
  Å: 'aar',
  Å_Primo: 'aar',
};

/** How the periods of a frequency are written, for messages. */
export const periodExamples: Readonly<Record<TimeLevel, string>> = {
  dag: '2026-07-31',
  uge: '2026U30',
  maaned: '2026M07',
  kvartal: '2026K3',
  aar: '2026',
  skoleaar: '2025/26',
};

const nestsIn: Readonly<Record<TimeLevel, readonly TimeLevel[]>> = {
  dag: ['dag', 'uge', 'maaned', 'kvartal', 'aar', 'skoleaar'],
  uge: ['uge'],
  maaned: ['maaned', 'kvartal', 'aar', 'skoleaar'],
  kvartal: ['kvartal', 'aar'],
  aar: ['aar'],
  skoleaar: ['skoleaar'],
};

/** True where every period of `fine` lies whole inside one period of `coarse`. */
export function nests(fine: TimeLevel, coarse: TimeLevel): boolean {
  return nestsIn[fine].includes(coarse);
}

const dayOf = (year: number, month: number, day: number): number => {
  const time = new Date(Date.UTC(2000, month - 1, day));
  time.setUTCFullYear(year);
  return Math.round(time.getTime() / 86_400_000);
};

/** ISO date of a day count. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Day count of an ISO date that exists; null otherwise. */
export function dayOfDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return dateOf(day) === text ? day : null;
}

export const dayAfter = (date: string): string => shift(date, 1);
export const dayBefore = (date: string): string => shift(date, -1);

function shift(date: string, days: number): string {
  const day = dayOfDate(date);
  invariant(day !== null, `${date} is a date`);
  return dateOf(day + days);
}

const months = (year: number, from: number, count: number) => ({
  firstDay: dayOf(year, from, 1),
  lastDay: (from + count > 12 ? dayOf(year + 1, 1, 1) : dayOf(year, from + count, 1)) - 1,
});

/** Monday of the week that a day lies in; 1970-01-01 was a Thursday, and days before it are below zero. */
const mondayBefore = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** Monday of ISO week 1: the week that holds 4 January. */
const firstMonday = (year: number): number => {
  const fourth = dayOf(year, 1, 4);
  return mondayBefore(fourth);
};

/** `2026M07`, `2026K3`, `2026`, `2026U30`, `2026-07-31`, `2025/26` from the year 0001 on; null for anything else. */
export function parsePeriod(code: string): Period | null {
  if (code[4] === '/') return schoolYear(code);
  if (code.startsWith('0000')) return null;
  const match = /^(\d{4})(?:M(\d{2})|K(\d)|U(\d{2}))?$/.exec(code);
  if (!match) {
    const day = dayOfDate(code);
    return day === null ? null : { code, level: 'dag', firstDay: day, lastDay: day };
  }
  const year = Number(match[1]);
  if (match[2] !== undefined) {
    const month = Number(match[2]);
    return month >= 1 && month <= 12 ? { code, level: 'maaned', ...months(year, month, 1) } : null;
  }
  if (match[3] !== undefined) {
    const quarter = Number(match[3]);
    return quarter >= 1 && quarter <= 4
      ? { code, level: 'kvartal', ...months(year, quarter * 3 - 2, 3) }
      : null;
  }
  if (match[4] !== undefined) {
    const firstDay = firstMonday(year) + (Number(match[4]) - 1) * 7;
    const exists = Number(match[4]) >= 1 && firstDay < firstMonday(year + 1);
    return exists ? { code, level: 'uge', firstDay, lastDay: firstDay + 6 } : null;
  }
  return { code, level: 'aar', ...months(year, 1, 12) };
}

/** `2025/26` is 1 August 2025 to 31 July 2026. */
function schoolYear(code: string): Period | null {
  const match = /^(\d{4})\/(\d{2})$/.exec(code);
  const year = Number(match?.[1]);
  if (!match || Number(match[2]) !== (year + 1) % 100) return null;
  return { code, level: 'skoleaar', firstDay: dayOf(year, 8, 1), lastDay: dayOf(year + 1, 8, 1) - 1 };
}

const schoolYearCode = (start: number): string =>
  `${String(start).padStart(4, '0')}/${String((start + 1) % 100).padStart(2, '0')}`;

/** The period of a level that a day lies in. */
export function periodAt(day: number, level: TimeLevel): Period {
  const date = dateOf(day);
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  const code = {
    dag: () => date,
    uge: () => weekCode(day),
    maaned: () => `${year}M${date.slice(5, 7)}`,
    kvartal: () => `${year}K${Math.ceil(month / 3)}`,
    aar: () => year,
    skoleaar: () => schoolYearCode(month >= 8 ? Number(year) : Number(year) - 1),
  }[level]();
  const period = parsePeriod(code);
  invariant(period, `${code} is a period`);
  return period;
}

function weekCode(day: number): string {
  // A week belongs to the year that its Thursday lies in.
  const monday = mondayBefore(day);
  const year = dateOf(monday + 3).slice(0, 4);
  const week = (monday - firstMonday(Number(year))) / 7 + 1;
  return `${year}U${String(week).padStart(2, '0')}`;
}

/** All periods of a level between two days, whole or in part, in order. */
export function periodsBetween(firstDay: number, lastDay: number, level: TimeLevel): Period[] {
  const found: Period[] = [];
  for (let day = firstDay; day <= lastDay; ) {
    const period = periodAt(day, level);
    found.push(period);
    day = period.lastDay + 1;
  }
  return found;
}

/** Codes of one level in order of time. */
export function comparePeriods(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The newest day with that month and date, on a day or before it. */
export function newestDate(day: number, month: number, date: number): number {
  const year = Number(dateOf(day).slice(0, 4));
  const thisYear = dayOf(year, month, date);
  return thisYear <= day ? thisYear : dayOf(year - 1, month, date);
}

/**
 * The part of a table that a period's cells lie in: the month of a day, of a week the one that holds its
 * Thursday; a period longer than a month is a part by itself.
 */
export function partitionOf(code: string): string {
  const period = parsePeriod(code);
  if (!period) return code;
  if (period.level === 'dag') return periodAt(period.firstDay, 'maaned').code;
  return period.level === 'uge' ? periodAt(period.firstDay + 3, 'maaned').code : code;
}
