import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import { assertNever, invariant } from '../../diagnostics/invariant.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { CallExpression, Expression } from '../../formula/expression.ts';
import type { BoundExpression, FigureCondition, Window } from '../boundExpression.ts';
import {
  argumentWords,
  type FormulaFunction,
  type FunctionArgument,
  type FunctionName,
  functions,
} from '../functions.ts';
import { lookUp } from '../lookUp.ts';
import { parsePeriod, type TimeLevel, timeLevels } from '../periods.ts';
import type { KpiPrices } from '../prices/types.ts';
import type { Dimension } from '../types.ts';

/** What binding a call needs of the formula that it stands in. */
export interface CallScope<T extends Counted> {
  readonly dimensions: Readonly<Record<string, Dimension>>;
  /** What the KPI whose formula this is says of prices: nothing, or null where that is wrong and told of. */
  readonly prices: KpiPrices | null | undefined;
  readonly bind: (expression: Expression) => T | null;
  readonly tell: (code: DiagnosticCode, span: Span, message: string, hint?: string) => null;
}

/** A bound expression and how many parts it has. */
export interface Counted {
  readonly expression: BoundExpression;
  readonly parts: number;
}

/** A call of one of the functions to what it means; what is wrong with it is told of. */
export function bindCall(scope: CallScope<Counted>, call: CallExpression): Counted | null {
  const known: Readonly<Record<string, FormulaFunction>> = functions;
  const found = lookUp(known, call.name);
  if (!found) {
    const hint =
      didYouMean(call.name, Object.keys(functions)) ?? `there are ${Object.keys(functions).join(', ')}`;
    return scope.tell('unknown-function', call.nameSpan, `There is no function named "${call.name}".`, hint);
  }
  if (!hasRightCount(found, call.arguments.length)) {
    const wanted = `${call.name}(${found.arguments.map((kind) => argumentWords[kind]).join(', ')}${found.several ? ', ...' : ''})`;
    const message = `"${call.name}" does not take ${call.arguments.length} arguments.`;
    return scope.tell('bad-argument', call.span, message, `write ${wanted}, like ${found.example}`);
  }
  const bound = call.arguments.map((argument, at) =>
    bindArgument(scope, call.name, found.arguments[at] ?? found.arguments.at(-1) ?? 'formula', argument),
  );
  const whole = bound.filter((each) => each !== null);
  if (whole.length < bound.length) return null;
  if (call.name === 'in_prices_of' && scope.prices === null) return null;
  if (call.name === 'in_prices_of' && scope.prices === undefined) {
    const hint = 'write prices: { index: pl, type: service } in the KPI';
    return scope.tell('prices-not-named', call.nameSpan, 'The KPI does not name its prices.', hint);
  }
  const expression = make(call.name as FunctionName, whole, scope.prices ?? null);
  return { expression, parts: whole.reduce((sum, { parts }) => sum + parts, 1) };
}

function hasRightCount({ arguments: wanted, several, optional }: FormulaFunction, count: number): boolean {
  const least = wanted.length - (optional ? 1 : 0);
  return count >= least && (several || count <= wanted.length);
}

/** An argument, ready for use, as one of the things that it can be. */
interface Argument {
  readonly parts: number;
  readonly formula?: BoundExpression;
  readonly condition?: FigureCondition<BoundExpression>;
  readonly count?: number;
  readonly name?: string;
  readonly dimension?: string;
  readonly time?: TimeLevel;
}

function bindArgument(
  scope: CallScope<Counted>,
  name: string,
  kind: FunctionArgument,
  argument: Expression,
): Argument | null {
  switch (kind) {
    case 'formula': {
      const found = scope.bind(argument);
      return found && { parts: found.parts, formula: found.expression };
    }
    case 'condition':
      return bindCondition(scope, name, argument);
    case 'periods':
      return bindCount(scope, name, kind, argument, [1, 1000]);
    case 'decimals':
      return bindCount(scope, name, kind, argument, [0, 12]);
    case 'year': {
      const isYear = argument.kind === 'number' && /^[12]\d{3}$/.test(argument.value);
      return isYear ? { parts: 1, name: argument.value } : refuse(scope, name, kind, argument);
    }
    case 'period': {
      const isPeriod = argument.kind === 'text' && parsePeriod(argument.value) !== null;
      return isPeriod ? { parts: 1, name: argument.value } : refuse(scope, name, kind, argument);
    }
    case 'dimension':
      return bindDimension(scope, name, argument);
    case 'time': {
      const level = argument.kind === 'name' ? timeLevels.find((each) => each === argument.name) : undefined;
      return level === undefined ? refuse(scope, name, kind, argument) : { parts: 1, time: level };
    }
    case 'level':
      return bindLevel(scope, name, argument);
    default:
      return assertNever(kind);
  }
}

function refuse(scope: CallScope<Counted>, name: string, kind: FunctionArgument, { span }: Expression): null {
  return scope.tell('bad-argument', span, `Here "${name}" takes ${argumentWords[kind]}.`);
}

function bindCount(
  scope: CallScope<Counted>,
  name: string,
  kind: FunctionArgument,
  argument: Expression,
  [least, most]: readonly [number, number],
): Argument | null {
  const isWhole = argument.kind === 'number' && /^\d{1,4}$/.test(argument.value);
  const count = isWhole ? Number(argument.value) : -1;
  return count >= least && count <= most ? { parts: 1, count } : refuse(scope, name, kind, argument);
}

