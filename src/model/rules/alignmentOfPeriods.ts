import type { BindContext } from '../bind/context.ts';
import { levelOfFrequency } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { writtenMeasures } from './writtenMeasures.ts';

/** Å_Primo and a fixed year need a source that has a figure a year. */
export function alignmentOfPeriods(model: SemanticModel, context: BindContext): void {
  for (const { record, source, path, tell } of writtenMeasures(model, context)) {
    if (record.period === undefined || !source || levelOfFrequency[source.frequency] === 'aar') continue;
    const message = `"${record.period}" asks for one figure a year, and "${source.id}" has frequency ${source.frequency}.`;
    tell('alignment-impossible', [...path, 'period'], message);
  }
}
