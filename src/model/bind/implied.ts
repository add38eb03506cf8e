import { createHash } from 'node:crypto';
import type { KpiDefinition } from '../../definitions/definition.ts';
import type { MeasureRecord } from '../../definitions/schema.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { lookUp } from '../lookUp.ts';
import { columnOfType, type Relation, typesOf, withColumns } from '../relation.ts';
import { bindRowExpression } from '../rowExpressions.ts';
import { columnsIn } from '../rowReads.ts';
import type { DerivedColumn, RowExpression } from '../rowSteps.ts';
import { typeInWords } from '../rowTyping.ts';
import type { Source, SourceColumn } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';
import { derivedSource } from './derivedSource.ts';
import { bindExtreme } from './extremes.ts';
import type { Structured } from './steps/scope.ts';

/** Measure id to what it reads instead of what is written: rows of its own. */
export type ImpliedUses = ReadonlyMap<string, { readonly source: string; readonly sum?: string }>;

export interface Implied {
  /** All sources, and the rows that measures imply. */
  readonly sources: Record<string, Source>;
  readonly uses: ImpliedUses;
}

/**
 * Rows that measures imply: the role that is a dimension, and what a sum is worked out of. Measures that say
 * the same share their rows, whose id says what they are.
 */
export function bindImplied(context: BindContext, structured: Structured): Implied {
  const sources: Record<string, Source> = { ...structured.sources };
  const uses = new Map<string, { source: string; sum?: string }>();
  for (const definition of context.definitions.kpis) {
    for (const [name, record] of Object.entries(definition.record.measures ?? {})) {
      const from = lookUp(structured.sources, record.source);
      const written = isExpression(record.sum) ? record.sum : null;
      if (!from || (record.role === undefined && written === null)) continue;
      const place: Place = { context, definition, name, from };
      const roles = record.role === undefined ? { parts: [] } : bindRoles(place, record.role);
      const sum = written === null ? { parts: [] } : bindSum(place, written);
      if (!roles || !sum) continue;
      const parts = [...roles.parts, ...sum.parts];
      if (parts.every(({ derive }) => derive === null)) continue;
      const id = `${from.id}[${parts.flatMap(({ text }) => text || []).join('; ')}]`;
      sources[id] ??= impliedSource(from, id, parts);
      const column = sum.parts[0]?.column.name;
      uses.set(`${definition.record.kpi}.${name}`, {
        source: id,
        ...(column === undefined ? {} : { sum: column }),
      });
    }
  }
  for (const definition of context.definitions.kpis)
    for (const [name, record] of Object.entries(definition.record.measures ?? {}))
      addExtremes({ context, definition, name, record, sources, uses });
  return { sources, uses };
}

/** A first or last is taken of the rows that the measure reads, with the role that it reads them by. */
function addExtremes(at: {
  readonly context: BindContext;
  readonly definition: KpiDefinition;
  readonly name: string;
  readonly record: MeasureRecord;
  readonly sources: Record<string, Source>;
  readonly uses: Map<string, { source: string; sum?: string }>;
}): void {
  const { context, definition, name, record, sources, uses } = at;
  const id = `${definition.record.kpi}.${name}`;
  const from = lookUp(sources, uses.get(id)?.source ?? record.source);
  for (const which of ['first', 'last'] as const) {
    const extreme = record[which];
    if (!from || !extreme) continue;
    const made = bindExtreme(context, {
      definition,
      name,
      which,
      record: extreme,
      where: record.where,
      from,
    });
    for (const source of made ?? []) sources[source.id] ??= source;
    const rows = made?.at(-1);
    if (rows) uses.set(id, { source: rows.id });
  }
}

/** A column that rows get, and how it is said in their id. */
interface Part {
  readonly text: string;
  /** Null where the column is as it was. */
  readonly derive: DerivedColumn | null;
  readonly column: SourceColumn;
}

interface Place {
  readonly context: BindContext;
  readonly definition: KpiDefinition;
  readonly name: string;
  readonly from: Source;
}

/** A name alone is a column; whether it is there, a rule says. */
export function isExpression(sum: MeasureRecord['sum']): sum is string {
  return sum !== undefined && !/^[\p{L}_][\p{L}\d_]*$/u.test(sum.trim());
}

