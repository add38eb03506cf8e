import {
  Decimal,
  Field,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  type Vector,
} from 'apache-arrow';
import { invariant } from '../diagnostics/invariant.ts';

/**
 * The three types in which results leave an engine. Decimals have the full width, so that a column's
 * type depends on its decimals alone, and not on the engine or on how it was computed.
 */
export type ColumnType =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'decimal'; readonly decimals: number };

/** One column as the buffers that Arrow defines for its type; all buffers are little-endian. */
export interface ColumnBuffers {
  readonly name: string;
  readonly type: ColumnType;
  /** One bit a row, least significant first; 1 where there is a value. Empty where all rows have one. */
  readonly validity: Uint8Array;
  readonly nulls: number;
  /** 8 bytes a row for integers, 16 for decimals, UTF-8 bytes for text. */
  readonly data: Uint8Array;
  /** For text: where each row begins in `data`, and the end of the last. */
  readonly offsets: Int32Array | null;
}

export const decimalPrecision = 38;

export function arrowType(type: ColumnType): Utf8 | Int64 | Decimal {
  switch (type.kind) {
    case 'text':
      return new Utf8();
    case 'integer':
      return new Int64();
    case 'decimal':
      return new Decimal(type.decimals, decimalPrecision, 128);
  }
}

/** A table of one batch; the buffers are taken over, not copied. */
export function tableOf(columns: readonly ColumnBuffers[], rows: number): Table {
  const fields = columns.map((column) => new Field(column.name, arrowType(column.type), true));
  const schema = new Schema(fields);
  const children = columns.map((column) => columnData(column, rows));
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

function columnData(column: ColumnBuffers, length: number) {
  const common = { length, nullCount: column.nulls, nullBitmap: column.nulls === 0 ? null : column.validity };
  const { buffer, byteOffset, byteLength } = column.data;
  switch (column.type.kind) {
    case 'text':
      invariant(column.offsets !== null, 'a text column has offsets');
      return makeData({ ...common, type: new Utf8(), valueOffsets: column.offsets, data: column.data });
    case 'integer': {
      const items = new BigInt64Array(buffer, byteOffset, byteLength / 8);
      return makeData({ ...common, type: new Int64(), data: items });
    }
    case 'decimal': {
      const type = new Decimal(column.type.decimals, decimalPrecision, 128);
      return makeData({ ...common, type, data: new Uint32Array(buffer, byteOffset, byteLength / 4) });
    }
  }
}

/** A cell as a plain value: text, an integer, or the scaled integer of a decimal (1.5 with one decimal is 15n). */
export type CellValue = string | bigint | null;

/** The values of a column that an engine gave. */
export function columnValues(vector: Vector): readonly CellValue[] {
  return Array.from({ length: vector.length }, (_, row) => cellValue(vector.get(row)));
}

function cellValue(value: unknown): CellValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  invariant(value instanceof Uint32Array && value.length === 4, 'a cell is text, an integer or a decimal');
  const words = [...value].map(BigInt);
  const unsigned = words.reduceRight((high, word) => (high << 32n) | word, 0n);
  return BigInt.asIntN(128, unsigned);
}
