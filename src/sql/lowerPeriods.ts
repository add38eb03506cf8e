import { assertNever } from '../diagnostics/invariant.ts';
import type { TimeLevel } from '../model/periods.ts';
import {
  add,
  callOf,
  caseWhen,
  cast,
  dateType,
  integer,
  integerType,
  less,
  multiply,
  subtract,
  text,
  textType,
} from './make.ts';
import type { SqlExpression, SqlFunction } from './tree.ts';

// Periods are texts (`2026M07`); here they become days and days become periods.

/** A part of a day, as a number of 64 bits. */
export const partOf = (
  name: Extract<SqlFunction, 'year' | 'month' | 'day' | 'quarter' | 'isoYear' | 'isoWeek' | 'isoWeekday'>,
  day: SqlExpression,
): SqlExpression => cast(callOf(name, day), integerType);

const joined = (...parts: readonly SqlExpression[]): SqlExpression => callOf('concat', ...parts);
const dateOf = (...parts: readonly SqlExpression[]): SqlExpression =>
  cast(parts.length === 1 && parts[0] ? parts[0] : joined(...parts), dateType);
const cut = (period: SqlExpression, from: number, length: number): SqlExpression =>
  callOf('substring', period, integer(from), integer(length));
const numberIn = (period: SqlExpression, from: number, length: number): SqlExpression =>
  cast(cut(period, from, length), integerType);

export function firstDayOf(period: SqlExpression, level: TimeLevel): SqlExpression {
  const year = cut(period, 1, 4);
  switch (level) {
    case 'dag':
      return dateOf(period);
    case 'uge': {
      // The fourth of January is in week 1, whichever day it is.
      const fourth = dateOf(year, text('-01-04'));
      const weeks = multiply(subtract(numberIn(period, 6, 2), integer(1)), integer(7));
      return callOf('addDays', fourth, add(subtract(integer(1), partOf('isoWeekday', fourth)), weeks));
    }
    case 'maaned':
      return dateOf(year, text('-'), cut(period, 6, 2), text('-01'));
    case 'kvartal': {
      const months = multiply(subtract(numberIn(period, 6, 1), integer(1)), integer(3));
      return callOf('addMonths', dateOf(year, text('-01-01')), months);
    }
    case 'aar':
      return dateOf(year, text('-01-01'));
    case 'skoleaar':
      return dateOf(year, text('-08-01'));
    default:
      return assertNever(level);
  }
}

export function lastDayOf(period: SqlExpression, level: TimeLevel): SqlExpression {
  switch (level) {
    case 'dag':
      return dateOf(period);
    case 'uge':
      return callOf('addDays', firstDayOf(period, level), integer(6));
    case 'maaned':
    case 'kvartal': {
      const months = integer(level === 'maaned' ? 1 : 3);
      return callOf('addDays', callOf('addMonths', firstDayOf(period, level), months), integer(-1));
    }
    case 'aar':
    case 'skoleaar':
      return callOf('addDays', callOf('addMonths', firstDayOf(period, level), integer(12)), integer(-1));
    default:
      return assertNever(level);
  }
}

/** The period of a level that a day lies in. */
export function periodOf(day: SqlExpression, level: TimeLevel): SqlExpression {
  const written = (number: SqlExpression) => cast(number, textType);
  switch (level) {
    case 'dag':
      return cast(cast(day, dateType), textType);
    case 'uge':
      return joined(
        written(partOf('isoYear', day)),
        text('U'),
        callOf('padTwo', written(partOf('isoWeek', day))),
      );
    case 'maaned':
      return joined(written(partOf('year', day)), text('M'), callOf('padTwo', written(partOf('month', day))));
    case 'kvartal':
      return joined(written(partOf('year', day)), text('K'), written(partOf('quarter', day)));
    case 'aar':
      return written(partOf('year', day));
    case 'skoleaar': {
      const early = caseWhen([[less(partOf('month', day), integer(8)), integer(1)]], integer(0));
      const begun = subtract(partOf('year', day), early);
      return joined(written(begun), text('/'), cut(written(add(begun, integer(1))), 3, 2));
    }
    default:
      return assertNever(level);
  }
}

/** The period that lies `by` periods later. */
export function shiftedPeriod(period: SqlExpression, level: TimeLevel, by: number): SqlExpression {
  if (by === 0) return period;
  const first = firstDayOf(period, level);
  const months = { maaned: 1, kvartal: 3, aar: 12, skoleaar: 12 };
  const moved =
    level === 'dag' || level === 'uge'
      ? callOf('addDays', first, integer(level === 'dag' ? by : 7 * by))
      : callOf('addMonths', first, integer(months[level] * by));
  return periodOf(moved, level);
}
