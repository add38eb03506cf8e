import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import { assertNever } from '../../diagnostics/invariant.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { Expression, NameExpression } from '../../formula/expression.ts';
import { lookUp } from '../lookUp.ts';
import type { BoundExpression, Measure } from '../types.ts';
import type { BindContext } from './context.ts';
import { resolveId } from './names.ts';

/** Operands of a formula with all KPIs that it names put in: a chain of doublings grows without end. */
const mostParts = 1_000;

interface Following {
  readonly formulas: Readonly<Record<string, Expression | null>>;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly tell: (code: DiagnosticCode, span: Span, message: string, hint?: string) => void;
  /** How much may still be put in, over the whole formula. */
  readonly room: { left: number };
  /** The KPI whose names are looked up, and those on the way to it. */
  readonly path: readonly string[];
}

/** The formula of a KPI over measures alone, or null: what is wrong with it is told. */
export function bindFormula(
  { report }: Pick<BindContext, 'report'>,
  formulas: Readonly<Record<string, Expression | null>>,
  measures: Readonly<Record<string, Measure>>,
  kpi: string,
): BoundExpression | null {
  const formula = lookUp(formulas, kpi);
  if (!formula) return null;
  const room = { left: mostParts };
  const tell: Following['tell'] = (code, span, message, hint) =>
    report(diagnostic(code, message, { span, hint }));
  const bound = bindExpression({ formulas, measures, tell, room, path: [kpi] }, formula);
  if (room.left >= 0) return bound;
  const message = `With the KPIs that it names put in, the formula has more than ${mostParts} parts.`;
  tell('formula-too-long', formula.span, message);
  return null;
}

function bindExpression(following: Following, expression: Expression): BoundExpression | null {
  following.room.left -= 1;
  if (following.room.left < 0) return null;
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value };
    case 'name':
      return bindName(following, expression);
    case 'unary': {
      if (expression.operator === 'not') return refuse(following, expression.span, '"not"');
      const operand = bindExpression(following, expression.operand);
      return operand && { kind: 'negate', operand };
    }
    case 'arithmetic': {
      const left = bindExpression(following, expression.left);
      const right = bindExpression(following, expression.right);
      return left && right && { kind: 'arithmetic', operator: expression.operator, left, right };
    }
    case 'call': {
      const hint = 'a formula has + - * / and brackets over measures and other KPIs';
      const message = `There is no function named "${expression.name}".`;
      following.tell('unknown-function', expression.nameSpan, message, hint);
      return null;
    }
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

function refuse(following: Following, span: Span, what: string): null {
  const message = `${what} is not a number, and the formula of a KPI must give one.`;
  following.tell('formula-not-a-number', span, message, 'conditions belong in a measure\'s "where"');
  return null;
}

/** A measure of the KPI itself, else another KPI, whose formula is put in its place. */
function bindName(following: Following, { name, span }: NameExpression): BoundExpression | null {
  const { formulas, measures, tell, path } = following;
  const kpi = path.at(-1) ?? '';
  const own = lookUp(measures, `${kpi}.${name}`);
  if (own) return { kind: 'measure', measure: own.id };
  const ids = Object.fromEntries(Object.keys(formulas).map((id) => [id, id]));
  const resolved = resolveId(name, ids);
  if (resolved.kind === 'ambiguous') {
    const hint = `write one of ${resolved.candidates.join(', ')}`;
    tell('ambiguous-name', span, `"${name}" is the name of several KPIs.`, hint);
    return null;
  }
  if (resolved.kind === 'unknown') {
    const local = Object.values(measures).filter((measure) => measure.kpi === kpi);
    const hint =
      didYouMean(
        name,
        local.map((measure) => measure.name),
      ) ?? resolved.hint;
    tell('unknown-measure', span, `There is no measure named "${name}".`, hint);
    return null;
  }
  const target = resolved.value;
  if (path.includes(target)) {
    const circle = [...path.slice(path.indexOf(target)), target].join(' -> ');
    tell('cyclic-formula', span, `The formula of "${target}" comes back to itself: ${circle}.`);
    return null;
  }
  const formula = lookUp(formulas, target);
  // What is wrong with another formula is told where it stands, not again in every one that names it.
  return formula ? bindExpression({ ...following, path: [...path, target], tell: () => {} }, formula) : null;
}
