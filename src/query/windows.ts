import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import {
  levelOfFrequency,
  type Period,
  parsePeriod,
  periodsBetween,
  type TimeLevel,
} from '../model/periods.ts';
import type { Measure, SemanticModel } from '../model/types.ts';
import {
  countOf,
  moveStretch,
  type Shift,
  type Stretch,
  shiftBack,
  shiftBetween,
  stretchOf,
  type WindowFault,
  windowText,
} from '../model/windows.ts';
import type { OutPeriod, UseSpec, UseStep } from './bound.ts';
import { taken } from './periods.ts';
import type { QueryScope } from './scope.ts';
import { type Calendar, sourcePeriods } from './sourcePeriods.ts';
import { isShift } from './useSpecs.ts';

type WindowStep = Extract<UseStep, { kind: 'window' }>;

/** An answer period, the days that a use takes for it, and which source periods of those; null: all. */
export interface MovedPeriod {
  readonly out: OutPeriod;
  readonly only: ReadonlySet<string> | null;
}

/**
 * The answer's periods as a use takes them: under the code that was asked for, with the days of the
 * window. What the calendar does not have is left out. In a period that is held only in part, a moved
 * figure beside one that is not takes the corresponding part, and the year to date ends with what is held.
 */
export function movePeriods(
  spec: UseSpec,
  measure: Measure,
  periods: readonly OutPeriod[],
  scope: QueryScope,
  place: { readonly name: string; readonly span: Span },
  report: (found: Diagnostic) => void,
): MovedPeriod[] {
  const held = (scope.held[measure.source] ?? []).flatMap((code) => parsePeriod(code) ?? []);
  const windows = windowsIn(spec, held);
  if (windows.length === 0) return periods.map((out) => ({ out, only: null }));
  const source: Calendar = scope.model.sources[measure.source] ?? { frequency: 'M' };
  const level = levelOfFrequency[source.frequency];
  const calendar = (stretch: Stretch) => sourcePeriods(measure, source, stretch);
  const holds = holdsBeside(spec, level, scope);
  const isSince = windows.some(({ window }) => window.kind === 'since');
  const moved: MovedPeriod[] = [];
  for (const period of periods) {
    const asked = toDate(windows, measure, stretchOf(period.code), { level, holds, calendar });
    const stretch = follow(windows, asked);
    if (stretch !== null && 'fault' in stretch) {
      report(faultOf(stretch.fault, stretch.step, period, place));
      return [];
    }
    if (stretch === null) continue;
    const { firstDay, lastDay } = stretch;
    const out = {
      code: period.code,
      firstDay,
      lastDay,
      ...(isSince ? { periods: within(held, stretch) } : {}),
    };
    moved.push({ out, only: correspondingPart(windows, asked, measure, { level, holds, calendar }) });
  }
  return moved;
}

/** Functions over time around a measure. What goes back to the start goes back to what the edition holds first. */
function windowsIn({ steps }: UseSpec, held: readonly Period[]): WindowStep[] {
  const day = held.reduce((least, { firstDay }) => Math.min(least, firstDay), Number.MAX_SAFE_INTEGER);
  return steps.flatMap((step): WindowStep[] => {
    if (step.kind !== 'window') return [];
    return [step.window.kind === 'since_start' ? { ...step, window: { kind: 'since', day } } : step];
  });
}

const within = (held: readonly Period[], { firstDay, lastDay }: Stretch): readonly Period[] =>
  held.filter((period) => firstDay <= period.firstDay && period.lastDay <= lastDay);

/** Windows that end with what is held. */
const toDates: readonly string[] = ['ytd', 'to_date', 'since'];

/** How a use meets what the edition holds beside it. */
interface Beside {
  readonly level: TimeLevel;
  readonly holds: Holds;
  /** Source periods that make a stretch. */
  readonly calendar: (stretch: Stretch) => readonly Period[];
}

type Holds = ((period: Period) => boolean) | null;

/** Whether the sources beside the moved figure hold a period; null where none of that frequency stands beside. */
function holdsBeside(spec: UseSpec, level: TimeLevel, { model, held }: QueryScope): Holds {
  const sources = spec.beside.filter((source) => levelOf(model, source) === level);
  if (sources.length === 0) return null;
  const codes = sources.map((source) => new Set(held[source] ?? []));
  return ({ code }) => codes.every((each) => each.has(code));
}

const levelOf = (model: SemanticModel, source: string): TimeLevel =>
  levelOfFrequency[model.sources[source]?.frequency ?? 'M'];

/**
 * Where the asked period is held only in part, the year to date ends with the newest period that is held, and of
 * a stock whose newest figure counts it is that which is compared.
 */
