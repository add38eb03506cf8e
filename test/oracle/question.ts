import type { Request } from '../../src/query/request.ts';
import { cases, type Level, levels, type OracleCase, slices, type Time, times } from './cases.ts';

/** A question about one KPI, and whether it has an answer. */
export interface Question {
  readonly case: OracleCase;
  readonly level: Level;
  readonly time: Time;
  /** Another level to cut by; empty for none. */
  readonly slice: string;
  readonly answered: boolean;
  readonly period: string;
  readonly hierarchy?: string;
}

/**
 * Stretches with what is delivered whole, in part and not at all. The country goes over all five years;
 * the other levels take the same way through fewer months.
 */
const newest: Readonly<Record<Time, string>> = {
  maaned: '2026M05..2026M07',
  kvartal: '2026K2..2026K3',
  aar: '2025..2026',
};

function stretchOf({ cube, from }: OracleCase, level: Level, time: Time, slice: string): string {
  const long = { maaned: '2021M06..2026M07', kvartal: '2021K2..2026K3', aar: '2021..2026' };
  const recent = { maaned: '2026M03..2026M07', kvartal: '2025K3..2026K3', aar: '2025..2026' };
  switch (cube) {
    case 'beskaeftigelse':
      if (from > '2026') return newest[time];
      return level === 'land' ? long[time] : recent[time];
    case 'befolkning':
      if (slice !== '') return { maaned: '2020M01', kvartal: '2020K1..2020K1', aar: '2020..2020' }[time];
      return { maaned: '2020M01', kvartal: '2019K4..2020K2', aar: '2020..2026' }[time];
    case 'regnskab':
      return { maaned: '2024M01', kvartal: '2024K1', aar: '2021..2024' }[time];
    case 'indikatorer':
      return { maaned: '2025M01', kvartal: '2025K1', aar: '2023..2026' }[time];
  }
}

/** Every level by every time, and by every other level that the cube can be cut by. */
export function questionsOf(each: OracleCase): Question[] {
  const question = (level: Level, time: Time, slice: string): Question => {
    const own = each.slices?.find((one) => one.level === slice);
    const whole = slice === '' ? !each.slices?.some(({ needed }) => needed) : own !== undefined;
    const answered = whole && each.levels.includes(level) && each.times.includes(time);
    return { case: each, level, time, slice, answered, period: stretchOf(each, level, time, slice) };
  };
  return levels.flatMap((level) =>
    times.flatMap((time) => ['', ...slices[each.cube]].map((slice) => question(level, time, slice))),
  );
}

export const requestOf = ({
  case: { cube, kpi },
  level,
  time,
  slice,
  period,
  hierarchy,
}: Question): Request => ({
  cube,
  kpis: [kpi],
  by: [level, ...(slice === '' ? [] : [slice]), time],
  period,
  ...(hierarchy === undefined ? {} : { hierarchy }),
});

/** Questions of a cube that can be asked together: KPIs by one level and time, of the newest months. */
export function asked(
  cube: OracleCase['cube'],
  desk: boolean,
): { readonly level: Level; readonly time: Time; readonly questions: readonly Question[] }[] {
  const all = cases.filter((each) => each.cube === cube && (desk || !each.desk)).flatMap(questionsOf);
  return (['kommune', 'region', 'land'] as const).flatMap((level) =>
    times.map((time) => ({
      level,
      time,
      questions: all
        .filter((one) => one.answered && one.slice === '' && one.level === level && one.time === time)
        .map((one) => (cube === 'beskaeftigelse' ? { ...one, period: newest[time] } : one)),
    })),
  );
}

// --- periods, counted by hand ----------------------------------------------------------------------

/** The periods that an answer has, and the source's own periods in each. */
export function timeOf({
  case: { every },
  time,
  period,
}: Question): { readonly month: string; readonly period: string }[] {
  const [first = '', last = first] = period.split('..');
  const months = monthsBetween(firstMonth(first), lastMonth(last));
  const rows = months.map((month) => ({ month: nameOf(month, every), period: nameOf(month, letters[time]) }));
  return rows.filter(
    (row, at) => rows.findIndex((other) => other.month === row.month && other.period === row.period) === at,
  );
}

const letters = { maaned: 'M', kvartal: 'K', aar: 'Å' } as const;

/** Months are counted from year 0. */
export function firstMonth(period: string): number {
  const year = Number(period.slice(0, 4)) * 12;
  if (period[4] === 'M') return year + Number(period.slice(5)) - 1;
  return period[4] === 'K' ? year + (Number(period[5]) - 1) * 3 : year;
}

export function lastMonth(period: string): number {
  return firstMonth(period) + (period[4] === 'M' ? 0 : period[4] === 'K' ? 2 : 11);
}

const monthsBetween = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

function nameOf(month: number, letter: 'M' | 'K' | 'Å'): string {
  const year = Math.floor(month / 12);
  const number = month % 12;
  if (letter === 'M') return `${year}M${String(number + 1).padStart(2, '0')}`;
  return letter === 'K' ? `${year}K${Math.floor(number / 3) + 1}` : String(year);
}
