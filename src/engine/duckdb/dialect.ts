import { aggregateBy, type Dialect, standardDialect, whiteSpace } from '../../sql/dialect.ts';
import { bracketed, call, type Layout } from '../../sql/layout.ts';
import type { SqlFunction } from '../../sql/tree.ts';

/** What DuckDB 1.5 writes in its own way. */
export const duckDbDialect: Dialect = {
  ...standardDialect,
  name: 'duckdb',
  text,
  // `arg_max` and `arg_min` pass over rows whose value is null, as the tree asks.
  aggregate: aggregateBy({
    sum: 'sum',
    count: 'count',
    min: 'min',
    max: 'max',
    valueAtMax: 'arg_max',
    valueAtMin: 'arg_min',
  }),
  // A path that exists is taken as it stands, `*` and `[` included, so `path` changes nothing.
  parquet: (files, numbered) => [
    'read_parquet(',
    bracketed('[', files, ']'),
    numbered ? ', file_row_number = true)' : ')',
  ],
  call: (name, operands) => ownFunctions[name]?.(operands) ?? standardDialect.call(name, operands),
  // `default_null_order` is NULLS_LAST, upwards and downwards.
  nullsLast: '',
};

const ownFunctions: Readonly<Partial<Record<SqlFunction, (operands: readonly Layout[]) => Layout>>> = {
  trim: (operands) => call('trim', [...operands, text(whiteSpace)]),
  // `hash` is an unsigned number, and a result has none of 64 bits.
  rowHash: (operands) => call('cast', [[call('hash', operands), ' as decimal(38, 0)']]),
};

/** A NUL would end the statement and a line break the line, so control characters are calls. */
function text(value: string): string {
  const parts = value.split(controls).filter((part) => part !== '');
  const quoted = parts.map((part) =>
    controls.test(part) ? `chr(${part.charCodeAt(0)})` : standardDialect.text(part),
  );
  if (quoted.length === 0) return "''";
  return quoted.length === 1 && !controls.test(value) ? quoted.join('') : `(${quoted.join(' || ')})`;
}

/** One control character; within `split` the brackets keep it as a part of its own. */
const controls = /(\p{Cc})/u;
