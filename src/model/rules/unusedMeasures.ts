import { withWeights } from '../bind/cubes.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import type { RuleContext } from './rule.ts';

/** A measure that no formula uses and nothing weighs by is most likely a slip. */
export function unusedMeasures(model: SemanticModel, context: RuleContext): void {
  for (const { definition, name, measure, path, tell } of context.written) {
    const kpi = lookUp(model.kpis, definition.record.kpi);
    const used = kpi?.measures.flatMap((id) => withWeights(id, model.measures));
    if (used === undefined || used.includes(measure.id)) continue;
    tell('unused-measure', path, `The formula does not use the measure "${name}".`, undefined, 'key');
  }
}
