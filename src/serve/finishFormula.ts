import { assertNever } from '../diagnostics/invariant.ts';
import type { CallNode, ComparisonNode, FigureCondition, OfEachNode } from '../model/boundExpression.ts';
import { figuresIn } from '../model/measuresOf.ts';
import {
  add,
  compare,
  divide,
  isZero,
  multiply,
  negate,
  parseDecimal,
  type Rational,
  rounded,
  subtract,
  zero,
} from '../model/rational.ts';
import { type Status, worseStatus } from '../model/status.ts';
import type { Kpi } from '../model/types.ts';
import type { MatchedNode, UsedExpression, UsedMeanNode } from '../query/bound.ts';
import { finishMean } from './finishMean.ts';
import type { MeasureResult } from './finishMeasure.ts';

/** The finished measures of one cell. */
export interface Figures {
  readonly of: (use: string) => MeasureResult;
  /** The members that a mean in this cell is taken over. */
  readonly parts: (mean: UsedMeanNode) => readonly MeanPart[];
  /** The figures of each shorter period in the cell's own, in order of time. */
  readonly each: (node: OfEachNode<UsedExpression>) => readonly Figures[];
  /** The period that these are of, where they are of one in the cell's own. */
  readonly period?: string;
  /** The measures of this cell, added up over the parts that are known in all of them. */
  readonly matched: (node: MatchedNode) => Figures;
}

export interface MeanPart {
  /** Code at the level that the mean is taken over. */
  readonly member: string;
  /** Whether a complete delivery holds it. */
  readonly expected: boolean;
  readonly figures: Figures;
}

export interface Operand {
  readonly status: Status;
  readonly value: Rational | null;
}

/** The formula over the figures of one cell, in base units. */
export function finishFormula(
  expression: UsedExpression,
  figures: Figures,
  missing: Kpi['missing'],
): Operand {
  const finish = (operand: UsedExpression) => finishFormula(operand, figures, missing);
  switch (expression.kind) {
    case 'number':
      return { status: 'ok', value: parseDecimal(expression.value) };
    case 'use': {
      const result = figures.of(expression.use);
      return result.status !== 'ok' && missing.operand === 'as_zero' ? { status: 'ok', value: zero } : result;
    }
    case 'mean_over':
      return meanOf(expression, figures, missing);
    case 'of_each':
      return ofEach(expression, figures, missing);
    case 'matched':
      return finishFormula(expression.operand, figures.matched(expression), missing);
    case 'negate': {
      const inner = finish(expression.operand);
      return { status: inner.status, value: inner.value && negate(inner.value) };
    }
    case 'arithmetic':
      return combine(expression.operator, finish(expression.left), finish(expression.right));
    case 'call':
      return call(expression, expression.operands.map(finish));
    case 'if': {
      const { status, holds } = decide(expression.condition, finish);
      if (status !== 'ok') return { status, value: null };
      return finish(holds ? expression.met : expression.otherwise);
    }
    default:
      return assertNever(expression);
  }
}

/** What a formula stands on: the measures, and means as one each. */
export function operandsOf(
  expression: UsedExpression,
  figures: Figures,
  missing: Kpi['missing'],
): readonly MeasureResult[] {
  const operands = (inner: UsedExpression) => operandsOf(inner, figures, missing);
  switch (expression.kind) {
    case 'number':
      return [];
    case 'use':
      return [figures.of(expression.use)];
    case 'mean_over':
      return [meanOf(expression, figures, missing)];
    case 'of_each':
      return [ofEach(expression, figures, missing)];
    case 'matched':
      return operandsOf(expression.operand, figures.matched(expression), missing);
    case 'negate':
      return operands(expression.operand);
    case 'arithmetic':
      return [...operands(expression.left), ...operands(expression.right)];
    case 'call':
      return expression.operands.flatMap(operands);
    case 'if':
      return [...figuresIn(expression.condition), expression.met, expression.otherwise].flatMap(operands);
    default:
      return assertNever(expression);
  }
}

/** Nobody has said which days there must be: those that have a figure are what it is made of. */
function ofEach(node: OfEachNode<UsedExpression>, figures: Figures, missing: Kpi['missing']): MeasureResult {
  const parts = figures.each(node).map((each) => ({
    expected: false,
    operand: finishFormula(node.operand, each, missing),
    flags: operandsOf(node.operand, each, missing).flatMap(({ flags }) => flags),
  }));
  if (node.pick === 'mean') return finishMean(parts, missing);
  const picked = parts
    .filter(({ operand }) => operand.status !== 'not_delivered')
    .at(node.pick === 'first' ? 0 : -1);
  return finishMean(picked ? [picked] : [], missing);
}

function meanOf(mean: UsedMeanNode, figures: Figures, missing: Kpi['missing']): MeasureResult {
  const parts = figures.parts(mean).map((part) => ({
    expected: part.expected,
    operand: finishFormula(mean.operand, part.figures, missing),
    flags: operandsOf(mean.operand, part.figures, missing).flatMap(({ flags }) => flags),
  }));
  return finishMean(parts, missing);
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

/** What is suppressed, undefined or covered too little is somebody's figure, and not 0. */
const noneOfIt: readonly Status[] = ['not_delivered', 'not_applicable'];

function call({ name, decimals }: CallNode<UsedExpression>, operands: readonly Operand[]): Operand {
  const status = operands.map((operand) => operand.status).reduce(worseStatus, 'ok');
  if (name === 'or_zero' && noneOfIt.includes(status)) return { status: 'ok', value: zero };
  const values = operands.flatMap(({ value }) => value ?? []);
  const [first, ...rest] = values;
  if (status !== 'ok' || first === undefined || values.length < operands.length)
    return { status, value: null };
  switch (name) {
    case 'min':
      return {
        status,
        value: rest.reduce((least, next) => (compare(next, least) < 0 ? next : least), first),
      };
    case 'max':
      return { status, value: rest.reduce((most, next) => (compare(next, most) > 0 ? next : most), first) };
    case 'or_zero':
      return { status, value: first };
    case 'abs':
      return { status, value: first.numerator < 0n ? negate(first) : first };
    case 'round':
      return { status, value: rounded(first, decimals) };
    default:
      return assertNever(name);
  }
}

interface Decision {
  readonly status: Status;
  readonly holds: boolean;
}

/** Every figure of a condition must be there, or nobody knows which way it goes. */
function decide(
  condition: FigureCondition<UsedExpression>,
  finish: (expression: UsedExpression) => Operand,
): Decision {
  switch (condition.kind) {
    case 'comparison': {
      const [left, right] = [finish(condition.left), finish(condition.right)];
      const status = worseStatus(left.status, right.status);
      if (status !== 'ok' || left.value === null || right.value === null) return { status, holds: false };
      return { status, holds: holds(condition.operator, compare(left.value, right.value)) };
    }
    case 'logic': {
      const [left, right] = [decide(condition.left, finish), decide(condition.right, finish)];
      const both = condition.operator === 'and' ? left.holds && right.holds : left.holds || right.holds;
      return { status: worseStatus(left.status, right.status), holds: both };
    }
    case 'not': {
      const inner = decide(condition.operand, finish);
      return { ...inner, holds: !inner.holds };
    }
    default:
      return assertNever(condition);
  }
}

function holds(operator: ComparisonNode<never>['operator'], order: number): boolean {
  return {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }[operator];
}
