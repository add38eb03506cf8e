import { assertNever } from '../diagnostics/invariant.ts';
import type { FactMeasure } from '../plan/plan.ts';
import { mergeOf } from './parts.ts';

/** Components of a measure in one cell, of one source period or of several; null where nothing is known. */
export interface MeasureCell {
  /** Codes at the asked levels, in the order of the fact. */
  readonly members: readonly string[];
  value: bigint | null;
  squares: bigint | null;
  /** Sum of value x weight, and of the weights, of the parts that are known whole. */
  weighted: bigint | null;
  weight: bigint | null;
  /** Source periods in which one finest member alone had anything. */
  alone: number;
  /** Source periods with a value. */
  periods: number;
  /** Expected parts. */
  delivered: number;
  suppressed: number;
  notApplicable: number;
  /** Rows. */
  known: number;
  suppressedRows: number;
  notApplicableRows: number;
  imputed: number;
  broken: number;
}

/** Adds a source period to what came before it; periods come in the order of time. */
export function addPeriod(before: MeasureCell, period: MeasureCell, measure: FactMeasure): void {
  before.value = valueOverTime(before.value, period.value, measure);
  before.squares = sumOf(before.squares, period.squares);
  before.weighted = sumOf(before.weighted, period.weighted);
  before.weight = sumOf(before.weight, period.weight);
  before.alone += period.alone;
  before.periods += period.periods;
  before.delivered += period.delivered;
  before.suppressed += period.suppressed;
  before.notApplicable += period.notApplicable;
  before.known += period.known;
  before.suppressedRows += period.suppressedRows;
  before.notApplicableRows += period.notApplicableRows;
  before.imputed += period.imputed;
  before.broken += period.broken;
}

/** A mean's sum is divided by its periods when it is finished. */
function valueOverTime(before: bigint | null, next: bigint | null, measure: FactMeasure): bigint | null {
  if (before === null || next === null) return before ?? next;
  switch (measure.overTime) {
    case 'sum':
    case 'none':
    case 'pooled':
      return mergeOf(measure.merge, before, next);
    case 'mean':
      return before + next;
    case 'last':
    case 'last_held':
      return next;
    case 'first':
    case 'first_held':
      return before;
    default:
      return assertNever(measure.overTime);
  }
}

const sumOf = (a: bigint | null, b: bigint | null): bigint | null =>
  a === null || b === null ? (a ?? b) : a + b;
