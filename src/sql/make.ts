import { invariant } from '../diagnostics/invariant.ts';
import type {
  SqlAggregate,
  SqlExpression,
  SqlFunction,
  SqlJoin,
  SqlOperator,
  SqlQuery,
  SqlRelation,
  SqlSelect,
  SqlType,
  SqlUnionAll,
  SqlWindow,
} from './tree.ts';

// Short ways to write nodes of the SQL tree.

export const textType: SqlType = { kind: 'text' };
export const integerType: SqlType = { kind: 'integer' };
export const dateType: SqlType = { kind: 'date' };
export const timeType: SqlType = { kind: 'time' };
export const decimalType = (decimals: number): SqlType => ({ kind: 'decimal', decimals });

/** Of a file, whose columns have fewer digits than results. */
export const storedDecimalType = (decimals: number, width: number): SqlType => ({
  kind: 'decimal',
  decimals,
  width,
});

export const column = (table: string | null, name: string): SqlExpression => ({
  kind: 'column',
  table,
  name,
});
export const text = (value: string): SqlExpression => ({ kind: 'text', value });
export const integer = (value: number): SqlExpression => ({ kind: 'integer', value });
export const decimal = (value: string): SqlExpression => ({ kind: 'decimal', value });
export const nothing: SqlExpression = { kind: 'null' };

const binary =
  (operator: SqlOperator) =>
  (left: SqlExpression, right: SqlExpression): SqlExpression => ({ kind: 'binary', operator, left, right });

export const equals = binary('=');
export const differs = binary('<>');
export const less = binary('<');
export const atMost = binary('<=');
export const greater = binary('>');
export const atLeast = binary('>=');
export const add = binary('+');
export const subtract = binary('-');
export const multiply = binary('*');

export const and = (...operands: readonly SqlExpression[]): SqlExpression => joined('and', operands);
export const or = (...operands: readonly SqlExpression[]): SqlExpression => joined('or', operands);

/** For `where`: all of the conditions, or no condition where there is none. */
export function allOf(conditions: readonly SqlExpression[]): SqlExpression | null {
  return conditions.length === 0 ? null : joined('and', conditions);
}

function joined(operator: 'and' | 'or', operands: readonly SqlExpression[]): SqlExpression {
  invariant(operands.length > 0, `"${operator}" needs an operand`);
  return operands.reduce((left, right) => ({ kind: 'binary', operator, left, right }));
}

export const not = (operand: SqlExpression): SqlExpression => ({ kind: 'not', operand });
export const negate = (operand: SqlExpression): SqlExpression => ({ kind: 'negate', operand });

export function isIn(operand: SqlExpression, list: readonly SqlExpression[]): SqlExpression {
  return { kind: 'in', operand, list, negated: false };
}
export function isNotIn(operand: SqlExpression, list: readonly SqlExpression[]): SqlExpression {
  return { kind: 'in', operand, list, negated: true };
}
export const isNull = (operand: SqlExpression): SqlExpression => ({
  kind: 'isNull',
  operand,
  negated: false,
});
export const isNotNull = (operand: SqlExpression): SqlExpression => ({
  kind: 'isNull',
  operand,
  negated: true,
});

/** `caseWhen([[a, b], [c, d]], e)` is `case when a then b when c then d else e end`. */
export function caseWhen(
  whens: readonly (readonly [SqlExpression, SqlExpression])[],
  otherwise: SqlExpression | null = null,
): SqlExpression {
  return { kind: 'case', whens: whens.map(([when, then]) => ({ when, then })), otherwise };
}

export const coalesce = (...operands: readonly SqlExpression[]): SqlExpression => ({
  kind: 'coalesce',
  operands,
});
export const cast = (operand: SqlExpression, type: SqlType): SqlExpression => ({
  kind: 'cast',
  operand,
  type,
});

const aggregate = (name: SqlAggregate, ...operands: readonly SqlExpression[]): SqlExpression => ({
  kind: 'aggregate',
  function: name,
  operands,
});

export const sum = (operand: SqlExpression): SqlExpression => aggregate('sum', operand);
export const count = (operand: SqlExpression): SqlExpression => aggregate('count', operand);
export const countRows: SqlExpression = aggregate('count');
export const minimum = (operand: SqlExpression): SqlExpression => aggregate('min', operand);
export const maximum = (operand: SqlExpression): SqlExpression => aggregate('max', operand);
export const valueAtMax = (value: SqlExpression, by: SqlExpression): SqlExpression =>
  aggregate('valueAtMax', value, by);
export const valueAtMin = (value: SqlExpression, by: SqlExpression): SqlExpression =>
  aggregate('valueAtMin', value, by);

export const countDistinct = (...operands: readonly SqlExpression[]): SqlExpression =>
  aggregate('countDistinct', ...operands);

export function callOf(name: SqlFunction, ...operands: readonly SqlExpression[]): SqlExpression {
  return { kind: 'call', function: name, operands };
}

export function window(
  name: SqlWindow,
  operands: readonly SqlExpression[],
  over: {
    readonly partitionBy?: readonly SqlExpression[];
    readonly orderBy?: readonly { readonly expression: SqlExpression; readonly descending: boolean }[];
  },
): SqlExpression {
  const { partitionBy = [], orderBy = [] } = over;
  return { kind: 'window', function: name, operands, partitionBy, orderBy };
}

/** One Parquet file with the place of every row, from 0, as the column `file_row_number`. */
export const numberedParquet = (file: string): SqlRelation => ({
  kind: 'parquet',
  files: [file],
  numbered: true,
});

export const table = (name: string): SqlRelation => ({ kind: 'table', name });
export const parquet = (files: readonly string[]): SqlRelation => ({ kind: 'parquet', files });
export const subquery = (inner: SqlQuery): SqlRelation => ({ kind: 'query', query: inner });

export function values(
  columns: readonly { readonly name: string; readonly type: SqlType }[],
  rows: readonly (readonly SqlExpression[])[],
): SqlRelation {
  return { kind: 'values', columns, rows };
}

export function join(
  kind: 'inner' | 'left' | 'full',
  relation: SqlRelation,
  alias: string,
  on: SqlExpression,
): SqlJoin {
  return { kind, relation, alias, on };
}

export const crossJoin = (relation: SqlRelation, alias: string): SqlJoin => ({
  kind: 'cross',
  relation,
  alias,
  on: null,
});

export const output = (expression: SqlExpression, as: string) => ({ expression, as });
export const ascending = (expression: SqlExpression) => ({ expression, descending: false });
export const descending = (expression: SqlExpression) => ({ expression, descending: true });

/** A select with nothing but what is given. */
export function select(
  parts: Pick<SqlSelect, 'select' | 'from' | 'alias'> & Partial<Omit<SqlSelect, 'kind'>>,
): SqlSelect {
  return { kind: 'select', joins: [], where: null, groupBy: [], orderBy: [], ...parts };
}

export const unionAll = (queries: readonly SqlSelect[]): SqlUnionAll => ({ kind: 'unionAll', queries });

export function query(body: SqlSelect | SqlUnionAll, steps: SqlQuery['with'] = []): SqlQuery {
  return { with: steps, body };
}
