import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { parsePeriod } from '../model/periods.ts';
import {
  add,
  divide,
  isZero,
  multiply,
  negate,
  parseDecimal,
  type Rational,
  subtract,
  zero,
} from '../model/rational.ts';
import { type Flag, type Status, unionOfFlags, worseStatus } from '../model/status.ts';
import type { BoundExpression, Kpi } from '../model/types.ts';
import type { Cell, Coverage } from '../query/answer.ts';
import type { BoundColumn, OutPeriod } from '../query/bound.ts';
import { type MeasureResult, scaleOf } from './finishMeasure.ts';

interface Operand {
  readonly status: Status;
  readonly value: Rational | null;
}

/** One cell of the answer: the formula over finished measures, divided here and nowhere else. */
export function finishColumn(
  column: BoundColumn,
  results: ReadonlyMap<string, MeasureResult>,
  period: OutPeriod,
  synthetic: boolean,
): Cell {
  const used = column.measures.flatMap((id) => results.get(id) ?? []);
  const coverage = leastCoverage(used);
  const extra: Flag[] = [
    ...(synthetic ? (['synthetic'] as const) : []),
    ...(breaksIn(column.kpi, period) ? (['break'] as const) : []),
  ];
  const flags = unionOfFlags([...used.map((result) => result.flags), extra]);
  // A KPI holds from a day to a day; a measure is what its source says, whenever it says it.
  if (column.kind === 'kpi' && !isValid(column.kpi, period))
    return { status: 'not_applicable', value: null, flags, coverage };
  const { status, value } = evaluate(column.expression, results, column.kpi.missing.operand);
  if (status !== 'ok' || value === null) return { status, value: null, flags, coverage };
  const scale = scaleOf(column.unit);
  const ours = oursOf(column, results);
  return {
    status,
    value: divide(value, scale),
    ...(ours ? { ours: divide(ours, scale) } : {}),
    flags,
    coverage,
  };
}

/** The formula over our own parts, where some operand shows the source's own total in their place. */
function oursOf(column: BoundColumn, results: ReadonlyMap<string, MeasureResult>): Rational | null {
  if (![...results.values()].some(({ ours }) => ours !== undefined)) return null;
  const parts = new Map(
    [...results].map(([id, result]) => [id, { ...result, value: result.ours ?? result.value }]),
  );
  return evaluate(column.expression, parts, column.kpi.missing.operand).value;
}

function evaluate(
  expression: BoundExpression,
  results: ReadonlyMap<string, MeasureResult>,
  operand: Kpi['missing']['operand'],
): Operand {
  switch (expression.kind) {
    case 'number':
      return { status: 'ok', value: parseDecimal(expression.value) };
    case 'measure': {
      const result = results.get(expression.measure);
      invariant(result, `measure ${expression.measure} is finished`);
      return result.status !== 'ok' && operand === 'as_zero' ? { status: 'ok', value: zero } : result;
    }
    case 'negate': {
      const inner = evaluate(expression.operand, results, operand);
      return { status: inner.status, value: inner.value && negate(inner.value) };
    }
    case 'arithmetic':
      return combine(
        expression.operator,
        evaluate(expression.left, results, operand),
        evaluate(expression.right, results, operand),
      );
    default:
      return assertNever(expression);
  }
}

function combine(operator: '+' | '-' | '*' | '/', left: Operand, right: Operand): Operand {
  const status = worseStatus(left.status, right.status);
  if (status !== 'ok' || left.value === null || right.value === null) return { status, value: null };
  switch (operator) {
    case '+':
      return { status, value: add(left.value, right.value) };
    case '-':
      return { status, value: subtract(left.value, right.value) };
    case '*':
      return { status, value: multiply(left.value, right.value) };
    case '/':
      return isZero(right.value)
        ? { status: 'undefined', value: null }
        : { status, value: divide(left.value, right.value) };
    default:
      return assertNever(operator);
  }
}

/** The operand that is least covered says how far the figure can be trusted. */
function leastCoverage(results: readonly MeasureResult[]): Coverage {
  const share = ({ coverage }: MeasureResult) =>
    coverage.expected === 0 ? 1 : coverage.delivered / coverage.expected;
  const [first, ...rest] = results;
  invariant(first, 'a column has a measure');
  return rest.reduce((least, next) => (share(next) < share(least) ? next : least), first).coverage;
}

function isValid(kpi: Kpi, period: OutPeriod): boolean {
  const from = parsePeriod(kpi.validFrom);
  const to = kpi.validTo === null ? null : parsePeriod(kpi.validTo);
  return (!from || period.lastDay >= from.firstDay) && (!to || period.firstDay <= to.lastDay);
}

/** The first period after a break is marked; so is a longer one that the break falls into. */
function breaksIn(kpi: Kpi, period: OutPeriod): boolean {
  return kpi.breaks.some(({ from }) => {
    const first = parsePeriod(from);
    return first !== null && period.firstDay <= first.firstDay && first.firstDay <= period.lastDay;
  });
}
