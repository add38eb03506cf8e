import { assertNever } from '../diagnostics/invariant.ts';
import { aggregates } from '../model/aggregates.ts';
import {
  add,
  divide,
  multiply,
  one,
  parseDecimal,
  type Rational,
  rational,
  scaled,
  subtract,
  zero,
} from '../model/rational.ts';
import type { Flag, Status } from '../model/status.ts';
import type { Kpi, Unit } from '../model/types.ts';
import type { Coverage } from '../query/answer.ts';
import type { MeasureUse } from '../query/bound.ts';
import type { Component, FigureOfRows } from './components.ts';
import type { ExpectedParts } from './expectedParts.ts';
import type { PresentParts } from './presentParts.ts';

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
  /** The figure taken from rows, of measures whose states give none. */
  readonly ofRows: FigureOfRows | undefined;
  /** Expected parts of each source period; null where nobody has said. */
  readonly expected: readonly ExpectedParts[] | null;
  /** Expected totals of the source's own, by period and the dimensions that they do not stand over. */
  readonly expectedTotals: readonly ExpectedParts[] | null;
  /** Who delivered, where silence is zero; null where a part without rows is missing. */
  readonly present: readonly PresentParts[] | null;
  /** Whether what the source has no total of is the unknown member, and nothing else. */
  readonly isUnknownAlone: boolean;
  /** Source periods that anybody came in, where silence is zero. */
  readonly cameIn?: number;
  /** Source periods that the cell's period is made of, and whether the edition holds anything of them. */
  readonly periods: readonly { readonly source: string; readonly held: boolean }[];
}

/** The one place where a state becomes a figure of a measure, for all routes. */
export function finishMeasure(use: MeasureUse, cell: CellComponents, missing: Kpi['missing']): MeasureResult {
  if (isUnlisted(use, cell)) return { status: 'not_applicable', value: null, flags: [], coverage: noParts };
  if (cell.present !== null) return finishPresent(use, cell, cell.present, missing);
  const coverage = coverageOf(cell.parts, cell.expected);
  if (use.totalAt === null) return finishParts(use, cell, coverage, missing);
  const total = finishTotal(use, cell, coverage, missing);
  if (use.parts === 'count') return standsAlone(cell) ? finishParts(use, cell, coverage, missing) : total;
  const parts = finishParts(use, cell, coverage, missing);
  if (total.status !== 'ok') return parts;
  return parts.value === null ? total : { ...total, ours: parts.value };
}

/** A selection says nothing of a year that it has no list for, so no rule makes a number of it. */
const isUnlisted = ({ measure }: MeasureUse, { periods }: CellComponents): boolean =>
  measure.accounts !== undefined && periods.length === 0;

const noParts: Coverage = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };

/** `uoplyst` at any level is itself, and where nothing is merged, parts that do not add are the figure. */
function standsAlone({ parts, total, expected, isUnknownAlone }: CellComponents): boolean {
  if (total !== undefined) return false;
  const single = expected !== null && numberOf(expected) === 0 && parts !== undefined && parts.knownRows <= 1;
  return isUnknownAlone || single;
}

const numberOf = (expected: readonly ExpectedParts[]): number =>
  expected.reduce((sum, { parts }) => sum + parts, 0);

function finishParts(
  use: MeasureUse,
  cell: CellComponents,
  coverage: Coverage,
  missing: Kpi['missing'],
): MeasureResult {
  const status = statusOfParts(cell.parts, coverage, missing);
  if (status !== 'ok') return { status, value: null, flags: [], coverage };
  const value = figureOf(use, cell, missing);
  if (value !== null)
    return {
      status,
      value: multiply(value, scaleOf(use.measure.unit)),
      flags: flagsOf(use, cell.parts),
      coverage,
    };
  if (isUndefined(use, cell.parts)) return { status: 'undefined', value: null, flags: [], coverage };
  if (missing.parts === 'as_zero') return { status, value: zero, flags: [], coverage };
  return { status: 'not_delivered', value: null, flags: [], coverage };
}

/** Parts are known and give no figure: they weigh nothing together, or one row alone has no variance. */
function isUndefined(use: MeasureUse, parts: Component | undefined): boolean {
  if (!parts) return false;
  if (use.parts === 'weigh') return !parts.alone && parts.weight === 0n;
  return aggregates[use.measure.aggregate].finish !== 'state' && parts.knownRows > 0;
}

