import { assertNever } from '../diagnostics/invariant.ts';
import type { BoundExpression, FigureCondition, Window } from '../model/boundExpression.ts';
import { figuresIn, measuresOf } from '../model/measuresOf.ts';
import { levelOfFrequency, type TimeLevel, timeLevels } from '../model/periods.ts';
import type { SemanticModel } from '../model/types.ts';
import { isAmount } from '../model/units.ts';
import { windowText } from '../model/windows.ts';
import type { MemberLevel, UsedExpression, UseSpec, UseStep } from './bound.ts';

type Measured = Pick<SemanticModel, 'measures' | 'sources'>;

export interface UsedFormula {
  readonly expression: UsedExpression;
  readonly uses: readonly UseSpec[];
}

/** A formula over measures to one over uses: what is said of periods, levels and filters goes into these. */
export function useFormula(
  model: Measured,
  expression: BoundExpression,
  matched: readonly MemberLevel[] = [],
): UsedFormula {
  const start = matched.map(({ name, dimension }): UseStep => ({ kind: 'add', level: name, dimension }));
  const leaves: { readonly measure: string; readonly steps: readonly UseStep[] }[] = [];
  collect(model, expression, start, leaves);
  const beside = sourcesBeside(model, leaves);
  const specOf = (measure: string, steps: readonly UseStep[]): UseSpec => {
    const own = steps.some(({ kind }) => kind === 'window') ? beside : [];
    return { id: idOf(measure, steps, own), measure, steps, beside: own };
  };
  const uses = new Map<string, UseSpec>();
  for (const { measure, steps } of leaves) {
    const spec = specOf(measure, steps);
    uses.set(spec.id, spec);
  }
  const operand = rewrite(model, expression, start, (measure, steps) => specOf(measure, steps).id);
  return {
    expression:
      matched.length === 0 ? operand : { kind: 'matched', levels: matched, uses: [...uses.keys()], operand },
    uses: [...uses.values()],
  };
}

function idOf(measure: string, steps: readonly UseStep[], beside: readonly string[]): string {
  const texts = [...steps.map(stepText), ...(beside.length > 0 ? [`beside ${beside.join(' ')}`] : [])];
  return texts.length === 0 ? measure : `${measure} (${texts.join('; ')})`;
}

export function stepText(step: UseStep): string {
  switch (step.kind) {
    case 'window':
      return (step.window.kind === 'lag' || step.window.kind === 'rolling') && step.window.level === null
        ? `${windowText(step.window)} ${step.step}`
        : windowText(step.window);
    case 'prices':
      return pricesText(step);
    case 'drop':
      return `total ${step.dimensions.join(' ')}`;
    case 'add':
      return `each ${step.level}`;
    case 'each':
      return `by ${step.level}`;
    default:
      return assertNever(step);
  }
}

/** `in prices of 2025 by pl 2025-06, service`. */
export function pricesText({ year, prices }: Extract<UseStep, { kind: 'prices' }>): string {
  return `in prices of ${year} by ${prices.index} ${prices.edition}, ${prices.type}`;
}

/** Only amounts have prices: persons are the same in every year. */
function stepsOf({ measures }: Measured, id: string, steps: readonly UseStep[]): readonly UseStep[] {
  const measure = measures[id];
  return measure && isAmount(measure.unit) ? steps : steps.filter(({ kind }) => kind !== 'prices');
}

/** Whether a step takes the figure to another time, beside making its period longer. */
export function isShift({ kind }: Window): boolean {
  return kind === 'lag' || kind === 'same_period_last_year' || kind === 'at';
}

/** Sources of the leaves that say something of the asked period itself. */
function sourcesBeside(
  model: Measured,
  leaves: readonly { readonly measure: string; readonly steps: readonly UseStep[] }[],
): string[] {
  const unmoved = leaves.filter(
    ({ steps }) => !steps.some((step) => step.kind === 'window' && isShift(step.window)),
  );
  const measures = unmoved.flatMap(({ measure }) => model.measures[measure] ?? []);
  return [
    ...new Set(measures.flatMap(({ alignment, source }) => (alignment.kind === 'same' ? [source] : []))),
  ].sort();
}

function stepOf(model: Measured, expression: BoundExpression): UseStep | null {
  switch (expression.kind) {
    case 'moved':
      return {
        kind: 'window',
        window: expression.window,
        step: frequencyOf(model, expression.operand),
        grows: growth(model, expression.operand) !== 0,
      };
    case 'in_prices':
      return { kind: 'prices', year: expression.year, prices: expression.prices };
    case 'total':
      return { kind: 'drop', dimensions: expression.dimensions };
    case 'mean_over':
      return { kind: 'add', level: expression.level, dimension: expression.dimension };
    case 'of_each':
      return { kind: 'each', level: expression.level };
    default:
      return null;
  }
}