function toDate(
  windows: readonly WindowStep[],
  { overTime }: Measure,
  stretch: Stretch,
  { level, holds, calendar }: Beside,
): Stretch {
  const isToDate = overTime === 'last_held' || windows.some(({ window }) => toDates.includes(window.kind));
  if (holds === null || !isToDate) return stretch;
  const last = calendar(stretch).filter(holds).at(-1);
  return last && last.lastDay < stretch.lastDay ? { ...stretch, lastDay: last.lastDay, level } : stretch;
}

function follow(
  windows: readonly WindowStep[],
  asked: Stretch,
): Stretch | null | { readonly fault: WindowFault['why']; readonly step: WindowStep } {
  let stretch = asked;
  for (const each of windows) {
    const { window, step, grows } = each;
    if (window.kind === 'at' && grows && !isAsLong(stretch, stretchOf(window.period), step))
      return { fault: 'other-length', step: each };
    const moved = moveStretch(window, step, stretch);
    if (moved === null) return null;
    if ('why' in moved) return { fault: moved.why, step: each };
    stretch = moved;
  }
  return stretch;
}

/** Months are as long as each other, though not in days. */
const isAsLong = (a: Stretch, b: Stretch, step: TimeLevel): boolean => countOf(a, step) === countOf(b, step);

/** Codes of the source periods that correspond to those that are held; null where all or none of them are. */
function correspondingPart(
  windows: readonly WindowStep[],
  asked: Stretch,
  measure: Measure,
  { holds, calendar }: Beside,
): ReadonlySet<string> | null {
  const shifts = shiftsOf(windows, asked);
  if (holds === null || shifts === null || measure.alignment.kind !== 'same') return null;
  const beside = follow(
    windows.filter(({ window }) => !isShift(window)),
    asked,
  );
  if (beside === null || 'fault' in beside) return null;
  const own = taken(measure, calendar(beside));
  const held = own.filter(holds);
  if (held.length === 0 || held.length === own.length) return null;
  const moved = held.flatMap((period) => counterpart(shifts, period));
  // What is moved there and back again, or to the base that is asked for itself, is compared with nothing else.
  return moved.join() === held.map(({ code }) => code).join() ? null : new Set(moved);
}

/** How far the figures are moved, piece by piece; null where they are not, or to a base of another length. */
function shiftsOf(windows: readonly WindowStep[], asked: Stretch): Shift[] | null {
  const shifts: Shift[] = [];
  let here = asked;
  for (const { window, step, grows } of windows) {
    const there = follow([{ kind: 'window', window, step, grows }], here);
    if (there === null || 'fault' in there) return null;
    if (window.kind === 'lag') shifts.push({ periods: window.periods, step: window.level ?? step });
    if (window.kind === 'same_period_last_year') shifts.push({ periods: 1, step: 'aar' });
    if (window.kind === 'at') {
      if (!isAsLong(here, there, step)) return null;
      shifts.push(shiftBetween(here, there, step));
    }
    here = there;
  }
  return shifts.length === 0 ? null : shifts;
}

/** The period that stands in the place of another after the shifts. */
function counterpart(shifts: readonly Shift[], period: Period): string[] {
  let stretch: Stretch | null = period;
  for (const { periods, step } of shifts) stretch = stretch && shiftBack(stretch, periods, step);
  return stretch === null
    ? []
    : periodsBetween(stretch.firstDay, stretch.lastDay, period.level).map(({ code }) => code);
}

const whys: Readonly<Record<WindowFault['why'], (step: WindowStep, period: OutPeriod) => [string, string]>> =
  {
    'not-whole': ({ window, step }, { code }) => [
      `${windowText(window)} ${step} is no whole number of periods like ${code}`,
      `ask by ${step}, or with a number that fills them`,
    ],
    'too-narrow': ({ window, step }, { code }) => [
      `${windowText(window)} ${step} is less than ${code} holds`,
      `ask by ${step}`,
    ],
    'longer-than-a-year': (_, { code }) => [
      `${code} begins before the year that it ends in`,
      'ask for one year, or for periods within one',
    ],
    'other-length': ({ window }, { code }) => [
      `the base ${window.kind === 'at' ? window.period : ''} and ${code} are not equally long, and the figure adds up over time`,
      'ask by periods as long as the base',
    ],
  };

function faultOf(
  why: WindowFault['why'],
  step: WindowStep,
  period: OutPeriod,
  { name, span }: { readonly name: string; readonly span: Span },
): Diagnostic {
  const [reason, hint] = whys[why](step, period);
  return diagnostic('window-does-not-fit', `"${name}" cannot be given for ${period.code}: ${reason}.`, {
    span,
    hint,
  });
}
