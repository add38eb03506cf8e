import type { BindContext } from '../bind/context.ts';
import { levelOfFrequency } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Å_Primo and a fixed year need a source that has a figure a year. */
export function alignmentOfPeriods(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    for (const [name, record] of Object.entries(definition.record.measures ?? {})) {
      const source = model.sources[record.source];
      if (record.period === undefined || !source) continue;
      if (levelOfFrequency[source.frequency] !== 'aar') {
        tell(
          context,
          definition,
          ['measures', name, 'period'],
          'alignment-impossible',
          `"${record.period}" asks for one figure a year, and "${source.id}" has frequency ${source.frequency}.`,
        );
      }
    }
  }
}
