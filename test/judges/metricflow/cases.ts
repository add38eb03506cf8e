import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A value of a frozen answer; times are texts like `2020-01-01T00:00:00`. */
export type Value = string | number | boolean | null;

export interface GroupBy {
  readonly name: string;
  readonly kind: 'metric_time' | 'dimension' | 'time_dimension' | 'entity';
  readonly entity_path: readonly string[];
  readonly resolved_entity_path?: readonly string[];
  readonly element: string;
  readonly grain?: string;
  readonly date_part?: string;
  readonly column?: string;
  readonly columns?: readonly string[];
}

/** What a hole of a filter stands for. */
export interface Reference {
  readonly kind: 'dimension' | 'time_dimension' | 'entity' | 'metric';
  readonly name: string;
  readonly grain?: string | null;
  readonly group_by?: readonly string[];
}

export interface Filter {
  /** SQL with `{0}`, `{1}`, ... for what `refs` names. */
  readonly template: string;
  readonly refs: readonly Reference[];
}

export interface JudgeCase {
  readonly id: string;
  readonly manifest: string;
  readonly metrics: readonly string[];
  readonly group_by_resolved: readonly GroupBy[];
  readonly where: Filter | null;
  readonly time_constraint: readonly [string, string] | null;
  readonly order_bys: readonly string[];
  readonly limit: number | null;
  readonly check_order: boolean;
  readonly min_max_only: boolean;
  readonly apply_group_by: boolean;
  readonly needs: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[] | null;
  readonly rows_file: string | null;
  readonly alternatives?: readonly (readonly (readonly Value[])[])[];
}

export interface Table {
  readonly name: string;
  readonly file: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export async function readCases(folder: string): Promise<readonly JudgeCase[]> {
  return JSON.parse(await readFile(join(folder, 'cases.json'), 'utf8'));
}

export async function readTables(folder: string): Promise<readonly Table[]> {
  const { tables } = JSON.parse(await readFile(join(folder, 'tables.json'), 'utf8'));
  return tables;
}

/** The frozen rows of a case. */
export async function answerOf(folder: string, each: JudgeCase): Promise<readonly (readonly Value[])[]> {
  if (each.rows !== null) return each.rows;
  const packed = await readFile(join(folder, each.rows_file ?? ''));
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

/** Rows of a table as texts; null where a field is empty and not quoted. */
export async function readRows(folder: string, table: Table): Promise<readonly (string | null)[][]> {
  const text = await readFile(join(folder, table.file), 'utf8');
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map(fieldsOf);
}

const field = /"((?:[^"]|"")*)"|([^,]*)/y;

function fieldsOf(line: string): (string | null)[] {
  const fields: (string | null)[] = [];
  for (let at = 0; at <= line.length; at = field.lastIndex + 1) {
    field.lastIndex = at;
    const [, quoted, plain] = field.exec(line) ?? [];
    fields.push(quoted?.replaceAll('""', '"') ?? (plain === '' ? null : (plain ?? null)));
  }
  return fields;
}
