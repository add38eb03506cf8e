import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import { assertNever } from '../../diagnostics/invariant.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { Expression, NameExpression } from '../../formula/expression.ts';
import type { BoundExpression } from '../boundExpression.ts';
import { lookUp } from '../lookUp.ts';
import type { KpiPrices } from '../prices/types.ts';
import type { Dimension, Measure } from '../types.ts';
import { bindCall } from './calls.ts';
import { resolveId } from './names.ts';

/** Parts of a formula with all KPIs that it names put in: doubling upon doubling would grow without end. */
const mostParts = 1_000;

/** A formula over measures alone, and how many parts it has. */
interface Bound {
  readonly expression: BoundExpression;
  readonly parts: number;
}

/** Everything that binding one formula leads to; `bound` is filled on the way, so that each is bound once. */
interface Following {
  readonly formulas: Readonly<Record<string, Expression | null>>;
  /** KPI id to the name of the version that is meant by it. */
  readonly ids: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  /** KPI id to the prices that it names. */
  readonly prices: Readonly<Record<string, KpiPrices | null>>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly bound: Map<string, Bound | null>;
  /** The KPI whose formula this is, last, and those on the way to it. */
  readonly path: readonly string[];
  /** Operators around the part that is looked at, in this formula and in those that lead to it. */
  readonly depth: number;
}

/** Name of a version to its formula over measures alone; what does not bind is told of and left out. */
export function bindFormulas(
  formulas: Readonly<Record<string, Expression | null>>,
  ids: Readonly<Record<string, string>>,
  named: Pick<Following, 'measures' | 'dimensions' | 'prices'>,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, BoundExpression> {
  const bound = new Map<string, Bound | null>();
  const following: Following = { formulas, ids, ...named, report, bound, path: [], depth: 0 };
  for (const name of Object.values(ids)) follow(following, name);
  return new Map([...bound].flatMap(([id, found]) => (found ? [[id, found.expression]] : [])));
}

function follow(following: Following, id: string): Bound | null {
  const known = following.bound.get(id);
  if (known !== undefined) return known;
  const formula = lookUp(following.formulas, id);
  const found = formula ? bindWhole({ ...following, path: [...following.path, id] }, formula) : null;
  following.bound.set(id, found);
  return found;
}

function bindWhole(following: Following, formula: Expression): Bound | null {
  const found = bindExpression(following, formula);
  return found && found.parts > mostParts ? refuseLong(following, formula.span) : found;
}

function bindExpression(outer: Following, expression: Expression): Bound | null {
  if (outer.depth > mostParts) return refuseLong(outer, expression.span);
  const following = { ...outer, depth: outer.depth + 1 };
  switch (expression.kind) {
    case 'number':
      return { expression: { kind: 'number', value: expression.value }, parts: 1 };
    case 'name':
      return bindName(following, expression);
    case 'unary': {
      if (expression.operator === 'not') return refuse(following, expression.span, '"not"');
      const operand = bindExpression(following, expression.operand);
      return operand && joined({ kind: 'negate', operand: operand.expression }, [operand]);
    }
    case 'arithmetic': {
      const { operator } = expression;
      const left = bindExpression(following, expression.left);
      const right = bindExpression(following, expression.right);
      if (!left || !right) return null;
      const sides = { left: left.expression, right: right.expression };
      return joined({ kind: 'arithmetic', operator, ...sides }, [left, right]);
    }
    case 'call':
      return bindCall(
        {
          dimensions: following.dimensions,
          prices: lookUp(following.prices, following.path.at(-1) ?? ''),
          bind: (argument) => bindExpression(following, argument),
          tell: (...told) => tell(following, ...told),
        },
        expression,
      );
    case 'text':
      return refuse(following, expression.span, 'A text');
    case 'comparison':
      return refuse(following, expression.span, 'A comparison');
    case 'logic':
      return refuse(following, expression.span, `"${expression.operator}"`);
    case 'in':
      return refuse(following, expression.span, '"in"');
    default:
      return assertNever(expression);
  }
}

const joined = (expression: BoundExpression, operands: readonly Bound[]): Bound => ({
  expression,
  parts: operands.reduce((sum, { parts }) => sum + parts, 1),
});

/** A measure of the KPI itself, else another KPI, whose formula is put in its place. */
function bindName(following: Following, { name, span }: NameExpression): Bound | null {
  const { ids, measures, path } = following;
  const kpi = path.at(-1) ?? '';
  const own = lookUp(measures, `${kpi}.${name}`);
  if (own) return { expression: { kind: 'measure', measure: own.id }, parts: 1 };
  const resolved = resolveId(name, ids);
  if (resolved.kind === 'ambiguous') {
    const hint = `write one of ${resolved.candidates.join(', ')}`;
    return tell(following, 'ambiguous-name', span, `"${name}" is the name of several KPIs.`, hint);
  }
  if (resolved.kind === 'unknown') {
    const locals = Object.values(measures).flatMap((measure) => (measure.kpi === kpi ? [measure.name] : []));
    const hint = didYouMean(name, locals) ?? resolved.hint;
    return tell(following, 'unknown-measure', span, `There is no measure named "${name}".`, hint);
  }
  const target = resolved.value;
  if (path.includes(target)) {
    const circle = [...path.slice(path.indexOf(target)), target].join(' -> ');
    const message = `The formula of "${target}" comes back to itself: ${circle}.`;
    return tell(following, 'cyclic-formula', span, message);
  }
  return follow(following, target);
}

function refuseLong(following: Following, span: Span): null {
  const message = `With the KPIs that it names put in, the formula has more than ${mostParts} parts.`;
  return tell(following, 'formula-too-long', span, message);
}

function refuse(following: Following, span: Span, what: string): null {
  const message = `${what} is not a number, and the formula of a KPI must give one.`;
  return tell(
    following,
    'formula-not-a-number',
    span,
    message,
    'a condition stands in a measure\'s "where", or in if(condition, a, b)',
  );
}

function tell({ report }: Following, code: DiagnosticCode, span: Span, message: string, hint?: string): null {
  report(diagnostic(code, message, { span, hint }));
  return null;
}
