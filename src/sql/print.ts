import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type { Dialect } from './dialect.ts';
import { type ExpressionPrinter, expressionPrinter } from './expressions.ts';
import { bracketed, indented, type Layout, lines, render, withCommas } from './layout.ts';
import { collectParameters, quoteLiterals, type ValuePrinter } from './parameters.ts';
import type { SqlExpression, SqlJoin, SqlQuery, SqlRelation, SqlSelect, SqlUnionAll } from './tree.ts';

export interface PrintOptions {
  /** `parameters` for an engine, `literals` for a person who runs it by hand. */
  readonly values: 'parameters' | 'literals';
}

export interface PrintedSql {
  readonly text: string;
  /** By place, the first for `$1`; empty with `literals`. A value used twice has one place. */
  readonly parameters: readonly (string | number)[];
}

/** The text of a query in a dialect. The same tree gives the same text, character for character. */
export function printSql(query: SqlQuery, dialect: Dialect, options: PrintOptions): PrintedSql {
  const parameters = collectParameters(dialect);
  const values = options.values === 'parameters' ? parameters.printer : quoteLiterals(dialect);
  const printer: Printer = { dialect, values, expression: expressionPrinter(dialect, values) };
  const statement = queryLayout(query, printer);
  const text = render(dialect.ending === null ? statement : lines([statement, dialect.ending]));
  return { text, parameters: parameters.list() };
}

interface Printer {
  readonly dialect: Dialect;
  readonly values: ValuePrinter;
  readonly expression: ExpressionPrinter;
}

function queryLayout(query: SqlQuery, printer: Printer): Layout {
  const body = bodyLayout(query.body, printer);
  if (query.with.length === 0) return body;
  const steps = query.with.map((step): Layout => {
    const name = printer.dialect.identifier(step.name);
    return [`${name} as (`, indented([bodyLayout(step.query, printer)]), lines(['', ')'])];
  });
  return lines([['with', indented(withCommas(steps))], body]);
}

function bodyLayout(body: SqlSelect | SqlUnionAll, printer: Printer): Layout {
  if (body.kind === 'select') return selectLayout(body, printer);
  invariant(body.queries.length > 0, 'a union has at least one query');
  invariant(
    body.queries.every((query) => query.orderBy.length === 0),
    'a part of a union has no order',
  );
  const parts = body.queries.map((query) => selectLayout(query, printer));
  return lines(parts.flatMap((part, index) => (index === 0 ? [part] : ['union all', part])));
}

function selectLayout(select: SqlSelect, printer: Printer): Layout {
  const outputs = select.select.map((item): Layout => {
    return [printer.expression.layout(item.expression), ` as ${printer.dialect.identifier(item.as)}`];
  });
  return lines([
    ['select', indented(withCommas(outputs))],
    ['from ', relationLayout(select.from, select.alias, printer)],
    ...select.joins.map((join) => joinLayout(join, printer)),
    ...(select.where === null ? [] : [['where ', printer.expression.layout(select.where)]]),
    ...clause('group by ', groupKeys(select, printer)),
    ...clause('order by ', orderKeys(select, printer)),
  ]);
}

function clause(words: string, items: readonly Layout[]): readonly Layout[] {
  return items.length === 0 ? [] : [bracketed(words, items, '')];
}

function joinLayout(join: SqlJoin, printer: Printer): Layout {
  const relation = relationLayout(join.relation, join.alias, printer);
  const words = { inner: 'join ', left: 'left join ', full: 'full join ', cross: 'cross join ' }[join.kind];
  if (join.on === null) return [words, relation];
  return [words, relation, indented([['on ', printer.expression.layout(join.on)]])];
}

function relationLayout(relation: SqlRelation, alias: string, printer: Printer): Layout {
  const as = ` as ${printer.dialect.identifier(alias)}`;
  switch (relation.kind) {
    case 'table':
      return printer.dialect.identifier(relation.name) + as;
    case 'parquet':
      invariant(relation.files.length > 0, 'a Parquet relation has at least one file');
      return [
        printer.dialect.parquet(
          relation.files.map((file) => printer.values.text(printer.dialect.path(file))),
          relation.numbered === true,
        ),
        as,
      ];
    case 'values':
      return valuesLayout(relation, alias, printer);
    case 'query':
      return ['(', indented([queryLayout(relation.query, printer)]), lines(['', `)${as}`])];
    default:
      return assertNever(relation);
  }
}

function valuesLayout(
  relation: Extract<SqlRelation, { kind: 'values' }>,
  alias: string,
  printer: Printer,
): Layout {
  invariant(relation.rows.length > 0, 'a VALUES relation has at least one row');
  const rows = relation.rows.map((row, index) => {
    invariant(row.length === relation.columns.length, 'a row of VALUES has a cell per column');
    return row.map((cell, place) => {
      const type = relation.columns[place]?.type;
      invariant(type !== undefined, 'a cell has a column');
      // The first row names the types, since a parameter or NULL has none of its own; decimals do it
      // in every row, since each would otherwise have its own scale.
      const typed = index === 0 || (type.kind === 'decimal' && cell.kind !== 'null');
      return typed ? printer.expression.cast(cell, type) : printer.expression.layout(cell);
    });
  });
  return printer.dialect.values({ columns: relation.columns, rows, alias });
}

/**
 * A constant stands in GROUP BY by the position of its column: engines take no parameter there
 * (DuckDB 1.5: "Parameter not supported in GROUP BY clause"), and read an integer as a position.
 */
function groupKeys(select: SqlSelect, printer: Printer): readonly Layout[] {
  return select.groupBy.map((key) => {
    if (!isConstant(key)) return printer.expression.layout(key);
    const position = select.select.findIndex((item) => sameExpression(item.expression, key));
    invariant(position !== -1, 'a constant that is grouped by is also selected');
    return String(position + 1);
  });
}

/** Constants order nothing. A name without a table that the select gives is the result's column. */
function orderKeys(select: SqlSelect, printer: Printer): readonly Layout[] {
  const { dialect } = printer;
  return select.orderBy
    .filter((key) => !isConstant(key.expression))
    .map((key) => {
      const position = select.select.findIndex((item) => isResult(item, key.expression));
      const as = select.select[position]?.as;
      const layout =
        as === undefined ? printer.expression.layout(key.expression) : dialect.resultColumn(as, position + 1);
      return [layout, key.descending ? ' desc' : '', dialect.nullsLast];
    });
}

function isResult(item: SqlSelect['select'][number], key: SqlExpression): boolean {
  if (key.kind === 'column' && key.table === null) return key.name === item.as;
  return sameExpression(item.expression, key);
}

function isConstant(expression: SqlExpression): boolean {
  return ['text', 'integer', 'decimal', 'null'].includes(expression.kind);
}

function sameExpression(left: SqlExpression, right: SqlExpression): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
