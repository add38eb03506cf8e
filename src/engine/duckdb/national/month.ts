/** A month of the made-up country, and the days by which its states are told. */
export interface Month {
  /** 2026M07 */
  readonly code: string;
  readonly year: number;
  readonly month: number;
  /** Months since year 0. */
  readonly index: number;
  readonly days: number;
}

export const monthAt = (index: number): Month => {
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return {
    code: `${year}M${String(month).padStart(2, '0')}`,
    year,
    month,
    index,
    days: new Date(Date.UTC(year, month, 0)).getUTCDate(),
  };
};

/** `2026M07`, or null where the text is no month. */
export function monthOf(code: string): Month | null {
  const match = /^(\d{4})M(\d{2})$/.exec(code);
  const month = Number(match?.[2]);
  return match && month >= 1 && month <= 12 ? monthAt(Number(match[1]) * 12 + month - 1) : null;
}

/** The given number of months, the last of them `until`. */
export const monthsUntil = (until: Month, count: number): readonly Month[] =>
  Array.from({ length: count }, (_, at) => monthAt(until.index - count + 1 + at));

export const firstDay = ({ index }: Month): string => {
  const { year, month } = monthAt(index);
  return `date '${year}-${String(month).padStart(2, '0')}-01'`;
};

export const nextFirstDay = ({ index }: Month): string => firstDay(monthAt(index + 1));

/** Weeks in a row. */
export interface Weeks {
  /** 2026U30 */
  readonly codes: readonly string[];
  /** Of the first: weeks since the Monday 1970-01-05. */
  readonly index: number;
  /** SQL of the first Monday. */
  readonly monday: string;
  /** SQL of the last Monday. */
  readonly lastMonday: string;
}

const day = 86_400_000;

/** The weeks whose Thursday lies in the month: an ISO week is of the year of its Thursday. */
export function weeksOf({ year, month, days }: Month): Weeks {
  const thursdays = Array.from({ length: days }, (_, at) => Date.UTC(year, month - 1, at + 1)).filter(
    (time) => new Date(time).getUTCDay() === 4,
  );
  const monday = (thursdays[0] ?? 0) - 3 * day;
  return {
    codes: thursdays.map((time) => {
      const ofYear = Math.floor((time - Date.UTC(year, 0, 1)) / day / 7) + 1;
      return `${year}U${String(ofYear).padStart(2, '0')}`;
    }),
    index: (monday / day - 4) / 7,
    monday: sqlDate(monday),
    lastMonday: sqlDate((thursdays.at(-1) ?? 0) - 3 * day),
  };
}

const sqlDate = (time: number): string => `date '${new Date(time).toISOString().slice(0, 10)}'`;

/** Columns `periode`, `week` and `monday` of a row for each week, from a column `nth` of 0, 1, 2. */
export const weekColumns = ({ codes, index, monday }: Weeks): string =>
  `([${codes.map((code) => `'${code}'`).join(', ')}])[nth + 1] as periode, ${index} + nth as week, ${monday} + nth::integer * 7 as monday`;

/** SQL of an id for a person in a week; persons have fewer than 100 million numbers. */
export const inWeek = 'week * 100000000 + id';
