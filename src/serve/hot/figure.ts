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
  for (const place of order) {
    const out = Math.floor(place / members);
    if (measure.accounts !== undefined && expected.periods[out] === 0) {
      status[place] = codeOf.not_applicable;
      continue;
    }
    const own = placeOf(added, expected, place);
    const found = expected.isPresence ? presence(own, rule) : parts(own, rule);
    coverage.expected[place] = found.expected;
    coverage.delivered[place] = found.delivered;
    status[place] = found.status;
    if (found.status !== 0) continue;
    if (own.known === 0) {
      status[place] = ofNothing(expected.isPresence, isMean, rule);
      numerator[place] = 0;
    } else if (typeof denominator !== 'number') {
      denominator[place] = isMean ? own.known : periodsOfMean(own, expected, out, rule);
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

/** One place of the columns. */
interface Own {
  readonly known: number;
  readonly suppressedRows: number;
  readonly notApplicableRows: number;
  readonly periods: number;
  readonly delivered: number;
  readonly suppressed: number;
  readonly notApplicable: number;
  readonly parts: number;
  readonly present: number;
  readonly came: number;
}

const placeOf = (added: AddedColumns, expected: ExpectedColumns, place: number): Own => ({
  known: added.known[place] ?? 0,
  suppressedRows: added.suppressedRows[place] ?? 0,
  notApplicableRows: added.notApplicableRows[place] ?? 0,
  periods: added.periods[place] ?? 0,
  delivered: added.delivered[place] ?? 0,
  suppressed: added.suppressed[place] ?? 0,
  notApplicable: added.notApplicable[place] ?? 0,
  parts: expected.parts[place] ?? 0,
  present: expected.present[place] ?? 0,
  came: expected.came[place] ?? 0,
});

interface Known {
  readonly status: number;
  readonly expected: number;
  readonly delivered: number;
}

/** Where silence is zero. */
function presence(own: Own, { least, parts: rule }: Rule): Known {
  const covered = { expected: own.parts, delivered: own.present };
  const statusIs = (status: number): Known => ({ ...covered, status });
  if (own.suppressedRows > 0 && rule === 'require_all')
    return statusIs(own.known > 0 ? codeOf.below_coverage : codeOf.suppressed);
  if (rule === 'as_zero') return statusIs(0);
  if (own.parts > 0 && own.present === 0) return statusIs(codeOf.not_delivered);
  return statusIs(isCovered(own.parts, own.present, least) ? 0 : codeOf.below_coverage);
}

const isCovered = (expected: number, delivered: number, least: number): boolean =>
  expected === 0 || delivered / expected >= least;

/** Where rows say what is known. */
function parts(own: Own, { least, parts: rule }: Rule): Known {
  // Of what nobody expects, nothing can be missing.
  const isNone = own.parts === 0;
  const delivered = isNone ? 0 : own.delivered;
  const suppressed = isNone ? 0 : own.suppressed;
  const notApplicable = isNone ? 0 : own.notApplicable;
  const expected = isNone
    ? 0
    : own.parts < 0
      ? delivered + suppressed
      : Math.max(0, own.parts - notApplicable);
  const statusIs = (status: number): Known => ({ status, expected, delivered });
  if (rule === 'as_zero') return statusIs(0);
  if (expected === 0) {
    if (own.suppressedRows > 0) return statusIs(codeOf.suppressed);
    if (own.known > 0) return statusIs(0);
    const isNot = notApplicable > 0 || own.notApplicableRows > 0;
    return statusIs(isNot ? codeOf.not_applicable : codeOf.not_delivered);
  }
  if (delivered === 0) {
    const absent = Math.max(0, expected - delivered - suppressed);
    return statusIs(absent > 0 ? codeOf.not_delivered : codeOf.suppressed);
  }
  if (!isCovered(expected, delivered, least)) return statusIs(codeOf.below_coverage);
  return statusIs(rule === 'require_all' && own.suppressedRows > 0 ? codeOf.below_coverage : 0);
}

/** What no value at all comes to, where coverage lets it be a figure. */
function ofNothing(isPresence: boolean, isMean: boolean, { parts: rule }: Rule): number {
  if (isPresence) return isMean ? codeOf.undefined : 0;
  return rule === 'as_zero' ? 0 : codeOf.not_delivered;
}

function periodsOfMean(own: Own, expected: ExpectedColumns, out: number, { parts: rule }: Rule): number {
  if (expected.isPresence) return Math.max(own.came, own.periods);
  const isExpected = own.parts !== 0;
  return rule !== 'as_zero' && isExpected ? own.periods : Math.max(expected.held[out] ?? 0, own.periods);
}
