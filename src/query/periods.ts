import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../model/groupBy.ts';
import {
  dateOf,
  levelOfFrequency,
  nests,
  type Period,
  parsePeriod,
  periodAt,
  periodsBetween,
  timeLevels,
} from '../model/periods.ts';
import type { Measure } from '../model/types.ts';
import type { BoundColumn, BoundLevel, Hierarchy, OutPeriod, PeriodPair } from './bound.ts';
import { figureDateOf } from './figureDate.ts';
import { spanOfAll, spanOfItem } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';
import { type Calendar, isByThursday, sourcePeriods } from './sourcePeriods.ts';
import { formulasOf } from './versions.ts';

/**
 * Periods of the answer. With a level of time asked for: its periods within `--period`, or all that
 * the edition holds. Without: `--period` as one, or the newest period of the figures asked for.
 */
export function bindPeriods(
  request: Request,
  scope: QueryScope,
  columns: readonly BoundColumn[],
  levels: readonly BoundLevel[],
  report: (found: Diagnostic) => void,
): OutPeriod[] {
  const asked = request.period === undefined ? null : parseAsked(request.period, report);
  const held = heldPeriods(scope, columns);
  const everHeld = heldPeriods(scope, columns.flatMap(formulasOf));
  const times = levels.flatMap((level) => (level.kind === 'time' ? [level.name] : []));
  if (request.period !== undefined && asked === null) return [];
  const stretch = asked ?? (times.length === 0 ? held.at(-1) : spanning(everHeld));
  if (!stretch) return [];
  if (times.length === 0)
    return [{ code: stretch.code, firstDay: stretch.firstDay, lastDay: stretch.lastDay }];
  const ofLevels = times.map((time) => periodsBetween(stretch.firstDay, stretch.lastDay, time));
  const outside = ofLevels.map((periods) =>
    periods.find((period) => period.firstDay < stretch.firstDay || period.lastDay > stretch.lastDay),
  );
  const [first] = outside;
  if (asked && first && outside.every((each) => each !== undefined)) {
    report(
      diagnostic(
        'period-finer-than-level',
        `"${asked.code}" does not hold whole periods of the level "${times.join(', ')}".`,
        {
          span: spanOfAll('--period', asked.code),
          hint: `ask for the period that holds it, like ${first.code}`,
        },
      ),
    );
    return [];
  }
  const [only] = ofLevels;
  return ofLevels.length === 1 && only ? only : piecesOf(ofLevels, stretch, asked !== null);
}

/**
 * Several levels of time cut each other: the days of a week in one month, and those of it in the next. A piece that
 * is a whole period has its code, and any other that of its days.
 */
function piecesOf(ofLevels: readonly (readonly Period[])[], stretch: OutPeriod, cut: boolean): OutPeriod[] {
  const all = ofLevels.flat();
  const begin = cut ? stretch.firstDay : Math.min(...all.map(({ firstDay }) => firstDay));
  const end = cut ? stretch.lastDay : Math.max(...all.map(({ lastDay }) => lastDay));
  const starts = [...new Set(all.map(({ firstDay }) => Math.max(firstDay, begin)))].sort((a, b) => a - b);
  const whole = new Map(all.map((period) => [`${period.firstDay} ${period.lastDay}`, period.code]));
  return starts.map((firstDay, at) => {
    const lastDay = (starts[at + 1] ?? end + 1) - 1;
    const days = firstDay === lastDay ? dateOf(firstDay) : `${dateOf(firstDay)}..${dateOf(lastDay)}`;
    return { code: whole.get(`${firstDay} ${lastDay}`) ?? days, firstDay, lastDay };
  });
}

function parseAsked(text: string, report: (found: Diagnostic) => void): OutPeriod | null {
  const ends = text.split('..');
  if (ends.length > 2) {
    report(
      diagnostic('bad-period', `"${text}" has more than two ends.`, {
        span: spanOfAll('--period', text),
        hint: 'write a range like 2026M01..2026M06',
      }),
    );
    return null;
  }
  const periods = ends.map((end, position) => {
    const period = parsePeriod(end);
    if (period) return period;
    const start = position === 0 ? 0 : (ends[0]?.length ?? 0) + 2;
    report(
      diagnostic('bad-period', `"${end}" is not a period.`, {
        span: { file: '--period', start, end: start + end.length },
        hint: hintFor(end) ?? 'write it like 2026M07, 2026K3, 2026, or a range 2026M01..2026M06',
      }),
    );
    return null;
  });
  const [first, last = first] = periods;
  if (!first || !last) return null;
  if (last.lastDay < first.firstDay) {
    report(
      diagnostic('bad-period', `The range ends in ${last.code}, before it begins in ${first.code}.`, {
        span: spanOfAll('--period', text),
      }),
    );
    return null;
  }
  return { code: text, firstDay: first.firstDay, lastDay: last.lastDay };
}

/** `2026-07`, `2026m7`, `2026Q3`: what people write instead. */
function hintFor(text: string): string | undefined {
  const match = /^(\d{4})[-_ ]?([mMqQkK]?)(\d{1,2})$/.exec(text);
  if (!match) return schoolYearFor(text);
  const [, year, letter = '', number = ''] = match;
  const meant = /[qQkK]/.test(letter) ? `${year}K${number}` : `${year}M${number.padStart(2, '0')}`;
  return parsePeriod(meant) ? `did you mean "${meant}"?` : schoolYearFor(text);
}

/** `2025/2026`, `2025-26`. */
function schoolYearFor(text: string): string | undefined {
  const [, first, second] = /^(\d{4})[-/_ ](?:\d\d)?(\d\d)$/.exec(text) ?? [];
  const meant = `${first}/${second}`;
  return parsePeriod(meant) ? `did you mean "${meant}"?` : undefined;
}

