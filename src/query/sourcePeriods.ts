import {
  levelOfFrequency,
  newestDate,
  type Period,
  parsePeriod,
  periodAt,
  periodsBetween,
} from '../model/periods.ts';
import type { Measure, Source } from '../model/types.ts';

interface Days {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** How a source's periods lie in time; what a contract does not say is left out. */
export type Calendar = Pick<Source, 'frequency' | 'countedOn' | 'weeksByThursday'>;

/** Periods of a source that make a stretch of time, by the measure's alignment. */
export function sourcePeriods(
  { alignment }: Pick<Measure, 'alignment'>,
  source: Calendar,
  out: Days,
): readonly Period[] {
  const level = levelOfFrequency[source.frequency];
  switch (alignment.kind) {
    case 'same':
      return within(source, out);
    case 'primo': {
      const years = periodsBetween(out.firstDay, out.lastDay, 'aar');
      return level === 'aar' ? years : years.map(({ firstDay }) => countedBy(source, firstDay));
    }
    case 'midyear':
      return periodsBetween(out.firstDay, out.lastDay, 'aar').map(({ lastDay }) =>
        countedBy(source, newestDate(lastDay, 7, 1)),
      );
    case 'school_start':
      return [countedBy(source, newestDate(out.lastDay, 9, 1))];
    case 'fixed': {
      const period = parsePeriod(alignment.period);
      return period ? [period] : [];
    }
  }
}

function within(source: Calendar, { firstDay, lastDay }: Days): readonly Period[] {
  const periods = periodsBetween(firstDay, lastDay, levelOfFrequency[source.frequency]);
  if (!isByThursday(source)) return periods;
  return periods.filter((week) => firstDay <= week.firstDay + 3 && week.firstDay + 3 <= lastDay);
}

/** Whether weeks are put in the month of their Thursday, so that none of them need lie whole in it. */
export const isByThursday = (source: Calendar): boolean =>
  source.frequency === 'U' && source.weeksByThursday === true;

/**
 * The newest period that was counted when a day began: the one that ended the day before, or one that is counted on
 * its first day and begins on that day. A day is itself.
 */
function countedBy(source: Calendar, day: number): Period {
  const level = levelOfFrequency[source.frequency];
  const around = periodAt(day, level);
  if (level === 'dag' || source.countedOn === 'first_day') return around;
  return periodAt(around.firstDay - 1, level);
}
