import { invariant } from '../diagnostics/invariant.ts';
import { keywords } from './keywords.ts';
import { bracketed, call, type Layout } from './layout.ts';
import type { SqlAggregate, SqlType, SqlWindow } from './tree.ts';

/**
 * How one engine writes SQL: a table of functions with a standard default for each, of which an
 * engine overrides what differs.
 */
export interface Dialect {
  readonly name: string;
  /** Every name goes through here and nowhere else. */
  readonly identifier: (name: string) => string;
  /** The place of a prepared parameter; `index` counts from 1. */
  readonly parameter: (index: number, kind: 'text' | 'integer') => string;
  /** A quoted text. The result holds no control character, so that it can be shown and copied. */
  readonly text: (value: string) => string;
  readonly type: (type: SqlType) => string;
  readonly aggregate: (name: SqlAggregate, operands: readonly Layout[]) => Layout;
  /** The function of a window; what it goes over is the same in every engine. */
  readonly window: (name: SqlWindow, operands: readonly Layout[]) => Layout;
  /** A file's path as the reader takes it; refuses one that it would take for a pattern of several files. */
  readonly path: (path: string) => string;
  /** Parquet files as one relation, read in the order of the list. */
  readonly parquet: (files: readonly Layout[]) => Layout;
  /** Rows as a relation, with its alias. Cells come with a cast where the first row needs one. */
  readonly values: (relation: ValuesRelation) => Layout;
  /** How ORDER BY names a column of the result: by name, or by position. */
  readonly resultColumn: (name: string, position: number) => string;
  /** What follows the direction in ORDER BY; nulls come last in every engine. */
  readonly nullsLast: string;
  /** The last line of a statement: settings without which it would mean something else. */
  readonly ending: string | null;
}

export interface ValuesRelation {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows: readonly (readonly Layout[])[];
  readonly alias: string;
}

const aggregateNames: Readonly<Record<SqlAggregate, string>> = {
  sum: 'sum',
  count: 'count',
  min: 'min',
  max: 'max',
  valueAtMax: 'max_by',
  valueAtMin: 'min_by',
};

const plainName = /^[a-z_][a-z0-9_]*$/;

/** Lower-case names that mean nothing else stand as they are; all others are quoted by `quote`. */
export function identifierBy(quote: (name: string) => string): (name: string) => string {
  return (name) => {
    invariant(name !== '' && !name.includes('\0'), 'a name has at least one character, and none is NUL');
    return plainName.test(name) && !keywords.has(name) ? name : quote(name);
  };
}

/** Calls each aggregate by the name in the table; `count` of nothing counts rows. */
export function aggregateBy(names: Readonly<Record<SqlAggregate, string>>): Dialect['aggregate'] {
  return (name, operands) => call(names[name], operands.length === 0 ? ['*'] : operands);
}

/** `"` doubled within `"`, as in the standard. */
const standardIdentifier = identifierBy((name) => `"${name.replaceAll('"', '""')}"`);

export const standardDialect: Dialect = {
  name: 'standard',
  identifier: standardIdentifier,
  parameter: (index) => `$${index}`,
  text: (value) => `'${value.replaceAll("'", "''")}'`,
  type: standardType,
  aggregate: aggregateBy(aggregateNames),
  window: (name, operands) => call(name, operands),
  path: (path) => path,
  parquet: (files) => call('read_parquet', [bracketed('array[', files, ']')]),
  values: (relation) => standardValues(relation, standardIdentifier),
  resultColumn: (name) => standardIdentifier(name),
  nullsLast: ' nulls last',
  ending: null,
};

function standardType(type: SqlType): string {
  switch (type.kind) {
    case 'text':
      return 'varchar';
    case 'integer':
      return 'bigint';
    case 'date':
      return 'date';
    case 'time':
      return 'timestamp';
    case 'decimal':
      return `decimal(38, ${type.decimals})`;
  }
}

function standardValues(relation: ValuesRelation, identifier: Dialect['identifier']): Layout {
  const rows = relation.rows.map((row) => bracketed('(', row, ')'));
  const names = relation.columns.map((column) => identifier(column.name));
  return [bracketed('(values ', rows, ')'), bracketed(` as ${identifier(relation.alias)} (`, names, ')')];
}