/** Where silence is zero: a figure wherever enough of those who deliver have come, and none of nothing at all. */
function finishPresent(
  use: MeasureUse,
  cell: CellComponents,
  present: readonly PresentParts[],
  missing: Kpi['missing'],
): MeasureResult {
  const coverage = coverageOfPresent(present);
  const status = statusOfPresent(cell.parts, coverage, missing);
  if (status !== 'ok') return { status, value: null, flags: [], coverage };
  const came = present.filter(
    (each) => each.present > 0 || (each.expected === 0 && isHeld(cell, each)),
  ).length;
  const value = figureOf(use, { ...cell, cameIn: came }, missing);
  if (value !== null)
    return {
      status,
      value: multiply(value, scaleOf(use.measure.unit)),
      flags: flagsOf(use, cell.parts),
      coverage,
    };
  const { ofNothing } = aggregates[use.measure.aggregate];
  const isNothing = cell.parts === undefined || cell.parts.knownRows === 0;
  return ofNothing === 'zero' && isNothing
    ? { status, value: zero, flags: [], coverage }
    : { status: 'undefined', value: null, flags: [], coverage };
}

/** Of a period that the edition holds nothing of, nobody knows that it holds none of what nobody expects. */
const isHeld = ({ periods }: CellComponents, { source }: PresentParts): boolean =>
  periods.some((period) => period.held && period.source === source);

function coverageOfPresent(present: readonly PresentParts[]): Coverage {
  const expected = present.reduce((sum, each) => sum + each.expected, 0);
  const delivered = present.reduce((sum, each) => sum + each.present, 0);
  return { expected, delivered, suppressed: 0, notApplicable: 0, absent: expected - delivered };
}

function statusOfPresent(
  component: Component | undefined,
  coverage: Coverage,
  missing: Kpi['missing'],
): Status {
  const hidden = component !== undefined && component.suppressedRows > 0 && missing.parts === 'require_all';
  if (hidden) return component.knownRows > 0 ? 'below_coverage' : 'suppressed';
  if (missing.parts === 'as_zero') return 'ok';
  if (coverage.expected > 0 && coverage.delivered === 0) return 'not_delivered';
  return isCovered(coverage, missing) ? 'ok' : 'below_coverage';
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
  if (!total) return refused('not_delivered');
  if (total.suppressedRows > 0) return refused('suppressed');
  if (total.knownRows === 0) return refused(total.notApplicableRows > 0 ? 'not_applicable' : 'not_delivered');
  if (total.periods < cell.periods.length) return refused('below_coverage');
  if (!isCovered(coverageOf(total, cell.expectedTotals), missing)) return refused('below_coverage');
  const value = overPeriods(use, total, total.periods);
  if (value === null) return refused('not_delivered');
  return {
    status: 'ok',
    value: multiply(value, scaleOf(use.measure.unit)),
    flags: ['source_total'],
    coverage,
  };
}

function coverageOf(
  component: Component | undefined,
  expectation: readonly ExpectedParts[] | null,
): Coverage {
  const expectedParts = expectation && numberOf(expectation);
  // Of what nobody expects, nothing can be missing, though the kommuner that sent it are expected elsewhere.
  if (expectedParts === 0) return noParts;
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
  const status = statusOfShares(coverage, missing);
  if (status !== 'ok') return status;
  // Nobody expects uoplyst, but where it came and is suppressed, the total is too small without it.
  const hidden = missing.parts === 'require_all' && component !== undefined && component.suppressedRows > 0;
  return hidden ? 'below_coverage' : 'ok';
}

/** What so much known of so much expected makes. */
export function statusOfShares(coverage: Coverage, missing: Kpi['missing']): Status {
  if (coverage.delivered === 0 && missing.parts !== 'as_zero')
    return coverage.absent > 0 ? 'not_delivered' : 'suppressed';
  return isCovered(coverage, missing) ? 'ok' : 'below_coverage';
}

function isCovered({ expected, delivered }: Coverage, missing: Kpi['missing']): boolean {
  return expected === 0 || delivered / expected >= leastShare(missing);
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
  if (component && component.suppressedRows > 0) return 'suppressed';
  if (component && component.knownRows > 0) return 'ok';
  return coverage.notApplicable > 0 || (component && component.notApplicableRows > 0)
    ? 'not_applicable'
    : 'not_delivered';
}

