import { invariant } from '../diagnostics/invariant.ts';
import { keywords } from './keywords.ts';
import { bracketed, call, type Layout } from './layout.ts';
import type { SqlAggregate, SqlFunction, SqlType, SqlWindow } from './tree.ts';

/**
 * How one engine writes SQL: a table of functions with a standard default for each, of which an
 * engine overrides what differs.
 */
export interface Dialect {
  readonly name: string;
  /** Every name goes through here and nowhere else. */
  readonly identifier: (name: string) => string;
  /** The place of a prepared parameter; `index` counts from 1. */
  readonly parameter: (index: number, kind: 'text' | 'integer') => string;
  /** A quoted text. The result holds no control character, so that it can be shown and copied. */
  readonly text: (value: string) => string;
  readonly type: (type: SqlType) => string;
  readonly aggregate: (name: SqlAggregate, operands: readonly Layout[]) => Layout;
  /** Operands stand in brackets of the call, or come with their own. */
  readonly call: (name: SqlFunction, operands: readonly Layout[]) => Layout;
  /** The function of a window; what it goes over is the same in every engine. */
  readonly window: (name: SqlWindow, operands: readonly Layout[]) => Layout;
  /** A file's path as the reader takes it; refuses one that it would take for a pattern of several files. */
  readonly path: (path: string) => string;
  /** Parquet files as one relation, read in the order of the list; `numbered` with the place of each row in its file. */
  readonly parquet: (files: readonly Layout[], numbered: boolean) => Layout;
  /** Rows as a relation, with its alias. Cells come with a cast where the first row needs one. */
  readonly values: (relation: ValuesRelation) => Layout;
  /** How ORDER BY names a column of the result: by name, or by position. */
  readonly resultColumn: (name: string, position: number) => string;
  /** What follows the direction in ORDER BY; nulls come last in every engine. */
  readonly nullsLast: string;
  /** The last line of a statement: settings without which it would mean something else. */
  readonly ending: string | null;
}

export interface ValuesRelation {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows: readonly (readonly Layout[])[];
  readonly alias: string;
}

type NamedAggregate = Exclude<SqlAggregate, 'countDistinct'>;

const aggregateNames: Readonly<Record<NamedAggregate, string>> = {
  sum: 'sum',
  count: 'count',
  min: 'min',
  max: 'max',
  valueAtMax: 'max_by',
  valueAtMin: 'min_by',
};

const plainName = /^[a-z_][a-z0-9_]*$/;

/** Lower-case names that mean nothing else stand as they are; all others are quoted by `quote`. */
export function identifierBy(quote: (name: string) => string): (name: string) => string {
  return (name) => {
    invariant(name !== '' && !name.includes('\0'), 'a name has at least one character, and none is NUL');
    return plainName.test(name) && !keywords.has(name) ? name : quote(name);
  };
}

/** Calls each aggregate by the name in the table; `count` of nothing counts rows. */
export function aggregateBy(
  names: Readonly<Record<NamedAggregate, string>>,
  distinct: (operands: readonly Layout[]) => Layout = countDistinct,
): Dialect['aggregate'] {
  return (name, operands) =>
    name === 'countDistinct'
      ? distinct(operands)
      : call(names[name], operands.length === 0 ? ['*'] : operands);
}

/** Of several operands a row value is counted, which is there even where all within is null. */
function countDistinct(operands: readonly Layout[]): Layout {
  const [only] = operands;
  if (only !== undefined && operands.length === 1) return ['count(distinct ', only, ')'];
  const known = operands.map((operand, at): Layout => [at === 0 ? '' : ' and ', operand, ' is not null']);
  return ['count(distinct case when ', ...known, ' then ', bracketed('(', operands, ')'), ' end)'];
}

/** Functions by the name in a table; what is more than a name stands in `spelled`. */
export function functionsBy(
  names: Readonly<Partial<Record<SqlFunction, string>>>,
  spelled: Readonly<Partial<Record<SqlFunction, (operands: readonly Layout[]) => Layout>>>,
): Dialect['call'] {
  return (name, operands) => {
    const own = spelled[name];
    if (own) return own(operands);
    const called = names[name];
    invariant(called !== undefined, `the dialect has the function ${name}`);
    return call(called, operands);
  };
}

const part =
  (name: string) =>
  ([day = '']: readonly Layout[]): Layout => [`extract(${name} from `, day, ')'];

export const joinedTexts = (operands: readonly Layout[]): Layout => [
  '(',
  ...operands.flatMap((operand, at): Layout[] => (at === 0 ? [operand] : [' || ', operand])),
  ')',
];

/** What JavaScript's `trim` takes off, and so what is no part of a delivered text. */
export const whiteSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

const standardText = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const standardFunctions = functionsBy(
  {
    substring: 'substring',
    matches: 'regexp_matches',
    replace: 'replace',
    length: 'length',
    rowHash: 'hash',
    digest: 'sha256',
  },
  {
    trim: (operands) => call('btrim', [...operands, standardText(whiteSpace)]),
    trimZeros: (operands) => call('ltrim', [...operands, "'0'"]),
    year: part('year'),
    month: part('month'),
    day: part('day'),
    quarter: part('quarter'),
    isoYear: part('isoyear'),
    isoWeek: part('week'),
    isoWeekday: part('isodow'),
    daysBetween: ([from = '', to = '']) => ["date_diff('day', ", from, ', ', to, ')'],
    minutesBetween: ([from = '', to = '']) => ["date_diff('minute', ", from, ', ', to, ')'],
    // A date takes an INTEGER of days, and with an interval it becomes a timestamp.
    addDays: ([date = '', days = '']) => ['(', date, ' + cast(', days, ' as integer))'],
    addMonths: ([date = '', months = '']) => [
      'cast(',
      date,
      ' + to_months(cast(',
      months,
      ' as integer)) as date)',
    ],
    concat: joinedTexts,
    padTwo: ([digits = '']) => ['lpad(', digits, ", 2, '0')"],
    divideWhole: ([one = '', other = '']) => ['(', one, ' // ', other, ')'],
  },
);
/** `"` doubled within `"`, as in the standard. */
const standardIdentifier = identifierBy((name) => `"${name.replaceAll('"', '""')}"`);

export const standardDialect: Dialect = {
  name: 'standard',
  identifier: standardIdentifier,
  parameter: (index) => `$${index}`,
  text: standardText,
  type: standardType,
  aggregate: aggregateBy(aggregateNames),
  call: standardFunctions,
  window: (name, operands) => call(name, operands),
  path: (path) => path,
  parquet: (files, numbered) =>
    call('read_parquet', [bracketed('array[', files, ']'), ...(numbered ? ['file_row_number => true'] : [])]),
  values: (relation) => standardValues(relation, standardIdentifier),
  resultColumn: (name) => standardIdentifier(name),
  nullsLast: ' nulls last',
  ending: null,
};

function standardType(type: SqlType): string {
  switch (type.kind) {
    case 'text':
      return 'varchar';
    case 'integer':
      return 'bigint';
    case 'date':
      return 'date';
    case 'time':
      return 'timestamp';
    case 'decimal':
      return `decimal(${type.width ?? 38}, ${type.decimals})`;
  }
}

function standardValues(relation: ValuesRelation, identifier: Dialect['identifier']): Layout {
  const rows = relation.rows.map((row) => bracketed('(', row, ')'));
  const names = relation.columns.map((column) => identifier(column.name));
  return [bracketed('(values ', rows, ')'), bracketed(` as ${identifier(relation.alias)} (`, names, ')')];
}
