import { assertNever } from '../../diagnostics/invariant.ts';
import type { FigureCondition } from '../../model/boundExpression.ts';
import { type Rational, rounded } from '../../model/rational.ts';
import type { Status } from '../../model/status.ts';
import type { Kpi } from '../../model/types.ts';
import type { UsedExpression } from '../../query/bound.ts';
import { type Figures, finishFormula } from '../finishFormula.ts';
import { decimalsOfParts } from '../finishMean.ts';

/**
 * A formula with its numbers: what each part of it came to, in base units. The value of a node is what its operator
 * makes of the values of `inputs`, exactly, so that anybody can work it out again.
 */
export interface Worked {
  readonly operator: WorkedOperator;
  /** Decimals of `round`, and of the parts of a mean. */
  readonly decimals: number | null;
  /** The measure, as `ExplainedComponent.measure` names it; of `figure` alone. */
  readonly figure: string | null;
  /** The number as it is written; of `number` alone. */
  readonly number: string | null;
  /** The kommune, or the month, that this part of a mean is of. */
  readonly member: string | null;
  readonly status: Status;
  readonly value: Rational | null;
  /** Of `if`, the branch that was taken, after the figures that its condition compares. */
  readonly inputs: readonly Worked[];
}

/**
 * `figure` is a measure; `number` is written in the formula; `mean` is the unweighted mean of those inputs that are
 * numbers, each rounded before; `first` and `last` are the one of its inputs that is; `same_parts` is a formula whose
 * figures are added up over the parts that are known in all of them; `if` is the last of its inputs.
 */
export type WorkedOperator =
  | 'figure'
  | 'number'
  | 'negate'
  | '+'
  | '-'
  | '*'
  | '/'
  | 'min'
  | 'max'
  | 'abs'
  | 'round'
  | 'or_zero'
  | 'if'
  | 'mean'
  | 'first'
  | 'last'
  | 'same_parts';

/** Every part of a formula worked out by the one function that finishes figures; nothing is computed here. */
export function workOut(
  expression: UsedExpression,
  figures: Figures,
  missing: Kpi['missing'],
  member: string | null = null,
): Worked {
  const { status, value } = finishFormula(expression, figures, missing);
  const input = (operand: UsedExpression) => workOut(operand, figures, missing);
  const node = (operator: WorkedOperator, inputs: readonly Worked[], more: Partial<Worked> = {}): Worked => ({
    operator,
    decimals: null,
    figure: null,
    number: null,
    member,
    status,
    value,
    inputs,
    ...more,
  });
  switch (expression.kind) {
    case 'number':
      return node('number', [], { number: expression.value });
    case 'use':
      return node('figure', [], { figure: expression.use });
    case 'negate':
      return node('negate', [input(expression.operand)]);
    case 'arithmetic':
      return node(expression.operator, [input(expression.left), input(expression.right)]);
    case 'call':
      return node(expression.name, expression.operands.map(input), {
        decimals: expression.name === 'round' ? expression.decimals : null,
      });
    case 'if': {
      const compared = comparedIn(expression.condition).map(input);
      const taken = takenBranch(expression, figures, missing);
      return node('if', [...compared, ...(taken ? [input(taken)] : [])]);
    }
    case 'mean_over': {
      const parts = figures
        .parts(expression)
        .map((part) => roundedPart(workOut(expression.operand, part.figures, missing, part.member)));
      return node('mean', parts, { decimals: decimalsOfParts });
    }
    case 'of_each': {
      const parts = figures
        .each(expression)
        .map((each) => roundedPart(workOut(expression.operand, each, missing, each.period ?? null)));
      return node(expression.pick, parts, { decimals: decimalsOfParts });
    }
    case 'matched':
      return node('same_parts', [workOut(expression.operand, figures.matched(expression), missing)]);
    default:
      return assertNever(expression);
  }
}

/** A part of a mean is rounded before it is added, and that is what it goes in with. */
function roundedPart(worked: Worked): Worked {
  if (worked.value === null) return worked;
  const value = rounded(worked.value, decimalsOfParts);
  if (value.numerator === worked.value.numerator && value.denominator === worked.value.denominator)
    return worked;
  return {
    ...worked,
    operator: 'round',
    decimals: decimalsOfParts,
    value,
    inputs: [{ ...worked, member: null }],
  };
}

function comparedIn(condition: FigureCondition<UsedExpression>): readonly UsedExpression[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.left, condition.right];
    case 'logic':
      return [...comparedIn(condition.left), ...comparedIn(condition.right)];
    case 'not':
      return comparedIn(condition.operand);
    default:
      return assertNever(condition);
  }
}

/** The branch that finishing took, told by asking it with a number in the place of each. */
function takenBranch(
  expression: Extract<UsedExpression, { kind: 'if' }>,
  figures: Figures,
  missing: Kpi['missing'],
): UsedExpression | null {
  const asked: UsedExpression = {
    ...expression,
    met: { kind: 'number', value: '1' },
    otherwise: { kind: 'number', value: '0' },
  };
  const { status, value } = finishFormula(asked, figures, missing);
  if (status !== 'ok' || value === null) return null;
  return value.numerator === 1n ? expression.met : expression.otherwise;
}

/** All parts of a worked formula, inner ones first. */
export const partsOfWorked = (worked: Worked): readonly Worked[] => [
  ...worked.inputs.flatMap(partsOfWorked),
  worked,
];
