import type { KpiDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { Expression } from '../../formula/expression.ts';
import type { BindContext } from '../bind/context.ts';
import { isReadable } from '../bind/measures.ts';
import { resolveId } from '../bind/names.ts';
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
import { tell } from './tell.ts';

/** Units are words we know, agree on both sides of + and -, and come out as the KPI declares. */
export function unitsOfFormulas(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    checkText(context, definition, ['unit'], definition.record.unit);
    for (const [name, record] of Object.entries(definition.record.measures ?? {})) {
      checkText(context, definition, ['measures', name, 'unit'], record.unit);
    }
    const kpi = model.kpis[definition.record.kpi];
    if (!kpi) continue;
    const start = definition.spanOf(['formula']).start;
    const formula = context.parse(definition.record.formula, { file: definition.file, start }).value;
    const unit = formula ? unitOfExpression(model, context, definition, formula) : null;
    if (unit && isReadable(kpi.unit) && !sameBase(unit, kpi.unit)) {
      tell(
        context,
        definition,
        ['unit'],
        'unit-mismatch',
        `The formula gives ${baseText(unit)}, and the unit says ${baseText(kpi.unit)}.`,
      );
    }
  }
}

function checkText(
  context: BindContext,
  definition: KpiDefinition,
  path: readonly string[],
  text: string,
): void {
  const unit = parseUnit(text);
  if ('word' in unit) {
    tell(
      context,
      definition,
      path,
      'unknown-unit',
      `There is no unit "${unit.word}".`,
      didYouMean(unit.word, unitWords) ??
        'units are written like person, 1.000 kr., kr./borger, person/1000 borger, pct.',
    );
  }
}

/** Null where a unit is unknown for reasons told of elsewhere. */
function unitOfExpression(
  model: SemanticModel,
  context: BindContext,
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
      context.report(
        diagnostic(
          'unit-mismatch',
          `"${expression.operator}" stands between ${baseText(left)} and ${baseText(right)}.`,
          { span: expression.span },
        ),
      );
      return null;
    }
    default:
      return null;
  }
}

function unitOfName(model: SemanticModel, definition: KpiDefinition, name: string): Unit | null {
  const measure = model.measures[`${definition.record.kpi}.${name}`];
  if (measure) return isReadable(measure.unit) ? measure.unit : null;
  const kpi = resolveId(name, model.kpis);
  return kpi.kind === 'found' && isReadable(kpi.value.unit) ? kpi.value.unit : null;
}
