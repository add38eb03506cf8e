import type { BindContext } from '../bind/context.ts';
import { levelOfFrequency } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { writtenMeasures } from './writtenMeasures.ts';

/**
 * A fixed year needs a source that has a figure a year, and so does Å_Primo or one whose periods are shorter; the
 * school start needs one with shorter periods.
 */
export function alignmentOfPeriods(model: SemanticModel, context: BindContext): void {
  for (const { record, source, path, tell } of writtenMeasures(model, context)) {
    if (record.period === undefined || !source) continue;
    const isYearly = levelOfFrequency[source.frequency] === 'aar';
    if (record.period === 'Å_Primo' || (record.period === 'Å_SenSkoleStart' ? !isYearly : isYearly)) continue;
    const asks = record.period === 'Å_SenSkoleStart' ? 'a figure of 1 September' : 'one figure a year';
    const message = `"${record.period}" asks for ${asks}, and "${source.id}" has frequency ${source.frequency}.`;
    tell('alignment-impossible', [...path, 'period'], message);
  }
}
