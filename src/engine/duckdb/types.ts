import { decimalWidth } from '../../catalog/storedDecimals.ts';
import type { TableColumn } from '../../catalog/types.ts';
import type { ColumnType } from '../arrow.ts';

/**
 * How DuckDB lays out the types that a result may have: numbers of one of these widths, least
 * significant byte first, and texts as 16 bytes that hold the text or point to it.
 */
export interface StoredType {
  readonly type: ColumnType;
  /** Bytes of one row in the vector. */
  readonly bytes: number;
  readonly signed: boolean;
}

/** Names as `DuckDBType.toString` writes them. What is not here must be cast in the query. */
const storedTypes: Readonly<Record<string, StoredType>> = {
  VARCHAR: { type: { kind: 'text' }, bytes: 16, signed: false },
  TINYINT: { type: { kind: 'integer' }, bytes: 1, signed: true },
  SMALLINT: { type: { kind: 'integer' }, bytes: 2, signed: true },
  INTEGER: { type: { kind: 'integer' }, bytes: 4, signed: true },
  BIGINT: { type: { kind: 'integer' }, bytes: 8, signed: true },
  UTINYINT: { type: { kind: 'integer' }, bytes: 1, signed: false },
  USMALLINT: { type: { kind: 'integer' }, bytes: 2, signed: false },
  UINTEGER: { type: { kind: 'integer' }, bytes: 4, signed: false },
};

const decimalName = /^DECIMAL\((\d+),(\d+)\)$/;

/** The layout of a type, or null for one in which results do not leave the engine (HUGEINT, DOUBLE, DATE). */
export function storedType(name: string): StoredType | null {
  const decimal = decimalName.exec(name);
  if (decimal === null) return storedTypes[name] ?? null;
  const width = Number(decimal[1]);
  return {
    type: { kind: 'decimal', decimals: Number(decimal[2]) },
    bytes: decimalBytes(width),
    signed: true,
  };
}

function decimalBytes(width: number): number {
  if (width <= 4) return 2;
  if (width <= 9) return 4;
  return width <= 18 ? 8 : 16;
}

/** The type in which a column is written to Parquet. */
export function writtenType(column: TableColumn): string {
  switch (column.type) {
    case 'text':
      return 'varchar';
    case 'integer':
      return 'bigint';
    case 'date':
      return 'date';
    case 'time':
      return 'timestamp';
    case 'decimal':
      return `decimal(${decimalWidth(column.decimals)}, ${column.decimals})`;
  }
}

/** How a delivered column is held, by the name of its type. */
export function heldAs(
  name: string,
):
  | { readonly held: 'text' | 'integer' | 'date' | 'time' | 'other' }
  | { readonly held: 'decimal'; readonly digits: number; readonly decimals: number } {
  const decimal = decimalName.exec(name);
  if (decimal !== null) return { held: 'decimal', digits: Number(decimal[1]), decimals: Number(decimal[2]) };
  return { held: heldTypes[name] ?? 'other' };
}

const heldTypes: Readonly<Record<string, 'text' | 'integer' | 'date' | 'time'>> = {
  VARCHAR: 'text',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  DATE: 'date',
  TIMESTAMP: 'time',
  TIMESTAMP_S: 'time',
  TIMESTAMP_MS: 'time',
  TIMESTAMP_NS: 'time',
};
