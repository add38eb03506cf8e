import {
  divide,
  multiply,
  one,
  parseDecimal,
  type Rational,
  rational,
  scaled,
  zero,
} from '../model/rational.ts';
import type { Flag, Status } from '../model/status.ts';
import type { Kpi, Unit } from '../model/types.ts';
import type { Coverage } from '../query/answer.ts';
import type { MeasureUse } from '../query/bound.ts';
import type { Component } from './components.ts';

/** A measure in one cell, in base units, with why it is or is not a number. */
export interface MeasureResult {
  readonly status: Status;
  readonly value: Rational | null;
  /** What our own parts give, where the source's own total is the value. */
  readonly ours?: Rational;
  readonly flags: readonly Flag[];
  readonly coverage: Coverage;
}

/** Components of one cell; absent where no row of the source falls into it. */
export interface CellComponents {
  readonly parts: Component | undefined;
  readonly total: Component | undefined;
  /** Expected parts; null where nobody has said. */
  readonly expected: number | null;
  /** Expected totals of the source's own, by period and the dimensions that they do not stand over. */
  readonly expectedTotals: number | null;
  /** Source periods that the cell's period is made of. */
  readonly periods: number;
}

/** The one place where a state becomes a figure of a measure, for all routes. */
export function finishMeasure(use: MeasureUse, cell: CellComponents, missing: Kpi['missing']): MeasureResult {
  const coverage = coverageOf(cell.parts, cell.expected);
  if (use.totalAt === null) return finishParts(use, cell.parts, coverage, missing);
  const total = finishTotal(use, cell, coverage, missing);
  if (use.parts === 'count') {
    return cell.total === undefined && standsAlone(cell)
      ? finishParts(use, cell.parts, coverage, missing)
      : total;
  }
  const parts = finishParts(use, cell.parts, coverage, missing);
  if (total.status !== 'ok') return parts;
  return parts.value === null ? total : { ...total, ours: parts.value };
}

/** One row a period of a member that nobody expects: `uoplyst` at any level is itself, and nothing is merged. */
function standsAlone({ parts, expected, periods }: CellComponents): boolean {
  return expected === 0 && parts !== undefined && parts.knownRows <= periods;
}

function finishParts(
  use: MeasureUse,
  parts: Component | undefined,
  coverage: Coverage,
  missing: Kpi['missing'],
): MeasureResult {
  const status = statusOfParts(parts, coverage, missing);
  if (status !== 'ok') return { status, value: null, flags: [], coverage };
  const value = figureOf(use, parts);
  if (value !== null)
    return { status, value: multiply(value, scaleOf(use.measure.unit)), flags: flagsOf(use), coverage };
  return missing.parts === 'as_zero'
    ? { status, value: zero, flags: [], coverage }
    : { status: 'not_delivered', value: null, flags: [], coverage };
}

/** From the unit as declared to base units, as a factor. */
export function scaleOf(unit: Unit): Rational {
  return divide(parseDecimal(unit.numerator), parseDecimal(unit.denominator));
}

/**
 * The source's own total is a figure of its own: it is there for every source period, or it is not given.
 * Where several are added, over ages, they are parts like others.
 */
function finishTotal(
  use: MeasureUse,
  cell: CellComponents,
  coverage: Coverage,
  missing: Kpi['missing'],
): MeasureResult {
  const { total } = cell;
  const refused = (status: Status): MeasureResult => ({ status, value: null, flags: [], coverage });
  if (!total || total.knownRows === 0)
    return refused(total && total.suppressedRows > 0 ? 'suppressed' : 'not_delivered');
  if (total.suppressedRows > 0) return refused('suppressed');
  if (total.periods < cell.periods) return refused('below_coverage');
  if (cell.expectedTotals !== null && total.delivered / cell.expectedTotals < leastShare(missing))
    return refused('below_coverage');
  const value = overPeriods(use, total);
  if (value === null) return refused('not_delivered');
  return {
    status: 'ok',
    value: multiply(value, scaleOf(use.measure.unit)),
    flags: ['source_total'],
    coverage,
  };
}

function coverageOf(component: Component | undefined, expectedParts: number | null): Coverage {
  // Of what nobody expects, nothing can be missing, though the kommuner that sent it are expected elsewhere.
  if (expectedParts === 0) return { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };
  const delivered = component?.delivered ?? 0;
  const suppressed = component?.suppressed ?? 0;
  const notApplicable = component?.notApplicable ?? 0;
  const expected =
    expectedParts === null ? delivered + suppressed : Math.max(0, expectedParts - notApplicable);
  return {
    expected,
    delivered,
    suppressed,
    notApplicable,
    absent: Math.max(0, expected - delivered - suppressed),
  };
}

/** What the parts of a total make of it, by the KPI's rule for missing parts. */
function statusOfParts(
  component: Component | undefined,
  coverage: Coverage,
  missing: Kpi['missing'],
): Status {
  if (missing.parts === 'as_zero') return 'ok';
  if (coverage.expected === 0) return statusOfUnexpected(component, coverage);
  if (coverage.delivered === 0) return coverage.absent > 0 ? 'not_delivered' : 'suppressed';
  return coverage.delivered / coverage.expected >= leastShare(missing) ? 'ok' : 'below_coverage';
}

function leastShare(missing: Kpi['missing']): number {
  switch (missing.parts) {
    case 'require_all':
      return 1;
    case 'skip':
      return missing.coverage;
    case 'as_zero':
      return 0;
  }
}

/** Members that nobody expects, like `uoplyst`: what came is what there is. */
function statusOfUnexpected(component: Component | undefined, coverage: Coverage): Status {
  if (component && component.suppressedRows > 0 && component.knownRows === 0) return 'suppressed';
  if (component && component.knownRows > 0) return 'ok';
  return coverage.notApplicable > 0 || (component && component.notApplicableRows > 0)
    ? 'not_applicable'
    : 'not_delivered';
}

function figureOf(use: MeasureUse, component: Component | undefined): Rational | null {
  if (!component) return null;
  if (use.parts === 'weigh' && use.weight) {
    if (component.weighted === null || component.weight === null || component.weight === 0n) return null;
    const weighted = scaled(component.weighted, use.measure.decimals + use.weight.measure.decimals);
    return divide(weighted, scaled(component.weight, use.weight.measure.decimals));
  }
  return overPeriods(use, component);
}

function overPeriods(use: MeasureUse, component: Component): Rational | null {
  if (component.value === null) return null;
  const value = scaled(component.value, use.measure.decimals);
  const periods = use.measure.overTime === 'mean' ? rational(BigInt(component.periods)) : one;
  return divide(value, periods);
}

/** A weight of another year than the figure's is an assumption, and said to be one. */
function flagsOf(use: MeasureUse): Flag[] {
  if (use.parts !== 'weigh') return [];
  const foreign = use.pairs.some(
    (pair) => pair.weight !== null && pair.weight.slice(0, 4) !== pair.source.slice(0, 4),
  );
  return foreign ? ['imputed', 'weighted'] : ['weighted'];
}
