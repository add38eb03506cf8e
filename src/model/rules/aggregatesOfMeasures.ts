import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { aggregatesWritten } from '../bind/measures.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** A measure reads a source that exists by exactly one aggregate over a column that holds numbers. */
export function aggregatesOfMeasures(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    for (const [name, record] of Object.entries(definition.record.measures ?? {})) {
      const path = ['measures', name];
      const source = model.sources[record.source];
      if (!source) {
        tell(
          context,
          definition,
          [...path, 'source'],
          'unknown-source',
          `There is no source named "${record.source}".`,
          didYouMean(record.source, Object.keys(model.sources)),
        );
        continue;
      }
      const written = aggregatesWritten(record);
      if (written.length !== 1) {
        const code = written.length === 0 ? 'aggregate-missing' : 'aggregate-twice';
        const what = written.length === 0 ? 'no aggregate' : `several aggregates (${written.join(', ')})`;
        tell(
          context,
          definition,
          path,
          code,
          `Measure "${name}" has ${what}; it must have one of sum, count, min, max.`,
          undefined,
          'key',
        );
        continue;
      }
      const aggregate = written[0];
      if (aggregate === undefined || aggregate === 'count') continue;
      const column = source.columns.find((candidate) => candidate.name === record[aggregate]);
      const numbers = source.columns
        .filter(({ kind }) => kind === 'number')
        .map((candidate) => candidate.name);
      if (!column) {
        tell(
          context,
          definition,
          [...path, aggregate],
          'unknown-column',
          `There is no column named "${record[aggregate]}" in "${source.id}".`,
          didYouMean(
            record[aggregate] ?? '',
            source.columns.map((candidate) => candidate.name),
          ),
        );
      } else if (column.kind !== 'number') {
        tell(
          context,
          definition,
          [...path, aggregate],
          'type-mismatch',
          `Column "${column.name}" holds ${column.kind}, and "${aggregate}" needs numbers.`,
          numbers.length > 0 ? `numbers are in ${numbers.join(', ')}` : undefined,
        );
      }
    }
  }
}
