import { aggregates } from '../model/aggregates.ts';
import { add, compare, type Rational } from '../model/rational.ts';
import { unionOfFlags } from '../model/status.ts';
import type { Kpi } from '../model/types.ts';
import type { Coverage } from '../query/answer.ts';
import type { MeasureUse } from '../query/bound.ts';
import { type CellComponents, type MeasureResult, statusOfShares } from './finishMeasure.ts';

/** One part of a cell, with every operand of a formula in it. */
export interface MatchedPart {
  readonly expected: boolean;
  readonly operands: ReadonlyMap<string, { readonly result: MeasureResult; readonly isWhole: boolean }>;
}

/**
 * Whether all that the edition could hold of a part is known: a period that it holds nothing of is missing everywhere.
 * Where rows of the part can lie with any deliverer no part is ever known for sure, and the KPI's own rule says how
 * many of them are enough.
 */
export function isWhole(
  { status, coverage }: MeasureResult,
  cell: CellComponents,
  missing: Kpi['missing'],
): boolean {
  if (status !== 'ok' || coverage.suppressed > 0) return false;
  if (cell.present?.some(({ isOfAll }) => isOfAll)) return statusOfShares(coverage, missing) === 'ok';
  const held = new Set(cell.periods.flatMap((period) => (period.held ? [period.source] : [])));
  const counts = cell.present ?? cell.expected;
  if (counts === null) return true;
  const expected = counts
    .filter(({ source }) => held.has(source))
    .reduce((sum, each) => sum + ('parts' in each ? each.parts : each.expected), 0);
  return coverage.delivered >= expected - coverage.notApplicable;
}

/**
 * One operand over the parts that are known in all operands. What is left out of one is left out of all, and is
 * missing in the coverage of each; a part that some operand does not apply to is expected of none.
 */
export function finishMatched(
  use: MeasureUse,
  parts: readonly MatchedPart[],
  missing: Kpi['missing'],
): MeasureResult {
  const applying = parts.filter(
    ({ operands }) => ![...operands.values()].some(({ result }) => result.status === 'not_applicable'),
  );
  const kept = applying.filter(isKept);
  const own = (part: MatchedPart) => part.operands.get(use.id)?.result;
  const coverage = applying.map((part) => shown(own(part), isKept(part))).reduce(plus, none);
  const results = kept.flatMap((part) => own(part) ?? []);
  const values = results.flatMap(({ value }) => value ?? []);
  const status =
    coverage.expected > 0 ? statusOfShares(coverage, missing) : values.length > 0 ? 'ok' : 'not_delivered';
  if (status !== 'ok' || values.length === 0)
    return { status: status === 'ok' ? 'not_delivered' : status, value: null, flags: [], coverage };
  return {
    status,
    value: mergeOf(use, values),
    flags: unionOfFlags(results.map(({ flags }) => flags)),
    coverage,
  };
}

/** Of what nobody expects, what came is what there is, unless something of it is hidden. */
function isKept({ expected, operands }: MatchedPart): boolean {
  const all = [...operands.values()];
  return expected
    ? all.every(({ isWhole: whole }) => whole)
    : all.every(({ result }) => result.status === 'ok' || result.status === 'not_delivered');
}

const none: Coverage = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };

/** Coverage of a part, which is missing as a whole where it is left out. */
function shown(result: MeasureResult | undefined, isIn: boolean): Coverage {
  if (!result) return none;
  const { coverage } = result;
  return isIn ? coverage : { ...coverage, delivered: 0, absent: coverage.expected - coverage.suppressed };
}

const plus = (a: Coverage, b: Coverage): Coverage => ({
  expected: a.expected + b.expected,
  delivered: a.delivered + b.delivered,
  suppressed: a.suppressed + b.suppressed,
  notApplicable: a.notApplicable + b.notApplicable,
  absent: a.absent + b.absent,
});

function mergeOf({ measure }: MeasureUse, values: readonly Rational[]): Rational {
  switch (aggregates[measure.aggregate].merge) {
    case 'sum':
      return values.reduce(add);
    case 'min':
      return values.reduce((a, b) => (compare(a, b) <= 0 ? a : b));
    case 'max':
      return values.reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  }
}
