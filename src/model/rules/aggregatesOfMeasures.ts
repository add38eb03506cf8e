import { didYouMean } from '../../diagnostics/nearName.ts';
import { aggregates } from '../aggregates.ts';
import { isExpression } from '../bind/implied.ts';
import { aggregatesWritten } from '../bind/measures.ts';
import type { SemanticModel, Source } from '../types.ts';
import type { RuleContext } from './rule.ts';
import type { WrittenMeasure } from './writtenMeasures.ts';

/** A measure reads a source that exists by exactly one aggregate over columns of the right kind. */
export function aggregatesOfMeasures(model: SemanticModel, context: RuleContext): void {
  for (const written of context.written) {
    const { name, record, source, path, tell } = written;
    const found = aggregatesWritten(record);
    const one = `it must have one of ${Object.keys(aggregates).join(', ')}`;
    if (!source) {
      const hint = didYouMean(record.source, Object.keys(model.sources));
      tell('unknown-source', [...path, 'source'], `There is no source named "${record.source}".`, hint);
    } else if (!source.columns.some(({ kind }) => kind === 'period')) {
      const message = `"${source.id}" ends without a period column, so nobody knows when its rows are.`;
      const hint =
        'keep the period column in group by, spread intervals over periods, or look other rows up in it';
      tell('rows-period', [...path, 'source'], message, hint);
    } else if (found.length === 0) {
      const message = `Measure "${name}" has no aggregate; ${one}.`;
      tell('aggregate-missing', path, message, undefined, 'key');
    } else if (found.length > 1) {
      const message = `Measure "${name}" has several aggregates (${found.join(', ')}); ${one}.`;
      tell('aggregate-twice', path, message, undefined, 'key');
    } else {
      checkColumn(written, source);
      checkKey(written, source);
      checkOverTime(written);
    }
  }
}

function checkColumn({ measure, path, tell }: WrittenMeasure, source: Source): void {
  // What is wrong with an expression is told where it is bound.
  if (measure.column === null || isExpression(measure.column)) return;
  const at = [
    ...path,
    measure.aggregate,
    ...(['quantile', 'first', 'last'].includes(measure.aggregate) ? ['of'] : []),
  ];
  const column = source.columns.find(({ name }) => name === measure.column);
  if (!column) {
    tellUnknown(tell, at, measure.column, source);
  } else if (column.kind !== 'number') {
    const numbers = source.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
    const message = `Column "${column.name}" holds ${held[column.kind]}, and "${measure.aggregate}" needs numbers.`;
    const hint = numbers.length > 0 ? `numbers are in ${numbers.join(', ')}` : undefined;
    tell('type-mismatch', at, message, hint);
  }
}

/** What is counted once each is somebody or something, not an amount. */
function checkKey({ measure, record, path, tell }: WrittenMeasure, source: Source): void {
  for (const [position, name] of measure.key.entries()) {
    const at = [...path, 'distinct', ...(Array.isArray(record.distinct) ? [position] : [])];
    const column = source.columns.find((each) => each.name === name);
    if (!column) tellUnknown(tell, at, name, source);
    else if (column.kind === 'number')
      tell('type-mismatch', at, `Column "${name}" holds numbers, and "distinct" counts keys and codes.`);
  }
}

function tellUnknown(tell: WrittenMeasure['tell'], at: (string | number)[], name: string, source: Source) {
  const names = source.columns.map((column) => column.name);
  tell(
    'unknown-column',
    at,
    `There is no column named "${name}" in "${source.id}".`,
    didYouMean(name, names),
  );
}

function checkOverTime({ measure, name, path, tell }: WrittenMeasure): void {
  const possible: readonly string[] = aggregates[measure.aggregate].overTime;
  if (possible.includes(measure.overTime)) return;
  const message = `"${name}" is a ${measure.aggregate}, which cannot go over time by "${measure.overTime}".`;
  tell('over-time-impossible', [...path, 'over_time'], message, `write one of ${possible.join(', ')}`);
}

const held = {
  code: 'codes',
  period: 'periods',
  text: 'texts',
  date: 'dates',
  time: 'times',
  key: 'keys',
} as const;