function bindDimension(scope: CallScope<Counted>, name: string, argument: Expression): Argument | null {
  if (argument.kind !== 'name') return refuse(scope, name, 'dimension', argument);
  if (lookUp(scope.dimensions, argument.name)) return { parts: 1, dimension: argument.name };
  const message = `There is no dimension named "${argument.name}".`;
  return scope.tell(
    'unknown-dimension',
    argument.span,
    message,
    didYouMean(argument.name, Object.keys(scope.dimensions)),
  );
}

function bindLevel(scope: CallScope<Counted>, name: string, argument: Expression): Argument | null {
  if (argument.kind !== 'name') return refuse(scope, name, 'level', argument);
  const dimensions = Object.values(scope.dimensions);
  const found = dimensions.find(({ levels }) => levels.includes(argument.name));
  if (found) return { parts: 1, name: argument.name, dimension: found.id };
  const levels = dimensions.flatMap((dimension) => dimension.levels);
  const message = `There is no level named "${argument.name}".`;
  return scope.tell('unknown-level', argument.span, message, didYouMean(argument.name, levels));
}

/** A comparison of figures, or several joined by and, or and not. */
function bindCondition(scope: CallScope<Counted>, name: string, argument: Expression): Argument | null {
  switch (argument.kind) {
    case 'comparison': {
      const [left, right] = [scope.bind(argument.left), scope.bind(argument.right)];
      if (!left || !right) return null;
      const { kind, operator } = argument;
      const condition = { kind, operator, left: left.expression, right: right.expression };
      return { parts: left.parts + right.parts + 1, condition };
    }
    case 'logic': {
      const left = bindCondition(scope, name, argument.left);
      const right = bindCondition(scope, name, argument.right);
      if (!left?.condition || !right?.condition) return null;
      const { kind, operator } = argument;
      const condition = { kind, operator, left: left.condition, right: right.condition };
      return { parts: left.parts + right.parts + 1, condition };
    }
    case 'unary': {
      if (argument.operator !== 'not') return refuse(scope, name, 'condition', argument);
      const operand = bindCondition(scope, name, argument.operand);
      if (!operand?.condition) return null;
      return { parts: operand.parts + 1, condition: { kind: 'not', operand: operand.condition } };
    }
    default:
      return refuse(scope, name, 'condition', argument);
  }
}

const picks = { mean_of_each: 'mean', first_of_each: 'first', last_of_each: 'last' } as const;

const nought: BoundExpression = { kind: 'number', value: '0' };

function make(
  name: FunctionName,
  [first, second, third, ...more]: readonly Argument[],
  prices: KpiPrices | null,
): BoundExpression {
  const operand = first?.formula ?? nought;
  const operands = [first, second, third, ...more].flatMap((each) => each?.formula ?? []);
  const periods = second?.count ?? 1;
  switch (name) {
    case 'lag':
    case 'rolling':
      return moved({ kind: name, periods, level: third?.time ?? null }, operand);
    case 'same_period_last_year':
    case 'ytd':
    case 'since_start':
      return moved({ kind: name }, operand);
    case 'in_prices_of':
      invariant(prices, 'a KPI that reads prices names them');
      return { kind: 'in_prices', year: second?.name ?? '', prices, operand };
    case 'to_date':
    case 'start_of':
      return moved({ kind: name, level: second?.time ?? 'aar' }, operand);
    case 'change':
      return {
        kind: 'arithmetic',
        operator: '-',
        left: ratio(operand, moved({ kind: 'lag', periods, level: null }, operand)),
        right: { kind: 'number', value: '1' },
      };
    case 'index':
      return ratio(operand, moved({ kind: 'at', period: second?.name ?? '' }, operand));
    case 'total': {
      const named = [second, third, ...more].flatMap((each) => each?.dimension ?? []);
      return { kind: 'total', dimensions: [...new Set(named)].sort(), operand };
    }
    case 'mean_of_each':
    case 'first_of_each':
    case 'last_of_each':
      return { kind: 'of_each', pick: picks[name], level: second?.time ?? 'aar', operand };
    case 'mean_over':
      return { kind: 'mean_over', level: second?.name ?? '', dimension: second?.dimension ?? '', operand };
    case 'min':
    case 'max':
    case 'abs':
    case 'or_zero':
      return { kind: 'call', name, operands, decimals: 0 };
    case 'round':
      return { kind: 'call', name, operands, decimals: second?.count ?? 0 };
    case 'if': {
      const condition = first?.condition ?? {
        kind: 'comparison',
        operator: '==',
        left: nought,
        right: nought,
      };
      return { kind: 'if', condition, met: second?.formula ?? nought, otherwise: third?.formula ?? nought };
    }
    default:
      return assertNever(name);
  }
}

const moved = (window: Window, operand: BoundExpression): BoundExpression => ({
  kind: 'moved',
  window,
  operand,
});

const ratio = (left: BoundExpression, right: BoundExpression): BoundExpression => ({
  kind: 'arithmetic',
  operator: '/',
  left,
  right,
});
