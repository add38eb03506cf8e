import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Table as ArrowTable, DataType } from 'apache-arrow';
import { type CellValue, columnValues } from '../../src/engine/arrow.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Files, tables } from './cases.ts';

/** A folder of its own, an engine that may read and write there, and the end of both. */
export interface Desk {
  readonly folder: string;
  readonly engine: Engine;
  readonly leave: () => Promise<void>;
}

export async function openDesk(threads = 2): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'flis-engine-'));
  const engine = await openDuckDb({
    folders: [],
    writable: [folder],
    temporaryFolder: join(folder, 'temporary'),
    threads,
    memoryLimit: '500MB',
  });
  const leave = async (): Promise<void> => {
    engine.close();
    await rm(folder, { recursive: true });
  };
  return { folder, engine, leave };
}

/** Writes the tables that the cases read. */
export async function writeFiles(desk: Desk): Promise<Files> {
  const write = async (name: keyof typeof tables): Promise<string> => {
    const path = join(desk.folder, `${name}.parquet`);
    await desk.engine.writeTable(tables[name], path);
    return path;
  };
  return { facts: await write('facts'), more: await write('more'), empty: await write('empty') };
}

export interface PlainTable {
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** An Arrow table as names, types and rows, to compare. */
export function plainTable(table: ArrowTable): PlainTable {
  const columns = table.schema.fields.map((field) => [field.name, typeName(field.type)] as const);
  const values = columns.map((_, index) => {
    const vector = table.getChildAt(index);
    return vector === null ? [] : columnValues(vector);
  });
  const rows = Array.from({ length: table.numRows }, (_, row) => values.map((column) => column[row] ?? null));
  return { columns, rows };
}

function typeName(type: DataType): string {
  if (DataType.isUtf8(type)) return 'text';
  if (DataType.isInt(type) && type.bitWidth === 64 && type.isSigned) return 'integer';
  if (DataType.isDecimal(type) && type.bitWidth === 128 && type.precision === 38)
    return `decimal ${type.scale}`;
  return `unexpected ${type}`;
}
