import { dateOf, dayOfDate, periodAt, type TimeLevel } from '../../../src/model/periods.ts';

/** Definitions of a workspace: path to record. JSON is YAML, with every code in quotes. */
export type Definitions = Map<string, unknown>;

export const label = (text: string) => ({ da: text, en: text });

/** The judge's grains to our levels of time. */
export const levelOfGrain: Readonly<Record<string, TimeLevel>> = {
  day: 'dag',
  week: 'uge',
  month: 'maaned',
  quarter: 'kvartal',
  year: 'aar',
};

export const frequencyOfGrain: Readonly<Record<string, string>> = {
  day: 'D',
  week: 'U',
  month: 'M',
  quarter: 'K',
  year: 'Å',
};

/** Grains that are a number of months. */
export const monthsIn: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** A moment to the code of the period that it lies in. */
export function periodOf(moment: string, grain: string): string {
  const day = dayOfDate(moment.slice(0, 10));
  const level = levelOfGrain[grain];
  if (day === null || level === undefined) throw new Error(`${moment} lies in no ${grain}`);
  return periodAt(day, level).code;
}

/** The first moment of a day, as the frozen answers write it. */
export const momentOf = (day: number): string => `${dateOf(day)}T00:00:00`;
