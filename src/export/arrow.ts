import {
  Table as ArrowTable,
  Decimal,
  Dictionary,
  Int32,
  Schema,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { Table, TableColumn } from '../catalog/types.ts';
import type { Answer } from '../query/answer.ts';

/**
 * A table as an Arrow IPC stream. Values are Decimal128 with the table's decimals, since a double would lose
 * some; texts are dictionaries. What belongs to the whole answer is JSON in the schema's metadata, under
 * `flis`: edition, period, hierarchy, levels with labels, columns with unit and version, notes, route.
 */
export function writeArrow(answer: Answer, table: Table): Uint8Array {
  return tableToIPC(arrowTable(answer, table), 'stream');
}

export function arrowTable(answer: Answer, table: Table): ArrowTable {
  const { rows, total, ...about } = answer;
  const vectors = Object.fromEntries(table.columns.map((column) => [column.name, vectorOf(column)]));
  const { schema, batches } = new ArrowTable(vectors);
  return new ArrowTable(new Schema(schema.fields, new Map([['flis', JSON.stringify(about)]])), batches);
}

function vectorOf(column: TableColumn): Vector {
  switch (column.type) {
    case 'text':
    case 'date':
    case 'time':
      return vectorFromArray(column.values, new Dictionary(new Utf8(), new Int32()));
    case 'integer':
      return vectorFromArray(column.values, new Int32());
    case 'decimal':
      return vectorFromArray(
        column.values.map((value) => (value === null ? null : words(value))),
        new Decimal(column.decimals, 38, 128),
      );
  }
}

/** A whole number as the four 32-bit words of a two's complement of 128 bits, lowest first. */
function words(value: bigint): Uint32Array {
  return Uint32Array.from([0n, 32n, 64n, 96n], (shift) => Number(BigInt.asUintN(32, value >> shift)));
}
