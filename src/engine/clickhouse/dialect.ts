import { invariant } from '../../diagnostics/invariant.ts';
import {
  aggregateBy,
  type Dialect,
  functionsBy,
  identifierBy,
  joinedTexts,
  standardDialect,
  type ValuesRelation,
  whiteSpace,
} from '../../sql/dialect.ts';
import { bracketed, call, indented, type Layout, lines } from '../../sql/layout.ts';
import type { SqlType } from '../../sql/tree.ts';

/**
 * What ClickHouse 26 writes in its own way. Three things it cannot do, and no plan asks for: a join
 * without an equality, a cast that drops decimals by rounding (it cuts them off), and a sum of
 * integers beyond 64 bits (it wraps).
 */
export const clickHouseDialect: Dialect = {
  ...standardDialect,
  name: 'clickhouse',
  identifier: identifierBy(quoteName),
  parameter: (index, kind) => `{p${index}:${kind === 'text' ? 'String' : 'Int64'}}`,
  text,
  type: (type) => `Nullable(${typeNames[type.kind](type)})`,
  // Without `OrNull` a sum of nothing is 0, which is a number where there is none.
  aggregate: aggregateBy(
    {
      sum: 'sumOrNull',
      count: 'count',
      min: 'minOrNull',
      max: 'maxOrNull',
      valueAtMax: 'argMaxOrNull',
      valueAtMin: 'argMinOrNull',
    },
    (operands) => call('uniqExact', operands),
  ),
  call: functionsBy(
    {
      year: 'toYear',
      month: 'toMonth',
      day: 'toDayOfMonth',
      quarter: 'toQuarter',
      isoYear: 'toISOYear',
      isoWeek: 'toISOWeek',
      isoWeekday: 'toDayOfWeek',
      addDays: 'addDays',
      addMonths: 'addMonths',
      substring: 'substring',
      divideWhole: 'intDiv',
      matches: 'match',
      replace: 'replaceAll',
      length: 'lengthUTF8',
    },
    {
      trim: (operands) => call('trimBoth', [...operands, text(whiteSpace)]),
      trimZeros: (operands) => call('trimLeft', [...operands, "'0'"]),
      // Of NULL every hash is NULL, of a text that holds it not.
      rowHash: (operands) => [
        'cast(',
        call('sipHash64', [call('toString', [call('tuple', operands)])]),
        ' as Decimal(38, 0))',
      ],
      digest: (operands) => call('lower', [call('hex', [call('SHA256', operands)])]),
      daysBetween: ([a = '', b = '']) => ["dateDiff('day', ", a, ', ', b, ')'],
      minutesBetween: ([a = '', b = '']) => ["dateDiff('minute', ", a, ', ', b, ')'],
      concat: joinedTexts,
      padTwo: ([text = '']) => ['leftPad(', text, ", 2, '0')"],
    },
  ),
  path,
  parquet,
  values,
  // A name in ORDER BY would be the column of the input, by the setting below.
  resultColumn: (_name, position) => String(position),
  nullsLast: '',
  ending: 'settings join_use_nulls = 1, prefer_column_name_to_alias = 1',
};

const typeNames: Readonly<Record<SqlType['kind'], (type: SqlType) => string>> = {
  text: () => 'String',
  integer: () => 'Int64',
  // `Date` begins in 1970, and `DateTime` too.
  date: () => 'Date32',
  time: () => 'DateTime64(6)',
  decimal: (type) =>
    `Decimal(${type.kind === 'decimal' ? (type.width ?? 38) : 38}, ${type.kind === 'decimal' ? type.decimals : 0})`,
};

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '`': '\\`',
  '\0': '\\0',
  '\n': '\\n',
};

function quoteName(name: string): string {
  return `\`${name.replace(/[\\`\n]/g, (character) => escapes[character] ?? character)}\``;
}

function text(value: string): string {
  return `'${value.replace(/[\\'\p{Cc}]/gu, escaped)}'`;
}

function escaped(character: string): string {
  return escapes[character] ?? [...new TextEncoder().encode(character)].map(hexEscape).join('');
}

function hexEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** There is no way to say that `*` is a character, and reading one file too many would be silent. */
function path(file: string): string {
  invariant(!/[*?{}]/.test(file), 'ClickHouse reads a path with *, ?, { or } as a pattern of several files');
  return file;
}

/** `file` takes one path or a pattern, so several files are a union. */
function parquet(files: readonly Layout[], numbered: boolean): Layout {
  return numbered ? numberedParquet(files) : parquetFiles(files);
}

/** Blocks of one file come in its order with one thread, which the setting within says. */
const numberedParquet = (files: readonly Layout[]): Layout => [
  '(select *, rowNumberInAllBlocks() as file_row_number from ',
  parquetFiles(files),
  ' settings max_threads = 1)',
];

function parquetFiles(files: readonly Layout[]): Layout {
  const [only] = files;
  invariant(only !== undefined, 'a Parquet relation has at least one file');
  if (files.length === 1) return call('file', [only, 'Parquet']);
  const parts = files.map((file): Layout => ['select * from ', call('file', [file, 'Parquet'])]);
  const union = lines(parts.map((part, index) => (index === 0 ? part : ['union all ', part])));
  return ['(', indented([union]), lines(['', ')'])];
}

function values(relation: ValuesRelation): Layout {
  const structure = relation.columns.map(
    (column) => `${clickHouseDialect.identifier(column.name)} ${clickHouseDialect.type(column.type)}`,
  );
  const rows = relation.rows.map((row) => bracketed('(', row, ')'));
  const alias = clickHouseDialect.identifier(relation.alias);
  return [call('values', [text(structure.join(', ')), ...rows]), ` as ${alias}`];
}
