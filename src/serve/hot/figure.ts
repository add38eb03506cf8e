import { aggregates } from '../../model/aggregates.ts';
import { divide, multiply, one, rational } from '../../model/rational.ts';
import type { Kpi } from '../../model/types.ts';
import type { MeasureUse } from '../../query/bound.ts';
import { scaleOf } from '../finishMeasure.ts';
import type { AddedColumns } from './add.ts';
import type { UseColumns } from './formula.ts';
import type { HotPlan } from './plan.ts';
import type { ExpectedColumns } from './slice.ts';
import { codeOf } from './statusCode.ts';

/** A measure in every place, finished, with its coverage. */
export interface FinishedUse extends UseColumns {
  readonly coverage: CoverageColumns;
}

export interface CoverageColumns {
  readonly expected: Int32Array;
  readonly delivered: Int32Array;
}

/**
 * What `finishMeasure` does with one cell, for all places at once and without a fraction in between. The two are
 * held against each other by random questions.
 */
export function finishUse(
  plan: HotPlan,
  order: Int32Array,
  use: MeasureUse,
  added: AddedColumns,
  expected: ExpectedColumns,
  missing: Kpi['missing'],
): FinishedUse {
  const members = plan.places / Math.max(1, plan.outs.length);
  const status = new Uint8Array(plan.places);
  const coverage = { expected: new Int32Array(plan.places), delivered: new Int32Array(plan.places) };
  const { measure } = use;
  const isMean = aggregates[measure.aggregate].finish === 'mean';
  const byPeriods = !isMean && measure.overTime === 'mean';
  const numerator = added.value;
  const denominator = isMean || byPeriods ? new Float64Array(plan.places).fill(1) : 1;
  const least = { require_all: 1, skip: missing.parts === 'skip' ? missing.coverage : 1, as_zero: 0 }[
    missing.parts
  ];
  const rule: Rule = { least, parts: missing.parts };
  // Columns are read and written one by one: an object for each place would cost more than the figure.
  const { known, suppressedRows } = added;
  const own: Own = { expected: 0, delivered: 0 };
  for (const place of order) {
    const out = Math.floor(place / members);
    if (measure.accounts !== undefined && expected.periods[out] === 0) {
      status[place] = codeOf.not_applicable;
      continue;
    }
    const found = expected.isPresence
      ? presence(own, known[place] ?? 0, suppressedRows[place] ?? 0, expected, place, rule)
      : parts(own, added, expected.parts[place] ?? 0, place, rule);
    coverage.expected[place] = own.expected;
    coverage.delivered[place] = own.delivered;
    status[place] = found;
    if (found !== 0) continue;
    const rows = known[place] ?? 0;
    if (rows === 0) {
      status[place] = ofNothing(expected.isPresence, isMean, rule);
      numerator[place] = 0;
    } else if (typeof denominator !== 'number') {
      denominator[place] = isMean
        ? rows
        : periodsOfMean(added.periods[place] ?? 0, expected, place, out, rule);
    }
  }
  return { status, numerator, denominator, scale: scaleOfUse(use), coverage };
}

/** From the stored whole number to base units. */
function scaleOfUse({ measure }: MeasureUse) {
  return multiply(divide(one, rational(10n ** BigInt(measure.decimals))), scaleOf(measure.unit));
}

interface Rule {
  readonly least: number;
  readonly parts: Kpi['missing']['parts'];
}

/** Coverage of one place, written anew for each. */
interface Own {
  expected: number;
  delivered: number;
}

/** Where silence is zero: the status of a place. */
function presence(
  own: Own,
  known: number,
  suppressedRows: number,
  { parts: all, present }: ExpectedColumns,
  place: number,
  { least, parts: rule }: Rule,
): number {
  own.expected = all[place] ?? 0;
  own.delivered = present[place] ?? 0;
  if (suppressedRows > 0 && rule === 'require_all')
    return known > 0 ? codeOf.below_coverage : codeOf.suppressed;
  if (rule === 'as_zero') return 0;
  if (own.expected > 0 && own.delivered === 0) return codeOf.not_delivered;
  return isCovered(own, least) ? 0 : codeOf.below_coverage;
}

const isCovered = ({ expected, delivered }: Own, least: number): boolean =>
  expected === 0 || delivered / expected >= least;

/** Where rows say what is known: the status of a place. */
function parts(
  own: Own,
  added: AddedColumns,
  all: number,
  place: number,
  { least, parts: rule }: Rule,
): number {
  const [known, suppressedRows] = [added.known[place] ?? 0, added.suppressedRows[place] ?? 0];
  // Of what nobody expects, nothing can be missing.
  const isNone = all === 0;
  const suppressed = isNone ? 0 : (added.suppressed[place] ?? 0);
  const notApplicable = isNone ? 0 : (added.notApplicable[place] ?? 0);
  own.delivered = isNone ? 0 : (added.delivered[place] ?? 0);
  own.expected = isNone ? 0 : all < 0 ? own.delivered + suppressed : Math.max(0, all - notApplicable);
  if (rule === 'as_zero') return 0;
  if (own.expected === 0) {
    if (suppressedRows > 0) return codeOf.suppressed;
    if (known > 0) return 0;
    const isNot = notApplicable > 0 || (added.notApplicableRows[place] ?? 0) > 0;
    return isNot ? codeOf.not_applicable : codeOf.not_delivered;
  }
  if (own.delivered === 0) return own.expected - suppressed > 0 ? codeOf.not_delivered : codeOf.suppressed;
  if (!isCovered(own, least)) return codeOf.below_coverage;
  return rule === 'require_all' && suppressedRows > 0 ? codeOf.below_coverage : 0;
}

/** What no value at all comes to, where coverage lets it be a figure. */
function ofNothing(isPresence: boolean, isMean: boolean, { parts: rule }: Rule): number {
  if (isPresence) return isMean ? codeOf.undefined : 0;
  return rule === 'as_zero' ? 0 : codeOf.not_delivered;
}

function periodsOfMean(
  periods: number,
  expected: ExpectedColumns,
  place: number,
  out: number,
  { parts: rule }: Rule,
): number {
  if (expected.isPresence) return Math.max(expected.came[place] ?? 0, periods);
  const isExpected = expected.parts[place] !== 0;
  return rule !== 'as_zero' && isExpected ? periods : Math.max(expected.held[out] ?? 0, periods);
}
