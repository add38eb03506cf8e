import { add, divide, type Rational, rational, rounded, zero } from '../model/rational.ts';
import { type Flag, type Status, unionOfFlags } from '../model/status.ts';
import type { Kpi } from '../model/types.ts';
import type { Coverage } from '../query/answer.ts';
import { type MeasureResult, statusOfShares } from './finishMeasure.ts';

/** What a formula comes to in one member that a mean is taken over. */
export interface FinishedPart {
  readonly expected: boolean;
  readonly operand: { readonly status: Status; readonly value: Rational | null };
  readonly flags: readonly Flag[];
}

/** A mean of ratios rounds each part before it adds, so that every engine gives the same. */
export const decimalsOfParts = 12;

/**
 * The unweighted mean of the parts that are numbers. Its coverage counts members: those whose formula
 * has no meaning (not applicable, or divided by zero) are not expected, and what is not known is missing.
 */
export function finishMean(parts: readonly FinishedPart[], missing: Kpi['missing']): MeasureResult {
  const values = parts.flatMap(({ operand }) =>
    operand.status === 'ok' && operand.value !== null ? [rounded(operand.value, decimalsOfParts)] : [],
  );
  const coverage = coverageOfParts(parts);
  const flags = unionOfFlags(
    parts.filter(({ operand }) => operand.status === 'ok').map((part) => part.flags),
  );
  const status = statusOf(parts, coverage, values.length, missing);
  if (status !== 'ok') return { status, value: null, flags: [], coverage };
  return {
    status,
    value: divide(values.reduce(add, zero), rational(BigInt(values.length))),
    flags,
    coverage,
  };
}

function coverageOfParts(parts: readonly FinishedPart[]): Coverage {
  const expected = parts.filter((part) => part.expected);
  const count = (...wanted: readonly Status[]) =>
    expected.filter(({ operand }) => wanted.includes(operand.status)).length;
  const notApplicable = count('undefined', 'not_applicable');
  return {
    expected: expected.length - notApplicable,
    delivered: count('ok'),
    suppressed: count('suppressed'),
    notApplicable,
    absent: count('below_coverage', 'not_delivered'),
  };
}

function statusOf(
  parts: readonly FinishedPart[],
  coverage: Coverage,
  numbers: number,
  missing: Kpi['missing'],
): Status {
  const has = (status: Status) => parts.some(({ operand }) => operand.status === status);
  if (coverage.expected > 0) {
    const status = statusOfShares(coverage, missing);
    // As with parts that add: what nobody expects, but came and is hidden, leaves the mean without it.
    const isHidden = status === 'ok' && missing.parts === 'require_all' && has('suppressed');
    return isHidden ? 'below_coverage' : numbers === 0 && status === 'ok' ? 'not_delivered' : status;
  }
  if (numbers > 0) return has('suppressed') ? 'suppressed' : 'ok';
  for (const status of ['suppressed', 'undefined', 'not_applicable'] as const) if (has(status)) return status;
  return 'not_delivered';
}