/** Periods held of the sources whose own periods the columns follow, in order of their last day. */
function heldPeriods(scope: QueryScope, columns: readonly Pick<BoundColumn, 'measures'>[]): Period[] {
  const measures = columns.flatMap((column) =>
    column.measures.flatMap((id) => scope.model.measures[id] ?? []),
  );
  const own = measures.filter(({ alignment }) => alignment.kind === 'same');
  const sources = [...new Set((own.length > 0 ? own : measures).map(({ source }) => source))];
  const codes = [...new Set(sources.flatMap((source) => scope.held[source] ?? []))];
  const periods =
    codes.length > 0
      ? codes.flatMap((code) => parsePeriod(code) ?? [])
      : sources.flatMap((source) => newestOf(scope, source));
  return periods.sort((a, b) => a.lastDay - b.lastDay || a.firstDay - b.firstDay);
}

/** The period that a source would have come with now, if anything of it had come. */
function newestOf({ model, newest }: QueryScope, source: string): Period[] {
  const period = parsePeriod(newest);
  return period ? [periodAt(period.lastDay, levelOfFrequency[model.sources[source]?.frequency ?? 'M'])] : [];
}

function spanning(periods: readonly Period[]): OutPeriod | null {
  const first = periods.reduce<Period | null>(
    (least, period) => (least && least.firstDay <= period.firstDay ? least : period),
    null,
  );
  const last = periods.at(-1);
  return first && last
    ? { code: `${first.code}..${last.code}`, firstDay: first.firstDay, lastDay: last.lastDay }
    : null;
}

/** The days that say which year a period lies in: weeks are of the year of their Thursday. */
function yearOf({ code, firstDay, lastDay }: OutPeriod): Pick<OutPeriod, 'firstDay' | 'lastDay'> {
  const toThursday = code.includes('U') ? 3 : 0;
  return { firstDay: firstDay + toThursday, lastDay: lastDay - toThursday };
}

/**
 * Which periods of its source make each period of the answer, by the measure's alignment. Tells
 * where they cannot be brought together: a yearly figure asked by month, a rate asked by quarter.
 */
export function pairPeriods(
  measure: Measure,
  periods: readonly OutPeriod[],
  hierarchy: Hierarchy,
  scope: QueryScope,
  column: { readonly request: Request; readonly position: number; readonly weighed: boolean },
  report: (found: Diagnostic) => void,
): Omit<PeriodPair, 'weight'>[] {
  const source: Calendar = scope.model.sources[measure.source] ?? { frequency: 'M' };
  const level = levelOfFrequency[source.frequency];
  const held = scope.held[measure.source] ?? [];
  const name = column.request.kpis[column.position] ?? measure.name;
  const span = spanOfItem('--kpi', column.request.kpis, column.position);
  const structureDate = (out: OutPeriod, period: Period) => {
    if (hierarchy.date !== null) return hierarchy.date;
    if (measure.alignment.kind !== 'same') return dateOf(yearOf(out).lastDay);
    return figureDateOf(source, period);
  };
  const pairs = periods.flatMap((out) => {
    const days = measure.alignment.kind === 'same' ? out : yearOf(out);
    const periodsOfOut = taken(measure, out.periods ?? sourcePeriods(measure, source, days), held);
    return periodsOfOut.map((period) => ({
      out: out.code,
      source: period.code,
      structureDate: structureDate(out, period),
      whole: isByThursday(source) || (period.firstDay >= out.firstDay && period.lastDay <= out.lastDay),
    }));
  });
  if (measure.alignment.kind === 'same' && pairs.some((pair) => !pair.whole)) {
    const coarser = timeLevels.filter((candidate) => nests(level, candidate));
    report(
      diagnostic(
        'frequency-too-coarse',
        `"${name}" has one figure per ${level} and cannot be given for ${periods[0]?.code}.`,
        {
          span,
          hint: `ask for whole periods of ${coarser.join(', ')}${level === 'uge' ? ', or write weeks: by_thursday in the contract' : ''}`,
        },
      ),
    );
    return [];
  }
  const byPeriod = groupBy(pairs, ({ out }) => out);
  const several = periods.find(({ code }) => (byPeriod.get(code)?.length ?? 0) > 1);
  if (several && (measure.overTime === 'none' || column.weighed)) {
    const does = column.weighed ? 'is weighed in each period and does not add' : 'does not add';
    report(
      diagnostic(
        'does-not-add',
        `"${name}" ${does} over time, and ${several.code} holds several ${level} figures.`,
        { span, hint: `ask by ${level}, or for one ${level}` },
      ),
    );
    return [];
  }
  return pairs.map(({ out, source, structureDate: date }) => ({ out, source, structureDate: date }));
}

/**
 * Of a stock the last period is the figure, and is it missing, so is the figure: no other stands in for it. Where a
 * definition says so by name, the last that has come does.
 */
export function taken(
  measure: Measure,
  periods: readonly Period[],
  held: readonly string[] = [],
): readonly Period[] {
  const present = () => {
    const found = periods.filter(({ code }) => held.includes(code));
    return found.length > 0 ? found : periods;
  };
  switch (measure.overTime) {
    case 'last':
      return periods.slice(-1);
    case 'first':
      return periods.slice(0, 1);
    case 'last_held':
      return present().slice(-1);
    case 'first_held':
      return present().slice(0, 1);
    case 'sum':
    case 'mean':
    case 'none':
    case 'pooled':
      return periods;
  }
}
