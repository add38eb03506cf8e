import type { KpiDefinition } from '../../definitions/definition.ts';
import type { Expression } from '../../formula/expression.ts';
import { resolveId } from '../bind/names.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import type { Rule } from './rule.ts';
import { tellIn } from './tell.ts';

/**
 * From 4 pct. to 5 pct. is 1 percentage point and 25 percent, and readers mistake one for the other. The
 * difference of two shares is said in `pct.point`, and nothing else is.
 */
export const percentPoints: Rule = (model, context) => {
  for (const definition of context.definitions.kpis) {
    const formula = context.formulas[definition.record.kpi];
    if (!formula) continue;
    const difference = isDifferenceOfShares(model, definition, formula);
    const { unit } = definition.record;
    const tell = tellIn(context, definition);
    if (difference && ['pct.', 'promille', 'andel'].includes(unit)) {
      tell('percent-point', ['unit'], `The difference of two shares is no "${unit}".`, 'write pct.point');
    } else if (!difference && unit === 'pct.point') {
      const message = 'Only the difference of two shares is in percentage points.';
      tell('percent-point', ['unit'], message, 'write pct.');
    }
  }
};

function isDifferenceOfShares(model: SemanticModel, definition: KpiDefinition, formula: Expression): boolean {
  if (formula.kind !== 'arithmetic' || formula.operator !== '-') return false;
  return isShare(model, definition, formula.left) && isShare(model, definition, formula.right);
}

/** `1 - x` is what is left of a whole, so a number is no share of its own. */
function isShare(model: SemanticModel, definition: KpiDefinition, expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
      return isShareByName(model, definition, expression.name);
    case 'arithmetic':
      return expression.operator === '/';
    case 'call':
      return expression.arguments[0] !== undefined && isShare(model, definition, expression.arguments[0]);
    default:
      return false;
  }
}

function isShareByName(model: SemanticModel, { record }: KpiDefinition, name: string): boolean {
  const measure = lookUp(model.measures, `${record.kpi}.${name}`);
  if (measure) return Object.keys(measure.unit.base).length === 0;
  const kpi = resolveId(name, model.kpis);
  return kpi.kind === 'found' && Object.keys(kpi.value.unit.base).length === 0;
}
