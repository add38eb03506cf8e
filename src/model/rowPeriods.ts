import { assertNever, invariant } from '../diagnostics/invariant.ts';
import {
  comparePeriods,
  levelOfFrequency,
  type Period,
  parsePeriod,
  periodAt,
  periodsBetween,
  type TimeLevel,
} from './periods.ts';
import type { GroupLevel, RowStep } from './rowSteps.ts';
import type { SemanticModel } from './types.ts';

/**
 * Which periods a source holds, by what has been delivered: of rows it follows from their steps, so that nobody
 * has to run them to know. A period that would only be held in part is not held.
 */
export function heldPeriods(
  model: SemanticModel,
  id: string,
  delivered: (source: string) => readonly string[],
): readonly string[] {
  const source = model.sources[id];
  if (!source?.derivation) return delivered(id);
  const { from, steps } = source.derivation;
  const frequency = model.sources[from]?.frequency ?? source.frequency;
  let held = heldPeriods(model, from, delivered);
  let level = levelOfFrequency[frequency];
  for (const { step } of steps) {
    held = heldAfter(step, held, level, (other) => heldPeriods(model, other, delivered));
    if (step.kind === 'spread') level = step.level;
    if (step.kind === 'group' && step.level) level = step.level.to;
  }
  return held;
}

function heldAfter(
  step: RowStep,
  held: readonly string[],
  level: TimeLevel,
  heldOf: (source: string) => readonly string[],
): readonly string[] {
  switch (step.kind) {
    case 'where':
    case 'derive':
    case 'join_stays':
      return held;
    case 'order': {
      const there = new Set(held);
      return held.filter((period) => periodsWithin(step, period).every((each) => there.has(each)));
    }
    case 'group':
      return step.level ? wholePeriods(held, step.level) : held;
    case 'spread':
      return spreadPeriods(held, step.level);
    case 'match': {
      const theirs = heldOf(step.rows);
      if (!step.shift) return theirs.length > 0 ? held : [];
      const there = new Set(theirs);
      const { by } = step.shift;
      return held.filter((period) => there.has(shiftPeriod(period, level, by)));
    }
    default:
      return assertNever(step);
  }
}

/** Coarser periods all of whose finer ones are held. */
function wholePeriods(held: readonly string[], level: GroupLevel): string[] {
  const there = new Set(held);
  const coarse = new Set(held.map((code) => periodAt(dayIn(periodOfCode(code), level), level.to).code));
  return [...coarse]
    .filter((code) => finerPeriods(code, level).every((finer) => there.has(finer)))
    .sort(comparePeriods);
}

/** The periods that make a coarser one. */
function finerPeriods(code: string, level: GroupLevel): string[] {
  const { firstDay, lastDay } = periodOfCode(code);
  return periodsBetween(firstDay, lastDay, level.from)
    .filter((finer) => firstDay <= dayIn(finer, level) && dayIn(finer, level) <= lastDay)
    .map((finer) => finer.code);
}

/** The day that says which coarser period one is in. */
const dayIn = ({ firstDay }: Period, { byThursday }: GroupLevel): number =>
  byThursday ? firstDay + 3 : firstDay;

/** From the first day that is held to the last: an interval may begin in one delivery and end in none. */
function spreadPeriods(held: readonly string[], level: TimeLevel): string[] {
  const periods = held.map(periodOfCode);
  if (periods.length === 0) return [];
  const first = Math.min(...periods.map(({ firstDay }) => firstDay));
  const last = Math.max(...periods.map(({ lastDay }) => lastDay));
  return periodsBetween(first, last, level)
    .filter(({ firstDay, lastDay }) => firstDay >= first && lastDay <= last)
    .map(({ code }) => code)
    .sort(comparePeriods);
}

/** The period that lies `by` periods later. */
export function shiftPeriod(code: string, level: TimeLevel, by: number): string {
  let period = periodOfCode(code);
  for (let steps = Math.abs(by); steps > 0; steps -= 1)
    period = periodAt(by > 0 ? period.lastDay + 1 : period.firstDay - 1, level);
  return period.code;
}

/** A period with those before or after it that an order within some periods looks in. */
function periodsWithin({ within, takes }: Extract<RowStep, { kind: 'order' }>, period: string): string[] {
  if (!within) return [period];
  const there = (which: 'next' | 'previous') => takes.some((take) => take.which === which);
  const along = (by: 1 | -1) => {
    const found: string[] = [];
    while (found.length < within.count - 1) found.push(shiftPeriod(found.at(-1) ?? period, within.level, by));
    return found;
  };
  return [period, ...(there('previous') ? along(-1) : []), ...(there('next') ? along(1) : [])];
}

/** The periods before a step that the wanted ones after it are made of; null: all there are. */
export function periodsBefore(step: RowStep, wanted: readonly string[] | null): readonly string[] | null {
  switch (step.kind) {
    case 'where':
    case 'derive':
    case 'match':
      return wanted;
    case 'group': {
      const { level } = step;
      if (!level || wanted === null) return wanted;
      return wanted.flatMap((code) => finerPeriods(code, level));
    }
    case 'order':
      if (!step.within || wanted === null) return null;
      return [...new Set(wanted.flatMap((period) => periodsWithin(step, period)))];
    case 'spread':
    case 'join_stays':
      return null;
    default:
      return assertNever(step);
  }
}

/** The periods of the other relation that a match of the wanted ones looks in; null: all there are. */
export function periodsMatched(
  { shift }: Extract<RowStep, { kind: 'match' }>,
  wanted: readonly string[] | null,
): readonly string[] | null {
  if (!shift || wanted === null) return null;
  return wanted.map((period) => shiftPeriod(period, shift.level, shift.by));
}

function periodOfCode(code: string): Period {
  const period = parsePeriod(code);
  invariant(period, `${code} is a period`);
  return period;
}
