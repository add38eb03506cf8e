import { aggregateBy, type Dialect, standardDialect } from '../../sql/dialect.ts';
import { bracketed } from '../../sql/layout.ts';

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
  parquet: (files) => ['read_parquet(', bracketed('[', files, ']'), ')'],
  // `default_null_order` is NULLS_LAST, upwards and downwards.
  nullsLast: '',
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
