import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { decimalWidth } from '../../catalog/storedDecimals.ts';
import type { Table, TableColumn } from '../../catalog/types.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import { duckDbDialect } from './dialect.ts';
import { writtenType } from './types.ts';

type NodeApi = typeof import('@duckdb/node-api');

/** Rows of a data chunk. */
const chunkRows = 2048;

/** A table of the connection that makes it, and of no other. */
export function temporaryTable(table: Table): string {
  const columns = table.columns.map(
    (column) => `${duckDbDialect.identifier(column.name)} ${writtenType(column)}`,
  );
  return `create temporary table table_to_write (${columns.join(', ')})`;
}

/** Appends the rows, in their order, chunk by chunk. */
export async function appendTable(api: NodeApi, connection: DuckDBConnection, table: Table): Promise<void> {
  for (const column of table.columns) {
    invariant(column.values.length === table.rows, `the column "${column.name}" has a value per row`);
  }
  const appender = await connection.createAppender('table_to_write');
  const types = table.columns.map((column) => chunkType(api, column));
  for (let start = 0; start < table.rows; start += chunkRows) {
    const rows = Math.min(chunkRows, table.rows - start);
    const chunk = api.DuckDBDataChunk.create(types, rows);
    table.columns.forEach((column, index) => {
      chunk.setColumnValues(index, chunkValues(api, column, start, start + rows));
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function chunkType(api: NodeApi, column: TableColumn): DuckDBType {
  switch (column.type) {
    case 'text':
      return api.VARCHAR;
    case 'integer':
      return api.BIGINT;
    case 'date':
      return api.DATE;
    case 'time':
      return api.TIMESTAMP;
    case 'decimal':
      return api.DECIMAL(decimalWidth(column.decimals), column.decimals);
  }
}

function chunkValues(api: NodeApi, column: TableColumn, start: number, end: number): readonly DuckDBValue[] {
  switch (column.type) {
    case 'text':
      return column.values.slice(start, end);
    case 'integer':
      return column.values.slice(start, end).map(integerValue);
    case 'date':
      return column.values.slice(start, end).map((value) => dateValue(api, value));
    case 'time':
      return column.values.slice(start, end).map((value) => timeValue(api, value));
    case 'decimal':
      return column.values.slice(start, end).map((value) => decimalValue(api, column, value));
  }
}

function decimalValue(
  api: NodeApi,
  column: Extract<TableColumn, { type: 'decimal' }>,
  value: bigint | null,
): DuckDBValue {
  if (value === null) return null;
  const width = decimalWidth(column.decimals);
  const limit = 10n ** BigInt(width);
  // The client checks the bytes but not the digits, and a number too long for its type is garbage later.
  if (value >= limit || value <= -limit)
    throw new RangeError(`"${column.name}" holds more than ${width} digits`);
  return new api.DuckDBDecimalValue(value, width, column.decimals);
}

const millisecondsOfDay = 86_400_000;

function dateValue(api: NodeApi, value: string | null): DuckDBValue {
  return value === null ? null : new api.DuckDBDateValue(milliseconds(`${value}T00:00Z`) / millisecondsOfDay);
}

function timeValue(api: NodeApi, value: string | null): DuckDBValue {
  return value === null ? null : new api.DuckDBTimestampValue(BigInt(milliseconds(`${value}Z`)) * 1000n);
}

function milliseconds(text: string): number {
  const time = Date.parse(text);
  invariant(!Number.isNaN(time), 'dates and times of a table are written in ISO');
  return time;
}

function integerValue(value: number | bigint | null): bigint | null {
  if (value === null || typeof value === 'bigint') return value;
  invariant(Number.isSafeInteger(value), 'an integer of a table is one that a double holds exactly');
  return BigInt(value);
}
