import type { BoundExpression } from '../boundExpression.ts';
import { lookUp } from '../lookUp.ts';
import { everyPart, measuresOf } from '../measuresOf.ts';
import type { SemanticModel } from '../types.ts';
import { isAmount } from '../units.ts';
import type { Rule } from './rule.ts';
import { tellIn } from './tell.ts';

/** What is brought to the prices of a year is amounts that add, once. */
export const pricesOfKpis: Rule = (model, context) => {
  for (const definition of context.definitions.kpis) {
    const kpi = lookUp(model.kpis, definition.record.kpi);
    const fault = kpi && everyPart(kpi.expression).flatMap((part) => faultOf(model, part))[0];
    if (fault) tellIn(context, definition)('nothing-priced', ['formula'], fault.message, fault.hint);
  }
};

function faultOf(model: SemanticModel, part: BoundExpression): { message: string; hint: string }[] {
  if (part.kind !== 'in_prices') return [];
  const inside = everyPart(part.operand);
  const measures = measuresOf(part.operand).flatMap((id) => model.measures[id] ?? []);
  const amounts = measures.filter(({ unit }) => isAmount(unit));
  if (inside.some(({ kind }) => kind === 'in_prices')) {
    return [{ message: 'The figure is in the prices of a year already.', hint: 'write in_prices_of once' }];
  }
  if (amounts.length === 0) {
    const message = `Nothing in the prices of ${part.year} is an amount.`;
    return [{ message, hint: 'measures in kr. are amounts' }];
  }
  const other = amounts.find(({ aggregate }) => aggregate !== 'sum');
  if (!other) return [];
  const message = `"${other.name}" is a ${other.aggregate}, and only a sum can be brought to other prices.`;
  return [{ message, hint: 'sum the amounts, and divide by a count' }];
}
