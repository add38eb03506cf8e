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

export interface Week {
  /** 2026U30 */
  readonly code: string;
  /** Weeks since the Monday 1970-01-05. */
  readonly index: number;
  /** SQL of its Monday. */
  readonly monday: string;
}

const day = 86_400_000;

/** The weeks whose Thursday lies in the month: an ISO week is of the year of its Thursday. */
export function weeksOf({ year, month, days }: Month): readonly Week[] {
  return Array.from({ length: days }, (_, at) => new Date(Date.UTC(year, month - 1, at + 1)))
    .filter((date) => date.getUTCDay() === 4)
    .map((thursday) => {
      const ofYear = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / day;
      const monday = thursday.getTime() - 3 * day;
      return {
        code: `${thursday.getUTCFullYear()}U${String(Math.floor(ofYear / 7) + 1).padStart(2, '0')}`,
        index: (monday / day - 4) / 7,
        monday: `date '${new Date(monday).toISOString().slice(0, 10)}'`,
      };
    });
}
