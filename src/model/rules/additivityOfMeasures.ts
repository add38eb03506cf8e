import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Rules per dimension name dimensions that the source has; weights are measures that can weigh. */
export function additivityOfMeasures(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    const { kpi } = definition.record;
    for (const [name, record] of Object.entries(definition.record.measures ?? {})) {
      const measure = model.measures[`${kpi}.${name}`];
      const source = model.sources[record.source];
      if (!measure || !source) continue;
      const own = source.columns.flatMap((column) => (column.kind === 'code' ? [column.dimension] : []));
      for (const [dimension, rule] of Object.entries(measure.over)) {
        const path = ['measures', name, 'over', dimension];
        if (!own.includes(dimension)) {
          tell(
            context,
            definition,
            path,
            'unknown-dimension',
            `"${source.id}" has no dimension "${dimension}".`,
            didYouMean(dimension, own),
            'key',
          );
          continue;
        }
        if (rule.kind === 'source_total' && !hasTotals(source, dimension)) {
          tell(
            context,
            definition,
            path,
            'no-source-total',
            `"${source.id}" gives no total of its own over "${dimension}".`,
            'its contract names one level only',
          );
        }
        if (rule.kind === 'weighted_by')
          checkWeight(model, context, definition, name, dimension, rule.measure);
      }
    }
  }
}

function hasTotals(source: SemanticModel['sources'][string], dimension: string): boolean {
  return source.columns.some(
    (column) => column.kind === 'code' && column.dimension === dimension && column.levels.length > 1,
  );
}

function checkWeight(
  model: SemanticModel,
  context: BindContext,
  definition: BindContext['definitions']['kpis'][number],
  name: string,
  dimension: string,
  weight: string,
): void {
  const path = ['measures', name, 'over', dimension, 'weighted_by'];
  const siblings = Object.keys(definition.record.measures ?? {});
  const written = weight.slice(definition.record.kpi.length + 1);
  const measure = model.measures[weight];
  if (!measure) {
    tell(
      context,
      definition,
      path,
      'unknown-measure',
      `There is no measure named "${written}" in this KPI.`,
      didYouMean(written, siblings),
    );
    return;
  }
  const dimensions =
    model.sources[measure.source]?.columns.flatMap((column) =>
      column.kind === 'code' ? [column.dimension] : [],
    ) ?? [];
  if (written === name || !dimensions.includes(dimension) || measure.over[dimension] !== undefined) {
    tell(
      context,
      definition,
      path,
      'weight-impossible',
      `"${written}" cannot weigh "${name}" over "${dimension}".`,
      'a weight is another measure, of a source with that dimension, that adds over it',
    );
  }
  if (model.measures[`${definition.record.kpi}.${name}`]?.aggregate !== 'sum') {
    tell(
      context,
      definition,
      path,
      'weight-impossible',
      `Only a sum can be weighted, and "${name}" is not one.`,
    );
  }
}
