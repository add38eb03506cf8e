import { didYouMean } from '../../diagnostics/nearName.ts';
import { aggregates } from '../aggregates.ts';
import type { BindContext } from '../bind/context.ts';
import { aggregatesWritten } from '../bind/measures.ts';
import type { SemanticModel, Source } from '../types.ts';
import { type WrittenMeasure, writtenMeasures } from './writtenMeasures.ts';

/** A measure reads a source that exists by exactly one aggregate over a column that holds numbers. */
export function aggregatesOfMeasures(model: SemanticModel, context: BindContext): void {
  for (const written of writtenMeasures(model, context)) {
    const { name, record, source, path, tell } = written;
    const found = aggregatesWritten(record);
    const one = `it must have one of ${Object.keys(aggregates).join(', ')}`;
    if (!source) {
      const hint = didYouMean(record.source, Object.keys(model.sources));
      tell('unknown-source', [...path, 'source'], `There is no source named "${record.source}".`, hint);
    } else if (found.length === 0) {
      const message = `Measure "${name}" has no aggregate; ${one}.`;
      tell('aggregate-missing', path, message, undefined, 'key');
    } else if (found.length > 1) {
      const message = `Measure "${name}" has several aggregates (${found.join(', ')}); ${one}.`;
      tell('aggregate-twice', path, message, undefined, 'key');
    } else {
      checkColumn(written, source);
    }
  }
}

function checkColumn({ measure, path, tell }: WrittenMeasure, source: Source): void {
  if (measure.column === null) return;
  const at = [...path, measure.aggregate];
  const column = source.columns.find(({ name }) => name === measure.column);
  if (!column) {
    const names = source.columns.map(({ name }) => name);
    const message = `There is no column named "${measure.column}" in "${source.id}".`;
    tell('unknown-column', at, message, didYouMean(measure.column, names));
  } else if (column.kind !== 'number') {
    const numbers = source.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
    const message = `Column "${column.name}" holds ${held[column.kind]}, and "${measure.aggregate}" needs numbers.`;
    const hint = numbers.length > 0 ? `numbers are in ${numbers.join(', ')}` : undefined;
    tell('type-mismatch', at, message, hint);
  }
}

const held = {
  code: 'codes',
  period: 'periods',
  text: 'texts',
  date: 'dates',
  time: 'times',
  key: 'keys',
} as const;
