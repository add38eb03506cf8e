import type { Frequency } from '../definitions/schema.ts';
import { levelOfFrequency } from './periods.ts';
import type { RowType } from './rowSteps.ts';
import type { SourceColumn } from './types.ts';

/** The columns of a relation at some step, and how often a period of it ends. */
export interface Relation {
  readonly columns: readonly SourceColumn[];
  readonly frequency: Frequency;
  /** Weeks belong to the month, quarter and year of their Thursday. */
  readonly weeksByThursday?: true;
}

export function typesOf({ columns, frequency }: Relation): Record<string, RowType> {
  return Object.fromEntries(columns.map((column) => [column.name, typeOfColumn(column, frequency)]));
}

export function typeOfColumn(column: SourceColumn, frequency: Frequency): RowType {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', decimals: column.decimals };
    case 'code':
      return { kind: 'code', dimension: column.dimension };
    case 'period':
      return { kind: 'period', level: levelOfFrequency[frequency] };
    case 'key':
      return { kind: 'key', of: column.of, personal: column.personal };
    case 'text':
    case 'date':
    case 'time':
      return { kind: column.kind };
  }
}

/** A column that a step makes; a code without its dimension, and a period beside the one that rows have, are texts. */
export function columnOfType(name: string, type: RowType): SourceColumn {
  const from = name;
  switch (type.kind) {
    case 'number':
      return { kind: 'number', name, from, decimals: type.decimals, empty: [], min: null, max: null };
    case 'key':
      return { kind: 'key', name, from, of: type.of, personal: type.personal, emptyIsNone: true };
    case 'date':
    case 'time':
      return { kind: type.kind, name, from, emptyIsNone: true };
    case 'text':
    case 'code':
    case 'period':
    case 'condition':
      return { kind: 'text', name, from, values: null };
  }
}

/** Columns with others put in: where a name is there already, in its place. */
export function withColumns(
  columns: readonly SourceColumn[],
  added: readonly SourceColumn[],
): SourceColumn[] {
  const replaced = columns.map((column) => added.find(({ name }) => name === column.name) ?? column);
  const names = new Set(columns.map(({ name }) => name));
  return [...replaced, ...added.filter(({ name }) => !names.has(name))];
}
