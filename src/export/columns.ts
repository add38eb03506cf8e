import {
  Data,
  type DataType,
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
/** Every column has a dictionary of its own, which a writer tells from others by its number. */
const codes = () => new Dictionary(new Utf8(), new Int32());
const whole = new Int32();
const value = new Decimal(decimals, 38, 128);

/**
 * An answer in columns as an Arrow table, with the columns of `--format arrow --coverage --flags`: the arrays are
 * taken over as they are, and what is the same for every answer of a question is made once.
 */
export function arrowOfColumns(answer: HotAnswer, synthetic: boolean): Table {
  const { rows, levels, columns } = answer;
  const schema = schemaOf(answer, synthetic);
  const children: Data[] = [];
  const addTexts = (dictionary: Vector<Utf8>, ordinals: Int32Array | Uint8Array) =>
    children.push(texts(schema.fields[children.length]?.type ?? codes(), dictionary, ordinals, rows));
  for (const level of levels) addTexts(textsOf(level.codes), level.ordinals);
  for (const column of columns) {
    children.push(valuesOf(column, rows));
    addTexts(statusTexts, column.status);
    children.push(integers(column.delivered, rows), integers(column.expected, rows));
    addTexts(textsOf(column.flagSets), column.flags);
  }
  if (synthetic) addTexts(yesAndNo, syntheticRows(answer));
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

function schemaOf({ levels, columns }: HotAnswer, synthetic: boolean): Schema {
  const names = [...levels, ...columns].map(({ name }) => name).join('\n');
  const key = `${levels.length} ${synthetic} ${names}`;
  const known = schemas.get(key);
  if (known) return known;
  const made = new Schema([
    ...levels.map(({ name }) => new Field(name, codes(), true)),
    ...columns.flatMap(({ name }) => [
      new Field(name, value, true),
      new Field(`${name}_status`, codes(), true),
      new Field(`${name}_delivered`, whole, true),
      new Field(`${name}_expected`, whole, true),
      new Field(`${name}_flags`, codes(), true),
    ]),
    ...(synthetic ? [new Field('synthetic', codes(), true)] : []),
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

function texts(
  type: DataType,
  dictionary: Vector<Utf8>,
  ordinals: Int32Array | Uint8Array,
  length: number,
): Data {
  const own = ordinals instanceof Int32Array ? ordinals : Int32Array.from(ordinals);
  return new Data(type, 0, length, 0, [undefined, own, undefined, undefined], [], dictionary);
}

const yesAndNo = textsOf(['false', 'true']);

/** Made-up figures are marked row by row, whatever is asked. */
function syntheticRows({ rows, columns }: HotAnswer): Uint8Array {
  const marked = columns.map(({ flagSets }) => flagSets.map((set) => set.split(' ').includes('synthetic')));
  return Uint8Array.from({ length: rows }, (_, row) =>
    columns.some(({ flags }, at) => marked[at]?.[flags[row] ?? 0]) ? 1 : 0,
  );
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
