import { dateOf, parsePeriod } from '../model/periods.ts';
import type { StructureRow } from '../model/structure.ts';
import type { Measure, SemanticModel, Source } from '../model/types.ts';
import type { PeriodPair } from './bound.ts';

/** The day whose structure counts, and the day that the figures are of. */
export interface Days {
  readonly structure: string;
  readonly figures: string;
}

/** The day that a source's figures of a period are of: its last, or the first where they are counted then. */
export function figureDate(
  source: Pick<Source, 'frequency' | 'countedOn'> | undefined,
  code: string,
): string {
  const period = parsePeriod(code);
  if (!period) return code;
  return dateOf(isCountedFirst(source) ? period.firstDay : period.lastDay);
}

export const isCountedFirst = (source: Pick<Source, 'frequency' | 'countedOn'> | undefined): boolean =>
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