/** The sum of more than one measure of a source may be worked out; each has the same column in rows of its own. */
const sumColumn = 'beregnet';

function bindSum({ context, definition, name, from }: Place, text: string): { parts: Part[] } | null {
  const path = ['measures', name, 'sum'];
  const parsed = parseAt(context, definition, path, text);
  const bound =
    parsed && bindRowExpression(parsed, { types: typesOf(from), where: `"${from.id}"` }, context.report);
  if (!bound) return null;
  if (bound.type.kind !== 'number') {
    const message = `"sum" needs numbers, and this is a ${typeInWords(bound.type)}.`;
    context.report(diagnostic('type-mismatch', message, { span: definition.spanOf(path) }));
    return null;
  }
  const taken = new Set(from.columns.map((column) => column.name.toLowerCase()));
  let column = sumColumn;
  for (let number = 2; taken.has(column); number += 1) column = `${sumColumn}_${number}`;
  const part = {
    text: text.trim().replaceAll(/\s+/g, ' '),
    derive: { name: column, expression: bound.expression, reads: columnsIn(bound.expression), codes: null },
    column: columnOfType(column, bound.type),
  };
  return { parts: [part] };
}

type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

/** The dimension is the first role that a row has; the columns of the other roles are texts from then on. */
function bindRoles(
  { context, definition, name, from }: Place,
  role: string | readonly string[],
): { parts: Part[] } | null {
  const wanted = [role].flat();
  const path = ['measures', name, 'role'];
  const columns = wanted.map((written, position) => {
    const found = from.columns.find(
      (column): column is CodeColumn =>
        column.kind === 'code' && (column.role === written || column.name === written),
    );
    if (found) return found;
    const names = from.columns.flatMap((column) =>
      column.kind === 'code' ? [column.role ?? column.name] : [],
    );
    const span = definition.spanOf(Array.isArray(role) ? [...path, position] : path);
    const hint = didYouMean(written, names) ?? `there are ${names.join(', ')}`;
    const message = `There is no column of the role "${written}" in "${from.id}".`;
    context.report(diagnostic('unknown-role', message, { span, hint }));
    return null;
  });
  const known = columns.flatMap((column) => column ?? []);
  const [first] = known;
  if (!first || known.length < columns.length) return null;
  const other = known.find(({ dimension }) => dimension !== first.dimension);
  if (other) {
    const message = `"${other.name}" is a ${other.dimension} and "${first.name}" a ${first.dimension}.`;
    context.report(diagnostic('unknown-role', message, { span: definition.spanOf(path) }));
    return null;
  }
  const expression: RowExpression = {
    kind: 'coalesce',
    operands: known.map((column) => ({ kind: 'known', operand: { kind: 'column', name: column.name } })),
  };
  const rest = from.columns.filter(
    (column): column is CodeColumn =>
      column.kind === 'code' && column.dimension === first.dimension && column.name !== first.name,
  );
  const text = `${first.dimension}: ${known.map((column) => column.name).join(', else ')}`;
  return {
    parts: [
      known.length === 1
        ? { text, derive: null, column: first }
        : {
            text,
            derive: { name: first.name, expression, reads: columnsIn(expression), codes: null },
            column: { ...first, levels: first.levels.slice(0, 1), emptyIsUnknown: true },
          },
      ...rest.map((column) => ({
        text: '',
        derive: {
          name: column.name,
          expression: { kind: 'column', name: column.name } as const,
          reads: [column.name],
          codes: null,
        },
        column: columnOfType(column.name, { kind: 'text' }),
      })),
    ],
  };
}

function impliedSource(from: Source, id: string, parts: readonly Part[]): Source {
  const relation: Relation = {
    columns: withColumns(
      from.columns,
      parts.map(({ column }) => column),
    ),
    frequency: from.frequency,
  };
  const derive = { kind: 'derive', columns: parts.flatMap((part) => part.derive ?? []) } as const;
  return derivedSource(from, relation, [{ step: derive, columns: relation.columns }], {
    id,
    label: from.label,
    contract: createHash('sha256')
      .update(JSON.stringify([from.contract, id]))
      .digest('hex'),
  });
}
