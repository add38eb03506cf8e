import type { KpiDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type {
  CallExpression,
  ComparisonExpression,
  Expression,
  LogicExpression,
} from '../../formula/expression.ts';
import { isReadable } from '../bind/measures.ts';
import { resolveId } from '../bind/names.ts';
import { type FormulaFunction, functions } from '../functions.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel, Unit } from '../types.ts';
import {
  baseText,
  dimensionless,
  divideUnits,
  multiplyUnits,
  parseUnit,
  sameBase,
  unitWords,
} from '../units.ts';
import type { Rule, RuleContext } from './rule.ts';
import { type Tell, tellIn } from './tell.ts';

/** Units are words we know, agree on both sides of + and -, and come out as the KPI declares. */
export const unitsOfFormulas: Rule = (model, context) => {
  for (const definition of context.definitions.kpis) {
    const { record } = definition;
    const tell = tellIn(context, definition);
    checkText(['unit'], record.unit, tell);
    for (const [name, measure] of Object.entries(record.measures ?? {})) {
      checkText(['measures', name, 'unit'], measure.unit, tell);
    }
    const kpi = lookUp(model.kpis, record.kpi);
    const formula = context.formulas[record.kpi];
    const unit = kpi && formula ? unitOfExpression(model, context, definition, formula) : null;
    if (kpi && unit && isReadable(kpi.unit) && !sameBase(unit, kpi.unit)) {
      const message = `The formula gives ${baseText(unit)}, and the unit says ${baseText(kpi.unit)}.`;
      tell('unit-mismatch', ['unit'], message);
    }
  }
};

function checkText(path: readonly string[], text: string, tell: Tell): void {
  const unit = parseUnit(text);
  if (!('word' in unit)) return;
  const others = 'units are written like person, 1.000 kr., kr./borger, person/1000 borger, pct.';
  tell('unknown-unit', path, `There is no unit "${unit.word}".`, didYouMean(unit.word, unitWords) ?? others);
}

/** Null where a unit is unknown for reasons told of elsewhere. */
function unitOfExpression(
  model: SemanticModel,
  context: RuleContext,
  definition: KpiDefinition,
  expression: Expression,
): Unit | null {
  const inner = (operand: Expression) => unitOfExpression(model, context, definition, operand);
  switch (expression.kind) {
    case 'number':
      return dimensionless;
    case 'name':
      return unitOfName(model, definition, expression.name);
    case 'unary':
      return inner(expression.operand);
    case 'arithmetic': {
      const left = inner(expression.left);
      const right = inner(expression.right);
      if (!left || !right) return null;
      if (expression.operator === '*') return multiplyUnits(left, right);
      if (expression.operator === '/') return divideUnits(left, right);
      if (sameBase(left, right)) return left;
      const message = `"${expression.operator}" stands between ${baseText(left)} and ${baseText(right)}.`;
      context.report(diagnostic('unit-mismatch', message, { span: expression.span }));
      return null;
    }
    case 'call':
      return unitOfCall(inner, context, expression);
    case 'comparison':
    case 'logic':
      return unitOfSides(inner, context, expression);
    default:
      return null;
  }
}

/** Figures that are compared are in one unit; the condition itself has none. */
function unitOfSides(
  inner: (operand: Expression) => Unit | null,
  context: RuleContext,
  expression: ComparisonExpression | LogicExpression,
): Unit | null {
  const left = inner(expression.left);
  const right = inner(expression.right);
  if (expression.kind === 'comparison' && left && right && !isCommon(expression, left, right)) {
    const message = `"${expression.operator}" stands between ${baseText(left)} and ${baseText(right)}.`;
    context.report(diagnostic('unit-mismatch', message, { span: expression.span }));
  }
  return null;
}

/** A nought is nothing of whatever it stands beside. */
const isCommon = (
  { left, right }: { readonly left: Expression; readonly right: Expression },
  a: Unit,
  b: Unit,
): boolean => sameBase(a, b) || isNought(left) || isNought(right);

const isNought = (expression: Expression): boolean =>
  expression.kind === 'number' && /^0(?:\.0+)?$/.test(expression.value);

/** By the table of functions: the unit of the formula, none, or the one that all formulas share. */
function unitOfCall(
  inner: (operand: Expression) => Unit | null,
  context: RuleContext,
  call: CallExpression,
): Unit | null {
  const known: Readonly<Record<string, FormulaFunction>> = functions;
  const found = lookUp(known, call.name);
  if (!found) return null;
  const kindAt = (at: number) => found.arguments[at] ?? found.arguments.at(-1);
  const units = call.arguments.map((argument, at) =>
    kindAt(at) === 'formula' || kindAt(at) === 'condition' ? inner(argument) : null,
  );
  const formulas = call.arguments.flatMap((argument, at) =>
    kindAt(at) === 'formula' ? [{ argument, unit: units[at] ?? null }] : [],
  );
  if (found.unit === 'plain') return dimensionless;
  if (found.unit === 'keeps') return formulas[0]?.unit ?? null;
  if (formulas.some(({ unit }) => unit === null)) return null;
  const said = formulas.filter(({ argument }) => !isNought(argument));
  const [first, ...rest] = said.flatMap(({ unit }) => unit ?? []);
  const other = rest.find((unit) => first && !sameBase(first, unit));
  if (!first || !other) return first ?? dimensionless;
  const message = `"${call.name}" takes figures of one unit, and these are ${baseText(first)} and ${baseText(other)}.`;
  context.report(diagnostic('unit-mismatch', message, { span: call.span }));
  return null;
}

function unitOfName(model: SemanticModel, { record }: KpiDefinition, name: string): Unit | null {
  const measure = lookUp(model.measures, `${record.kpi}.${name}`);
  if (measure) return isReadable(measure.unit) ? measure.unit : null;
  const kpi = resolveId(name, model.kpis);
  return kpi.kind === 'found' && isReadable(kpi.value.unit) ? kpi.value.unit : null;
}
