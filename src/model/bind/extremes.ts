import { createHash } from 'node:crypto';
import type { KpiDefinition } from '../../definitions/definition.ts';
import type { MeasureRecord } from '../../definitions/schema.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { levelOfFrequency } from '../periods.ts';
import { columnOfType, type Relation, typeOfColumn, typesOf, withColumns } from '../relation.ts';
import { periodColumnOf } from '../relations.ts';
import { bindRowExpression } from '../rowExpressions.ts';
import type { RowExpression } from '../rowSteps.ts';
import type { DerivationStep, Source } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';
import { derivedSource } from './derivedSource.ts';

/** `first` or `last` as it is written. */
export type ExtremeRecord = NonNullable<MeasureRecord['last']>;

export interface Extreme {
  readonly definition: KpiDefinition;
  readonly name: string;
  readonly which: 'first' | 'last';
  readonly record: ExtremeRecord;
  readonly where: string | undefined;
  readonly from: Source;
}

/** Column that the earliest or latest is kept in; no contract has one of that name. */
const limit = 'graense';

/**
 * Rows for a first or a last: of each period and of each combination of `per`, those that are earliest or latest
 * in `by`, all of them where several are. Made of steps that a definition of rows could have written: the limit is
 * taken of groups, looked up, and held against each row. Null where something is wrong, which is told.
 */
export function bindExtreme(context: BindContext, extreme: Extreme): readonly Source[] | null {
  const { from, record, which } = extreme;
  const period = periodColumnOf(from.columns);
  if (!period || !columnsAreThere(context, extreme)) return null;
  const chosen = whereOf(context, extreme);
  const words = `${which} by ${record.by}${record.per.length > 0 ? ` per ${record.per.join(', ')}` : ''}`;
  const within = extreme.where === undefined ? '' : ` where ${extreme.where}`;
  const limits = limitsOf(extreme, `${from.id}[${words}, limits${within}]`, period.name, chosen);
  const rows = rowsAt(extreme, `${from.id}[${words}${within}]`, period.name, limits, chosen);
  return [limits, rows];
}

function columnsAreThere(context: BindContext, { definition, name, which, record, from }: Extreme): boolean {
  const names = from.columns.map((column) => column.name);
  const asked = [
    { path: ['measures', name, which, 'by'], column: record.by },
    ...record.per.map((column, at) => ({ path: ['measures', name, which, 'per', at], column })),
  ];
  const wrong = asked.filter(({ column }) => !names.includes(column));
  for (const { path, column } of wrong) {
    const span = definition.spanOf(path);
    const message = `There is no column named "${column}" in "${from.id}".`;
    context.report(diagnostic('unknown-column', message, { span, hint: didYouMean(column, names) }));
  }
  return wrong.length === 0;
}

/** The measure's own condition decides who can be first; that it is right, others say. */
function whereOf(context: BindContext, { definition, name, where, from }: Extreme): RowExpression | null {
  if (where === undefined) return null;
  const silent = { ...context, report: () => undefined };
  const parsed = parseAt(silent, definition, ['measures', name, 'where'], where);
  const scope = { types: typesOf(from), where: `"${from.id}"` };
  return (parsed && bindRowExpression(parsed, scope, () => undefined)?.expression) ?? null;
}

const contractOf = (from: Source, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([from.contract, id]))
    .digest('hex');

const keeping = (condition: RowExpression | null, { columns }: Relation): DerivationStep[] =>
  condition === null ? [] : [{ step: { kind: 'where', condition }, columns }];

function limitsOf(
  { from, record, which }: Extreme,
  id: string,
  period: string,
  chosen: RowExpression | null,
): Source {
  const by = [...new Set([period, ...record.per])];
  const kept = from.columns.filter(({ name }) => by.includes(name));
  const relation: Relation = { columns: [...kept, limitColumn(from, record.by)], frequency: from.frequency };
  const aggregate = which === 'last' ? 'max' : 'min';
  const take = { name: limit, aggregate, columns: [record.by] } as const;
  const steps: DerivationStep[] = [
    ...keeping(chosen, from),
    { step: { kind: 'group', by, level: null, takes: [take] }, columns: relation.columns },
  ];
  return derivedSource(from, relation, steps, { id, label: from.label, contract: contractOf(from, id) });
}

function limitColumn(from: Source, by: string) {
  const column = from.columns.find(({ name }) => name === by);
  return columnOfType(limit, column ? typeOfColumn(column, from.frequency) : { kind: 'text' });
}

function rowsAt(
  { from, record }: Extreme,
  id: string,
  period: string,
  limits: Source,
  chosen: RowExpression | null,
): Source {
  const columns = withColumns(from.columns, [limitColumn(from, record.by)]);
  const relation: Relation = { columns, frequency: from.frequency };
  const isAtLimit: RowExpression = {
    kind: 'comparison',
    operator: '==',
    left: { kind: 'column', name: record.by },
    right: { kind: 'column', name: limit },
  };
  const steps: DerivationStep[] = [
    ...keeping(chosen, from),
    {
      step: {
        kind: 'match',
        rows: limits.id,
        on: record.per.filter((name) => name !== period).map((name) => ({ ours: name, theirs: name })),
        shift: { ours: period, theirs: period, level: levelOfFrequency[from.frequency], by: 0 },
        valid: null,
        takes: [{ name: limit, column: limit }],
        found: null,
      },
      columns,
    },
    { step: { kind: 'where', condition: isAtLimit }, columns },
  ];
  return derivedSource(from, relation, steps, { id, label: from.label, contract: contractOf(from, id) });
}
