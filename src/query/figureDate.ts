import { dateOf, type Period, parsePeriod } from '../model/periods.ts';
import type { StructureRow } from '../model/structure.ts';
import type { Measure, SemanticModel } from '../model/types.ts';
import type { PeriodPair } from './bound.ts';
import { type Calendar, isByThursday } from './sourcePeriods.ts';

/** The day whose structure counts, and the day that the figures are of. */
export interface Days {
  readonly structure: string;
  readonly figures: string;
}

/**
 * The day that a source's figures of a period are of: its last, or the first where they are counted then. A week that
 * belongs to the month of its Thursday is of that day, or it could be of a structure that its month never had.
 */
export function figureDate(source: Calendar | undefined, code: string): string {
  const period = parsePeriod(code);
  return period ? figureDateOf(source, period) : code;
}

export function figureDateOf(source: Calendar | undefined, { firstDay, lastDay }: Period): string {
  if (source && isByThursday(source)) return dateOf(firstDay + 3);
  return dateOf(isCountedFirst(source) ? firstDay : lastDay);
}

const isCountedFirst = (source: Calendar | undefined): boolean =>
  source?.frequency === 'Å_Primo' || source?.countedOn === 'first_day';

export function daysOf(
  model: SemanticModel,
  measure: Measure,
  { source, structureDate }: Pick<PeriodPair, 'source' | 'structureDate'>,
): Days {
  return { structure: structureDate, figures: figureDate(model.sources[measure.source], source) };
}

/** Whether a row of structure is what counts for figures of a day on a day. */
export function isPlaced(
  { validFrom, validTo, mapping }: StructureRow,
  { structure, figures }: Days,
): boolean {
  if (structure < validFrom || validTo < structure) return false;
  return mapping === undefined || (mapping.figuresFrom <= figures && figures <= mapping.figuresTo);
}
