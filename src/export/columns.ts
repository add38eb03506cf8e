import {
  Data,
  Decimal,
  Dictionary,
  Field,
  Int32,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { HotAnswer, HotColumn } from '../serve/hot/answer.ts';
import { statusOf } from '../serve/hot/statusCode.ts';

/** Decimals of every value, as in files where nothing is said. */
const decimals = 6;
const code = new Dictionary(new Utf8(), new Int32());
const whole = new Int32();
const value = new Decimal(decimals, 38, 128);

/**
 * An answer in columns as an Arrow table, with the columns of `--format arrow --coverage --flags`: the arrays are
 * taken over as they are, and what is the same for every answer of a question is made once.
 */
export function arrowOfColumns(answer: HotAnswer): Table {
  const { rows, levels, columns } = answer;
  const children: Data[] = [];
  for (const { codes, ordinals } of levels) children.push(texts(textsOf(codes), ordinals, rows));
  for (const column of columns) {
    children.push(valuesOf(column, rows), texts(statusTexts, column.status, rows));
    children.push(integers(column.delivered, rows), integers(column.expected, rows));
    children.push(texts(textsOf(column.flagSets), column.flags, rows));
  }
  const schema = schemaOf(answer);
  const data = new Data(
    new Struct(schema.fields),
    0,
    rows,
    0,
    [undefined, undefined, undefined, undefined],
    children,
  );
  return new Table(schema, [new RecordBatch(schema, data as Data<Struct>)]);
}

const schemas = new Map<string, Schema>();

function schemaOf({ levels, columns }: HotAnswer): Schema {
  const names = [...levels, ...columns].map(({ name }) => name).join('\n');
  const key = `${levels.length} ${names}`;
  const known = schemas.get(key);
  if (known) return known;
  const made = new Schema([
    ...levels.map(({ name }) => new Field(name, code, true)),
    ...columns.flatMap(({ name }) => [
      new Field(name, value, true),
      new Field(`${name}_status`, code, true),
      new Field(`${name}_delivered`, whole, true),
      new Field(`${name}_expected`, whole, true),
      new Field(`${name}_flags`, code, true),
    ]),
  ]);
  if (schemas.size > 1000) schemas.clear();
  schemas.set(key, made);
  return made;
}

/** A list of codes as the dictionary of a column; lists are kept by whoever has them. */
const dictionaries = new WeakMap<readonly string[], Vector<Utf8>>();

function textsOf(codes: readonly string[]): Vector<Utf8> {
  const known = dictionaries.get(codes);
  if (known) return known;
  const made = vectorFromArray(codes.length === 0 ? [''] : codes, new Utf8()) as Vector<Utf8>;
  dictionaries.set(codes, made);
  return made;
}

const statusTexts = textsOf(statusOf);

function texts(dictionary: Vector<Utf8>, ordinals: Int32Array | Uint8Array, length: number): Data {
  const own = ordinals instanceof Int32Array ? ordinals : Int32Array.from(ordinals);
  return new Data(code, 0, length, 0, [undefined, own, undefined, undefined], [], dictionary);
}

const integers = (data: Int32Array, length: number): Data =>
  new Data(whole, 0, length, 0, [undefined, data, undefined, undefined]);

function valuesOf({ values, status }: HotColumn, length: number): Data {
  let nulls = 0;
  for (let row = 0; row < length; row += 1) if (status[row] !== 0) nulls += 1;
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  if (nulls === 0) return new Data(value, 0, length, 0, [undefined, words, undefined, undefined]);
  const bits = new Uint8Array(Math.ceil(length / 64) * 8);
  for (let row = 0; row < length; row += 1)
    if (status[row] === 0) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  return new Data(value, 0, length, nulls, [undefined, words, bits, undefined]);
}
