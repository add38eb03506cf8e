import type { Table, TableColumn } from '../catalog/types.ts';
import { compareCodes } from '../model/codeOrder.ts';
import type { CheckedSource } from './checkSource.ts';
import type { ParsedColumn } from './columns/parsedColumn.ts';

/**
 * The table of a snapshot: the columns of the contract in its order, a `<name>_level` after a code column of
 * several levels, a `<name>_status` after a number, and last `_row`, the line of the delivered file. Rows come
 * in the order of the key, however the file was sorted, so that neighbours pack well.
 */
export function snapshotTable({ rows, kept }: Pick<CheckedSource, 'rows' | 'kept'>): Table {
  const order = [...kept].sort(byKey(rows.source.key, rows.columns, rows.lines));
  const take = <T>(values: readonly T[]): readonly (T | null)[] => order.map((row) => values[row] ?? null);
  const columns = rows.columns.flatMap((column) => tableColumns(column, take));
  return {
    rows: order.length,
    columns: [...columns, { name: '_row', type: 'integer', values: take(rows.lines) }],
  };
}

type Take = <T>(values: readonly T[]) => readonly (T | null)[];

function tableColumns(parsed: ParsedColumn, take: Take): readonly TableColumn[] {
  const { name } = parsed.column;
  switch (parsed.kind) {
    case 'code': {
      const codes: TableColumn = { name, type: 'text', values: take(parsed.codes) };
      if (parsed.column.levels.length === 1) return [codes];
      return [codes, { name: `${name}_level`, type: 'text', values: take(parsed.levels) }];
    }
    case 'period':
      return [{ name, type: 'text', values: take(parsed.codes) }];
    case 'text':
    case 'date':
    case 'time':
      return [{ name, type: parsed.kind, values: take(parsed.values) }];
    case 'key': {
      const values = take(parsed.values);
      if (parsed.column.of === 'text') return [{ name, type: 'text', values }];
      return [
        { name, type: 'integer', values: values.map((value) => (value === null ? null : BigInt(value))) },
      ];
    }
    case 'number': {
      const { decimals } = parsed.column;
      const values = take(parsed.values);
      const status: TableColumn = { name: `${name}_status`, type: 'text', values: take(parsed.statuses) };
      if (decimals > 0) return [{ name, type: 'decimal', decimals, values }, status];
      return [
        { name, type: 'integer', values: values.map((value) => (value === null ? null : Number(value))) },
        status,
      ];
    }
  }
}

/** By the columns of the key in its order, then by line. */
function byKey(key: readonly string[], columns: readonly ParsedColumn[], lines: readonly number[]) {
  const ranks = key.flatMap((name) => columns.find(({ column }) => column.name === name) ?? []).map(ranksOf);
  return (a: number, b: number): number => {
    for (const rank of ranks) {
      const order = (rank[a] ?? 0) - (rank[b] ?? 0);
      if (order !== 0) return order;
    }
    return (lines[a] ?? 0) - (lines[b] ?? 0);
  };
}

/** The place of every row's value among the few that a column has: codes are compared once, not in every step. */
function ranksOf(parsed: ParsedColumn): readonly number[] {
  const texts = textsOf(parsed);
  const order = parsed.kind === 'key' && parsed.column.of === 'integer' ? compareIntegers : compareCodes;
  const rank = new Map([...new Set(texts)].sort(order).map((text, at) => [text, at]));
  return texts.map((text) => rank.get(text) ?? 0);
}

/** Whole numbers as numbers, those below zero too; none before all. */
function compareIntegers(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? -1 : 1;
  const [one, other] = [BigInt(a), BigInt(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function textsOf(parsed: ParsedColumn): readonly string[] {
  switch (parsed.kind) {
    case 'code':
    case 'period':
      return parsed.codes.map((code) => code ?? '');
    case 'text':
    case 'number':
    case 'date':
    case 'time':
    case 'key':
      return parsed.values.map((value) => String(value ?? ''));
  }
}