function collect(
  model: Measured,
  expression: BoundExpression,
  path: readonly UseStep[],
  leaves: { measure: string; steps: readonly UseStep[] }[],
): void {
  rewrite(model, expression, path, (measure, steps) => {
    leaves.push({ measure, steps });
    return measure;
  });
}

function rewrite(
  model: Measured,
  expression: BoundExpression,
  path: readonly UseStep[],
  leaf: (measure: string, steps: readonly UseStep[]) => string,
): UsedExpression {
  const own = stepOf(model, expression);
  const steps = own === null ? path : [...path, own];
  const inner = (operand: BoundExpression) => rewrite(model, operand, steps, leaf);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'measure':
      return { kind: 'use', use: leaf(expression.measure, stepsOf(model, expression.measure, steps)) };
    case 'moved':
    case 'in_prices':
    case 'total':
      return inner(expression.operand);
    case 'negate':
      return { kind: 'negate', operand: inner(expression.operand) };
    case 'of_each':
      return { ...expression, operand: inner(expression.operand) };
    case 'mean_over': {
      const dropped = path.flatMap((step) => (step.kind === 'drop' ? step.dimensions : []));
      return { ...expression, dropped, operand: inner(expression.operand) };
    }
    case 'arithmetic':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'call':
      return { ...expression, operands: expression.operands.map(inner) };
    case 'if':
      return {
        kind: 'if',
        condition: rewriteCondition(expression.condition, inner),
        met: inner(expression.met),
        otherwise: inner(expression.otherwise),
      };
    default:
      return assertNever(expression);
  }
}

function rewriteCondition<A, B>(condition: FigureCondition<A>, inner: (figure: A) => B): FigureCondition<B> {
  switch (condition.kind) {
    case 'comparison':
      return { ...condition, left: inner(condition.left), right: inner(condition.right) };
    case 'logic':
      return {
        ...condition,
        left: rewriteCondition(condition.left, inner),
        right: rewriteCondition(condition.right, inner),
      };
    case 'not':
      return { kind: 'not', operand: rewriteCondition(condition.operand, inner) };
    default:
      return assertNever(condition);
  }
}

/** The finest frequency of the measures that follow their own periods; of all where none does. */
function frequencyOf(model: Measured, expression: BoundExpression): TimeLevel {
  const measures = measuresOf(expression).flatMap((id) => model.measures[id] ?? []);
  const own = measures.filter(({ alignment }) => alignment.kind === 'same');
  const levels = (own.length > 0 ? own : measures).map(
    ({ source }) => levelOfFrequency[model.sources[source]?.frequency ?? 'M'],
  );
  return timeLevels.find((level) => levels.includes(level)) ?? 'maaned';
}

/** Rules over time by which a figure is greater the longer its period is. */
const grows: readonly string[] = ['sum', 'pooled'];

/** The power of time that a figure grows with: 1 of a sum over months, 0 of a ratio of two; null where neither. */
function growth(model: Measured, expression: BoundExpression): number | null {
  const inner = (operand: BoundExpression) => growth(model, operand);
  const common = (operands: readonly BoundExpression[]): number | null => {
    const powers = new Set(operands.filter(({ kind }) => kind !== 'number').map(inner));
    return powers.size === 0 ? 0 : powers.size === 1 ? ([...powers][0] ?? null) : null;
  };
  switch (expression.kind) {
    case 'number':
      return 0;
    case 'measure': {
      const measure = model.measures[expression.measure];
      return measure?.alignment.kind === 'same' && grows.includes(measure.overTime) ? 1 : 0;
    }
    case 'negate':
    case 'in_prices':
    case 'total':
    case 'mean_over':
      return inner(expression.operand);
    case 'of_each':
      return 0;
    case 'moved':
      return ['rolling', 'at', 'start_of'].includes(expression.window.kind) ? 0 : inner(expression.operand);
    case 'arithmetic': {
      if (expression.operator === '+' || expression.operator === '-')
        return common([expression.left, expression.right]);
      const [left, right] = [inner(expression.left), inner(expression.right)];
      if (left === null || right === null) return null;
      return expression.operator === '*' ? left + right : left - right;
    }
    case 'call':
      return common(expression.operands);
    case 'if':
      return common([expression.met, expression.otherwise]);
    default:
      return assertNever(expression);
  }
}

/** Ids of the uses in a formula, in order. */
export function usesIn(expression: UsedExpression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'use':
      return [expression.use];
    case 'negate':
    case 'mean_over':
    case 'of_each':
    case 'matched':
      return usesIn(expression.operand);
    case 'arithmetic':
      return [...usesIn(expression.left), ...usesIn(expression.right)];
    case 'call':
      return expression.operands.flatMap(usesIn);
    case 'if':
      return [...figuresIn(expression.condition), expression.met, expression.otherwise].flatMap(usesIn);
    default:
      return assertNever(expression);
  }
}
