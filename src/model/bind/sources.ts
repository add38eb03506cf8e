import { createHash } from 'node:crypto';
import type { SourceDefinition } from '../../definitions/definition.ts';
import type { ColumnRecord } from '../../definitions/schema.ts';
import { lookUp } from '../lookUp.ts';
import { typeLiterals } from '../typedLiterals.ts';
import type { Dimension, EmptyRule, Source, SourceColumn } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';

/** Source contracts with their conditions parsed and every default written out. */
export function bindSources(
  context: BindContext,
  dimensions: Readonly<Record<string, Dimension>>,
): Record<string, Source> {
  const bound: Record<string, Source> = {};
  for (const definition of context.definitions.sources) {
    const { record } = definition;
    const { file } = record;
    bound[record.source] = withTypedConditions({
      id: record.source,
      label: record.label,
      supplier: record.supplier,
      origin: record.origin ?? null,
      frequency: record.frequency,
      ...(record.counted_on === 'first_day' ? { countedOn: 'first_day' as const } : {}),
      ...(record.weeks === 'by_thursday' ? { weeksByThursday: true as const } : {}),
      delivery: record.delivery,
      file: {
        names: file.names,
        format: file.format,
        encoding: file.encoding ?? 'utf-8',
        delimiter: file.delimiter ?? ',',
        decimal: file.decimal ?? '.',
        header: file.header,
        rows: file.rows === undefined ? null : parseAt(context, definition, ['file', 'rows'], file.rows),
        synthetic: file.synthetic ?? null,
      },
      columns: Object.entries(record.columns).map(([name, column]) =>
        bindColumn(context, definition, dimensions, name, column),
      ),
      key: record.key,
      absence: record.absence ?? 'missing',
      deliveredBy: record.delivered_by ?? null,
      derivation: null,
      contract: createHash('sha256').update(JSON.stringify(record)).digest('hex'),
    });
  }
  return bound;
}

/** What an empty number means may depend on columns that stand after it, so their types are known last. */
const withTypedConditions = (source: Source): Source => ({
  ...source,
  columns: source.columns.map((column) =>
    column.kind === 'number' ? { ...column, empty: column.empty.map(withTypedWhen(source)) } : column,
  ),
});

const withTypedWhen =
  (source: Source) =>
  ({ when, means }: EmptyRule): EmptyRule => ({ when: when && typeLiterals(when, source), means });

function bindColumn(
  context: BindContext,
  definition: SourceDefinition,
  dimensions: Readonly<Record<string, Dimension>>,
  name: string,
  column: ColumnRecord,
): SourceColumn {
  switch (column.type) {
    case 'code':
      return {
        kind: 'code',
        name,
        from: column.from,
        dimension: column.dimension,
        levels: column.levels ?? [lookUp(dimensions, column.dimension)?.leaf ?? column.dimension],
        role: column.role ?? null,
        match: column.match ?? 'code',
        emptyIsUnknown: column.empty === 'uoplyst',
        unknown: column.unknown ?? 'refuse',
        expect: column.expect ?? 'delivered',
      };
    case 'period':
      return { kind: 'period', name, from: column.from ?? null, constant: column.constant ?? null };
    case 'text':
      return { kind: 'text', name, from: column.from, values: column.values ?? null };
    case 'integer':
    case 'decimal':
      return {
        kind: 'number',
        name,
        from: column.from,
        decimals: column.type === 'decimal' ? column.decimals : 0,
        empty: bindEmpty(context, definition, name, column.empty),
        min: column.min ?? null,
        max: column.max ?? null,
      };
    case 'date':
    case 'time':
      return { kind: column.type, name, from: column.from, emptyIsNone: column.empty === 'none' };
    case 'key':
      return {
        kind: 'key',
        name,
        from: column.from,
        of: column.of,
        personal: column.personal === true,
        emptyIsNone: column.empty === 'none',
      };
  }
}

type EmptyRecord = Extract<ColumnRecord, { type: 'decimal' }>['empty'];

function bindEmpty(
  context: BindContext,
  definition: SourceDefinition,
  column: string,
  empty: EmptyRecord,
): EmptyRule[] {
  if (empty === undefined) return [];
  if (typeof empty === 'string') return [{ when: null, means: empty }];
  return empty.map((rule, position) => ({
    when:
      rule.when === undefined
        ? null
        : parseAt(context, definition, ['columns', column, 'empty', position, 'when'], rule.when),
    means: rule.means,
  }));
}
