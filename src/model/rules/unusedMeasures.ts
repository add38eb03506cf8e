import type { BindContext } from '../bind/context.ts';
import { withWeights } from '../bind/cubes.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** A measure that no formula uses and nothing weighs by is most likely a slip. */
export function unusedMeasures(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    const kpi = model.kpis[definition.record.kpi];
    if (!kpi) continue;
    const used = new Set(kpi.measures.flatMap((id) => withWeights(id, model.measures)));
    for (const name of Object.keys(definition.record.measures ?? {})) {
      if (!used.has(`${kpi.id}.${name}`)) {
        tell(
          context,
          definition,
          ['measures', name],
          'unused-measure',
          `The formula does not use the measure "${name}".`,
          undefined,
          'key',
        );
      }
    }
  }
}