function figureOf(use: MeasureUse, cell: CellComponents, missing: Kpi['missing']): Rational | null {
  const { parts } = cell;
  if (!parts) return null;
  if (use.parts === 'weigh' && use.weight && !parts.alone) {
    if (parts.weighted === null || parts.weight === null || parts.weight === 0n) return null;
    const weighted = scaled(parts.weighted, use.measure.decimals + use.weight.measure.decimals);
    return divide(weighted, scaled(parts.weight * (parts.shares ?? 1n), use.weight.measure.decimals));
  }
  const { finish } = aggregates[use.measure.aggregate];
  switch (finish) {
    case 'state':
      return overPeriods(use, parts, periodsOfMean(parts, cell, missing));
    case 'mean':
      return meanOfRows(use, parts);
    case 'variance':
      return varianceOfRows(use, parts);
    case 'rows':
      return figureOfRows(use, cell, parts, missing);
    default:
      return assertNever(finish);
  }
}

function meanOfRows({ measure }: MeasureUse, { value, knownRows }: Component): Rational | null {
  if (value === null || knownRows === 0) return null;
  return divide(scaled(value, measure.decimals), rational(BigInt(knownRows)));
}

/** Of a sample: (sum of squares - sum x sum / n) / (n - 1). One row alone has none. */
function varianceOfRows({ measure }: MeasureUse, parts: Component): Rational | null {
  const { value, squares, knownRows } = parts;
  if (value === null || squares === null || knownRows < 2) return null;
  const total = scaled(value, measure.decimals);
  const number = rational(BigInt(knownRows));
  const around = subtract(scaled(squares, 2 * measure.decimals), divide(multiply(total, total), number));
  return divide(around, rational(BigInt(knownRows - 1)));
}

function figureOfRows(
  use: MeasureUse,
  cell: CellComponents,
  parts: Component,
  missing: Kpi['missing'],
): Rational | null {
  const { ofRows } = cell;
  const { aggregate, share, decimals } = use.measure;
  if (!ofRows) return null;
  if (aggregate === 'distinct')
    return overPeriods(use, { value: ofRows.value }, periodsOfMean(parts, cell, missing));
  if (share === null) return null;
  const low = scaled(ofRows.value, decimals);
  const high = scaled(ofRows.next ?? ofRows.value, decimals);
  const steps = multiply(parseDecimal(share), rational(BigInt(ofRows.known - 1)));
  return add(low, multiply(fractionOf(steps), subtract(high, low)));
}

/** What a number from zero up has behind its whole. */
function fractionOf(value: Rational): Rational {
  return rational(value.numerator % value.denominator, value.denominator);
}

function overPeriods(
  use: MeasureUse,
  { value, shares }: Pick<Component, 'value' | 'shares'>,
  periods: number,
): Rational | null {
  if (value === null) return null;
  const by = use.measure.overTime === 'mean' ? rational(BigInt(periods)) : one;
  return divide(scaled(value, use.measure.decimals), multiply(by, rational(shares ?? 1n)));
}

/**
 * A mean divides by the periods that were delivered: for what is expected, those with a value; for what
 * nobody expects (`uoplyst`, Christiansø), and where missing counts as zero, all that came, since a period
 * without a row holds none of it. So the means of groups add up to that of all.
 */
function periodsOfMean(parts: Component, cell: CellComponents, missing: Kpi['missing']): number {
  if (cell.cameIn !== undefined) return Math.max(cell.cameIn, parts.periods);
  const held = cell.periods.filter((period) => period.held).length;
  const isExpected = cell.expected === null || numberOf(cell.expected) > 0;
  return missing.parts !== 'as_zero' && isExpected ? parts.periods : Math.max(held, parts.periods);
}

function flagsOf(use: MeasureUse, parts: Component | undefined): Flag[] {
  return [...flagsOfWeights(use, parts), ...flagsOfMapping(parts)];
}

/** A share of a split is an estimate, and what is mapped over a break is not what it was. */
function flagsOfMapping(parts: Component | undefined): Flag[] {
  return [
    ...((parts?.imputedRows ?? 0) > 0 ? (['imputed'] as const) : []),
    ...((parts?.brokenRows ?? 0) > 0 ? (['break'] as const) : []),
  ];
}

/** A weight of another year than the figure's is an assumption, and said to be one. */
function flagsOfWeights(use: MeasureUse, parts: Component | undefined): Flag[] {
  if (use.parts !== 'weigh' || parts?.alone !== false) return [];
  const foreign = use.pairs.some(
    (pair) => pair.weight !== null && pair.weight.slice(0, 4) !== pair.source.slice(0, 4),
  );
  return foreign ? ['imputed', 'weighted'] : ['weighted'];
}
