import type { Problem } from './problem.ts';

/**
 * Civil registration numbers (CPR) never enter this program: DDMMYY-SSSS, with or without the dash, the day
 * raised by 60 for substitute numbers. The check digit says nothing since 2007, so a real date decides.
 */
const candidates = /(?<!\d)(\d{2})(\d{2})(\d{2})[- ]?\d{4}(?!\d)/g;

/**
 * The same as a regular expression of an engine, which has no looking round: true of just the texts of which
 * `holdsPersonNumber` is.
 */
export const personNumberPattern = (() => {
  const upTo28 = '(0[1-9]|1[0-9]|2[0-8]|6[1-9]|7[0-9]|8[0-8])';
  const day29 = '(29|89)';
  const day30 = '(30|90)';
  const day31 = '(31|91)';
  const leapYear = '([02468][048]|[13579][26])';
  const dates = [
    `${upTo28}(0[1-9]|1[0-2])[0-9]{2}`,
    `${day29}(0[13-9]|1[0-2])[0-9]{2}`,
    `${day29}02${leapYear}`,
    `${day30}(0[13-9]|1[0-2])[0-9]{2}`,
    `${day31}(0[13578]|1[02])[0-9]{2}`,
  ];
  return `(^|[^0-9])(${dates.join('|')})[- ]?[0-9]{4}([^0-9]|$)`;
})();

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function holdsPersonNumber(text: string): boolean {
  if (text.length < 10) return false;
  for (const [, day = '', month = '', year = ''] of text.matchAll(candidates)) {
    if (isDate(Number(day) % 60, Number(month), Number(year))) return true;
  }
  return false;
}

/** A two-digit year is a leap year in one of its centuries if 4 divides it (2000 was one). */
function isDate(day: number, month: number, year: number): boolean {
  if (month === 2 && day === 29) return year % 4 === 0;
  return day >= 1 && day <= (daysIn[month - 1] ?? 0);
}

/** The value itself is never said. */
export const personNumber: Problem = {
  code: 'looks-like-cpr',
  reason: 'The value looks like a civil registration number.',
  hint: 'the supplier must not send it, and should be told',
};

const longest = 40;

/** A delivered value as a message may show it: short, on one line, and never anything like a CPR number. */
export function shown(value: string): string {
  const masked = value.replace(/\d{6}[- ]?\d{4}/g, '(hidden)').replace(/\p{Cc}/gu, ' ');
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
}
