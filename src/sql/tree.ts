/**
 * The SQL tree: the small part of SQL that plans are lowered to. Nobody left of the printer knows
 * which engine will run it. Names come only from the compiled model; values are always literals
 * here and become prepared parameters (or quoted literals, for reading) in the printer.
 */
export type SqlExpression =
  | { readonly kind: 'column'; readonly table: string | null; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  /** Exact decimal text, e.g. "0.05". */
  | { readonly kind: 'decimal'; readonly value: string }
  | { readonly kind: 'null' }
  | {
      readonly kind: 'binary';
      readonly operator: SqlOperator;
      readonly left: SqlExpression;
      readonly right: SqlExpression;
    }
  | { readonly kind: 'not'; readonly operand: SqlExpression }
  | { readonly kind: 'negate'; readonly operand: SqlExpression }
  | {
      readonly kind: 'in';
      readonly operand: SqlExpression;
      readonly list: readonly SqlExpression[];
      readonly negated: boolean;
    }
  | { readonly kind: 'isNull'; readonly operand: SqlExpression; readonly negated: boolean }
  | {
      readonly kind: 'case';
      readonly whens: readonly { readonly when: SqlExpression; readonly then: SqlExpression }[];
      readonly otherwise: SqlExpression | null;
    }
  | { readonly kind: 'coalesce'; readonly operands: readonly SqlExpression[] }
  | { readonly kind: 'cast'; readonly operand: SqlExpression; readonly type: SqlType }
  | {
      readonly kind: 'call';
      readonly function: SqlFunction;
      readonly operands: readonly SqlExpression[];
    }
  | {
      readonly kind: 'aggregate';
      readonly function: SqlAggregate;
      readonly operands: readonly SqlExpression[];
    }
  | {
      readonly kind: 'window';
      readonly function: SqlWindow;
      readonly operands: readonly SqlExpression[];
      readonly partitionBy: readonly SqlExpression[];
      readonly orderBy: readonly { readonly expression: SqlExpression; readonly descending: boolean }[];
    };

export type SqlOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'and' | 'or';

/**
 * `sum`, `min`, `max` skip nulls and give null where nothing is left. `count` with no operand counts
 * rows. `valueAtMax(value, by)` and `valueAtMin(value, by)` give the value in the row where `by` is
 * greatest or least (`by` is unique there; rows whose value is null are passed over).
 */
export type SqlAggregate =
  | 'sum'
  | 'count'
  | 'min'
  | 'max'
  | 'valueAtMax'
  | 'valueAtMin'
  /** Different values, or combinations of several; a row where one is null counts for nothing. */
  | 'countDistinct';

/**
 * What engines spell each in its own way. All give null where an operand is null.
 * `year`, `month`, `day`, `quarter`, `isoYear`, `isoWeek`, `isoWeekday` (Monday is 1) take a date or a time and
 * give a number of some width, to be cast. `daysBetween(a, b)` counts midnights from a to b, `minutesBetween`
 * whole minutes of times. `addDays(date, n)`, `addMonths(date, n)` give a date; the last day of a shorter month
 * stands in for one it does not have. `concat` of texts, `substring(text, from, length)` from 1, `padTwo` writes
 * a text of digits with at least two. `divideWhole(a, b)` drops what is over, towards zero.
 * `trim(text)` takes white space of Unicode off both ends, and `trimZeros(text)` zeros off the first;
 * `matches(text, pattern)` is true where a regular expression fits a part; `replace(text, from, to)`;
 * `length(text)` in characters. `rowHash(...)` is a number of 64 bits that depends on all operands, nulls too,
 * and is never null: the same for the same values in one version of an engine. `digest(text)` is the SHA-256 of its
 * UTF-8 as 64 lower-case hex digits, the same in all.
 */
export type SqlFunction =
  | 'year'
  | 'month'
  | 'day'
  | 'quarter'
  | 'isoYear'
  | 'isoWeek'
  | 'isoWeekday'
  | 'daysBetween'
  | 'minutesBetween'
  | 'addDays'
  | 'addMonths'
  | 'concat'
  | 'substring'
  | 'padTwo'
  | 'divideWhole'
  | 'trim'
  | 'trimZeros'
  | 'matches'
  | 'replace'
  | 'length'
  | 'rowHash'
  | 'digest';

/**
 * Over the rows of a partition in an order. `row_number` counts from 1; `lead` and `lag` give the value in the
 * next and the previous row, null where there is none. `sum`, `count`, `min` and `max` go from the first row to
 * this one where there is an order, and over all rows where there is none; rows that are equal in the order
 * come in together.
 */
export type SqlWindow = 'row_number' | 'lead' | 'lag' | 'sum' | 'count' | 'min' | 'max';

/** `decimal` is DECIMAL(38, decimals); `integer` is 64 bits; `time` is a day and a time of it, in no zone. */
export type SqlType =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  /** `width` where a file wants fewer digits than 38. */
  | { readonly kind: 'decimal'; readonly decimals: number; readonly width?: number };

export type SqlRelation =
  | { readonly kind: 'table'; readonly name: string }
  /**
   * Parquet files by path; printed with the dialect's reader. All have the same columns. With `numbered` there is
   * one more, `file_row_number`: the place of a row in its file, from 0.
   */
  | { readonly kind: 'parquet'; readonly files: readonly string[]; readonly numbered?: true }
  | {
      readonly kind: 'values';
      readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
      /** At least one row; cells are text, integer, decimal or null expressions. */
      readonly rows: readonly (readonly SqlExpression[])[];
    }
  | { readonly kind: 'query'; readonly query: SqlQuery };

export interface SqlJoin {
  /** `full` keeps rows of both sides that have no like in the other; its `on` is of columns alone. */
  readonly kind: 'inner' | 'left' | 'full' | 'cross';
  readonly relation: SqlRelation;
  readonly alias: string;
  /** Null for `cross`: each row with each, of which `where` keeps what belongs together. */
  readonly on: SqlExpression | null;
}

export interface SqlSelect {
  readonly kind: 'select';
  readonly select: readonly { readonly expression: SqlExpression; readonly as: string }[];
  readonly from: SqlRelation;
  readonly alias: string;
  readonly joins: readonly SqlJoin[];
  readonly where: SqlExpression | null;
  readonly groupBy: readonly SqlExpression[];
  readonly orderBy: readonly { readonly expression: SqlExpression; readonly descending: boolean }[];
}

export interface SqlUnionAll {
  readonly kind: 'unionAll';
  readonly queries: readonly SqlSelect[];
}

/** A statement: named steps first (each may use those before it), then the query itself. */
export interface SqlQuery {
  readonly with: readonly { readonly name: string; readonly query: SqlSelect | SqlUnionAll }[];
  readonly body: SqlSelect | SqlUnionAll;
}
