import type { KpiDefinition } from '../../definitions/definition.ts';
import type { MeasureRecord } from '../../definitions/schema.ts';
import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import type { Measure, SemanticModel, Source } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** A measure as it was written and as it was bound. */
export interface WrittenMeasure {
  readonly definition: KpiDefinition;
  readonly name: string;
  readonly record: MeasureRecord;
  readonly measure: Measure;
  /** Not there where the name of the source is wrong, which one rule tells of. */
  readonly source: Source | undefined;
  readonly path: readonly ['measures', string];
  readonly tell: Tell;
}

/** All measures of all KPIs, in the order of their files. */
export function writtenMeasures(model: SemanticModel, context: BindContext): WrittenMeasure[] {
  return context.definitions.kpis.flatMap((definition) => {
    const tell = tellIn(context, definition);
    return Object.entries(definition.record.measures ?? {}).flatMap(([name, record]): WrittenMeasure[] => {
      const measure = lookUp(model.measures, `${definition.record.kpi}.${name}`);
      if (!measure) return [];
      const source = lookUp(model.sources, measure.source);
      return [{ definition, name, record, measure, source, path: ['measures', name], tell }];
    });
  });
}

/** Dimensions that a source can be cut by. */
export function dimensionsOfSource(source: Source | undefined): string[] {
  return (source?.columns ?? []).flatMap((column) => (column.kind === 'code' ? [column.dimension] : []));
}
