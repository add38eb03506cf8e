import { type DataType, type Table, DataType as Types, type Vector } from 'apache-arrow';
import { invariant } from '../../diagnostics/invariant.ts';
import { type CellValue, type ColumnBuffers, type ColumnType, columnValues, tableOf } from '../arrow.ts';

/** ClickHouse counts in UInt64 and keeps a decimal's own width; results leave with our three types. */
export function normaliseTable(table: Table): Table {
  const columns = table.schema.fields.map((field, index) => {
    const vector = table.getChildAt(index);
    invariant(vector !== null, 'a table has a vector per field');
    return columnOf(field.name, columnType(field.name, field.type), vector);
  });
  return tableOf(columns, table.numRows);
}

function columnType(name: string, type: DataType): ColumnType {
  if (Types.isUtf8(type)) return { kind: 'text' };
  if (Types.isInt(type)) return { kind: 'integer' };
  invariant(
    Types.isDecimal(type) && type.bitWidth === 128,
    `the column "${name}" is ${type}: cast it in the query`,
  );
  return { kind: 'decimal', decimals: type.scale };
}

/** Value by value: this engine is the yardstick for the other one, not the fast way. */
function columnOf(name: string, type: ColumnType, vector: Vector): ColumnBuffers {
  const values = type.kind === 'integer' ? integers(vector) : columnValues(vector);
  const validity = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, row) => {
    if (value !== null) validity[row >> 3] = (validity[row >> 3] ?? 0) | (1 << (row & 7));
  });
  const nulls = values.filter((value) => value === null).length;
  return { name, type, validity, nulls, ...(type.kind === 'text' ? texts(values) : numbers(values, type)) };
}

function integers(vector: Vector): readonly CellValue[] {
  return Array.from({ length: vector.length }, (_, row) => {
    const value: unknown = vector.get(row);
    return value === null ? null : BigInt(value as number | bigint);
  });
}

function texts(values: readonly CellValue[]): Pick<ColumnBuffers, 'data' | 'offsets'> {
  const encoded = values.map((value) => Buffer.from(value === null ? '' : String(value)));
  const offsets = new Int32Array(values.length + 1);
  encoded.forEach((bytes, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + bytes.length;
  });
  return { data: new Uint8Array(Buffer.concat(encoded)), offsets };
}

function numbers(values: readonly CellValue[], type: ColumnType): Pick<ColumnBuffers, 'data' | 'offsets'> {
  const words = type.kind === 'decimal' ? 2 : 1;
  const data = new BigInt64Array(values.length * words);
  values.forEach((value, row) => {
    const whole = BigInt(value ?? 0n);
    invariant(BigInt.asIntN(words * 64, whole) === whole, 'a number fits its type');
    for (let word = 0; word < words; word += 1) {
      data[row * words + word] = BigInt.asIntN(64, whole >> BigInt(64 * word));
    }
  });
  return { data: new Uint8Array(data.buffer), offsets: null };
}
