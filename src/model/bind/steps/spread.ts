import { levelOfFrequency } from '../../periods.ts';
import type { SourceColumn } from '../../types.ts';
import { type BoundStep, columnOfKind, type StepOf, type StepScope } from './scope.ts';

/** What `spread` calls the period that it writes. */
const spreadPeriod = 'periode';

export function bindSpread(scope: StepScope, record: StepOf<'spread'>): BoundStep | null {
  const { relation } = scope;
  for (const end of ['from', 'to'] as const) {
    if (!columnOfKind(scope, ['spread', end], record[end], ['date', 'time'])) return null;
  }
  const others = relation.columns.filter(({ kind }) => kind !== 'period');
  const period: SourceColumn = { kind: 'period', name: spreadPeriod, from: spreadPeriod, constant: null };
  const { level, from, to, on } = record;
  return {
    step: { kind: 'spread', level: levelOfFrequency[level], from, to, on },
    relation: { columns: [period, ...others], frequency: level },
  };
}
