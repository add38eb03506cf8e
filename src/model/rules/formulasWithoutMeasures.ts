import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import { tellIn } from './tell.ts';

/** A formula of numbers alone says the same of every kommune, and has no period, status or coverage. */
export function formulasWithoutMeasures(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    if (lookUp(model.kpis, definition.record.kpi)?.measures.length !== 0) continue;
    const tell = tellIn(context, definition);
    tell('formula-without-measure', ['formula'], 'The formula uses no measure and no other KPI.');
  }
}
