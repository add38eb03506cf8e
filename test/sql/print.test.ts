import { describe, expect, it } from 'vitest';
import { clickHouseDialect } from '../../src/engine/clickhouse/dialect.ts';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import { type Dialect, standardDialect } from '../../src/sql/dialect.ts';
import * as sql from '../../src/sql/make.ts';
import { printSql } from '../../src/sql/print.ts';
import type { SqlExpression, SqlQuery } from '../../src/sql/tree.ts';

const { ascending, cast, column, integer, output, text } = sql;
const d = (name: string) => column('d', name);

/** The ledige of a month by region, from two files, with the regions of then. */
function ledigeByRegion(): SqlQuery {
  const region = sql.coalesce(column('r', 'region'), text('uoplyst'));
  const regions = sql.values(
    [
      { name: 'kommune', type: sql.textType },
      { name: 'region', type: sql.textType },
      { name: 'fra', type: sql.textType },
    ],
    [
      [text('101'), text('084'), text('0001M01')],
      [text('101'), text('086'), text('2027M01')],
    ],
  );
  const ledighed = sql.select({
    select: [
      output(region, 'region'),
      output(text('2026M07'), 'periode'),
      output(
        cast(sql.sum(sql.caseWhen([[sql.isNull(d('ledige_status')), d('ledige')]])), sql.decimalType(1)),
        'ledige',
      ),
      output(sql.countRows, 'rækker'),
    ],
    from: sql.parquet(['/data/a.parquet', '/data/b.parquet']),
    alias: 'd',
    joins: [
      sql.join(
        'left',
        regions,
        'r',
        sql.and(
          sql.equals(d('kommune'), column('r', 'kommune')),
          sql.atMost(column('r', 'fra'), d('periode')),
        ),
      ),
    ],
    where: sql.and(
      sql.equals(d('periode'), text('2026M07')),
      sql.isIn(d('koen'), [text('1'), text('2')]),
      sql.or(
        sql.greater(d('alder'), integer(15)),
        sql.isNull(d('alder')),
        sql.equals(d('omraade'), text("Læsø's")),
      ),
    ),
    groupBy: [region, text('2026M07')],
  });
  return sql.query(
    sql.select({
      select: [output(column('l', 'region'), 'region'), output(column('l', 'ledige'), 'ledige')],
      from: sql.table('ledighed'),
      alias: 'l',
      orderBy: [ascending(column(null, 'region'))],
    }),
    [{ name: 'ledighed', query: ledighed }],
  );
}

describe('printSql', () => {
  it('prints literals for a person to run by hand', () => {
    const printed = printSql(ledigeByRegion(), duckDbDialect, { values: 'literals' });
    expect(printed.parameters).toEqual([]);
    expect(printed.text).toBe(`with
  ledighed as (
    select
      coalesce(r.region, 'uoplyst') as region,
      '2026M07' as periode,
      cast(sum(case when d.ledige_status is null then d.ledige end) as decimal(38, 1)) as ledige,
      count(*) as "rækker"
    from read_parquet(['/data/a.parquet', '/data/b.parquet']) as d
    left join (values
      (cast('101' as varchar), cast('084' as varchar), cast('0001M01' as varchar)),
      ('101', '086', '2027M01')
    ) as r (kommune, region, fra)
      on d.kommune = r.kommune and r.fra <= d.periode
    where d.periode = '2026M07'
      and d.koen in ('1', '2')
      and (d.alder > 15 or d.alder is null or d.omraade = 'Læsø''s')
    group by coalesce(r.region, 'uoplyst'), 2
  )
select
  l.region as region,
  l.ledige as ledige
from ledighed as l
order by region`);
  });

  it('prints the same tree for ClickHouse, with a place per distinct value', () => {
    const printed = printSql(ledigeByRegion(), clickHouseDialect, { values: 'parameters' });
    expect(printed.text).toBe(`with
  ledighed as (
    select
      coalesce(r.region, {p1:String}) as region,
      {p2:String} as periode,
      cast(
        sumOrNull(case when d.ledige_status is null then d.ledige end) as Nullable(Decimal(38, 1))
      ) as ledige,
      count(*) as \`rækker\`
    from (
      select * from file({p3:String}, Parquet)
      union all select * from file({p4:String}, Parquet)
    ) as d
    left join values(
      'kommune Nullable(String), region Nullable(String), fra Nullable(String)',
      (
        cast({p5:String} as Nullable(String)),
        cast({p6:String} as Nullable(String)),
        cast({p7:String} as Nullable(String))
      ),
      ({p5:String}, {p8:String}, {p9:String})
    ) as r
      on d.kommune = r.kommune and r.fra <= d.periode
    where d.periode = {p2:String}
      and d.koen in ({p10:String}, {p11:String})
      and (d.alder > {p12:Int64} or d.alder is null or d.omraade = {p13:String})
    group by coalesce(r.region, {p1:String}), 2
  )
select
  l.region as region,
  l.ledige as ledige
from ledighed as l
order by 1
settings join_use_nulls = 1, prefer_column_name_to_alias = 1`);
    expect(printed.parameters).toEqual([
      'uoplyst',
      '2026M07',
      '/data/a.parquet',
      '/data/b.parquet',
      '101',
      '084',
      '0001M01',
      '086',
      '2027M01',
      '1',
      '2',
      15,
      "Læsø's",
    ]);
  });

  it('keeps the number 1 and the text 1 apart', () => {
    const printed = printSql(expressionQuery(sql.equals(text('1'), integer(1))), duckDbDialect, {
      values: 'parameters',
    });
    expect(printed.parameters).toEqual(['1', 1]);
    expect(printed.text).toContain('$1 = $2');
  });

  it.each([
    ['a sum within a product', sql.multiply(sql.add(d('a'), d('b')), d('c')), '(d.a + d.b) * d.c'],
    ['a difference of a difference', sql.subtract(d('a'), sql.subtract(d('b'), d('c'))), 'd.a - (d.b - d.c)'],
    ['no brackets where none are needed', sql.add(sql.multiply(d('a'), d('b')), d('c')), 'd.a * d.b + d.c'],
    ['minus a negative number', sql.subtract(d('a'), integer(-1)), 'd.a - -1'],
    ['the negative of a negative', sql.negate(sql.negate(integer(-1))), '-(-(-1))'],
    ['or within and', sql.and(d('a'), sql.or(d('b'), d('c'))), 'd.a and (d.b or d.c)'],
    ['and within or', sql.or(sql.and(d('a'), d('b')), d('c')), 'd.a and d.b or d.c'],
    ['and within and', sql.and(d('a'), sql.and(d('b'), d('c'))), 'd.a and d.b and d.c'],
    ['not', sql.not(sql.equals(d('a'), d('b'))), 'not (d.a = d.b)'],
    ['a comparison compared', sql.equals(sql.less(d('a'), d('b')), d('c')), '(d.a < d.b) = d.c'],
    ['not in', sql.isNotIn(sql.add(d('a'), d('b')), [integer(1)]), 'd.a + d.b not in (1)'],
    ['in nothing', sql.isIn(d('a'), []), 'false'],
    ['not in nothing', sql.isNotIn(d('a'), []), 'true'],
    ['a decimal', sql.decimal('0.05'), "cast('0.05' as decimal(38, 2))"],
    ['case', sql.caseWhen([[d('a'), integer(1)]], sql.nothing), 'case when d.a then 1 else null end'],
  ] as const)('prints %s', (_, expression, expected) => {
    const printed = printSql(expressionQuery(expression), standardDialect, { values: 'literals' });
    expect(printed.text.split('\n')[1]?.trim()).toBe(`${expected} as x`);
  });

  it('breaks what is too long for a line, and nothing else', () => {
    const long = sql.isIn(
      d('kommune'),
      Array.from({ length: 15 }, (_, index) => text(`kommune ${index}`)),
    );
    const printed = printSql(expressionQuery(sql.caseWhen([[long, integer(1)]], integer(0))), duckDbDialect, {
      values: 'literals',
    });
    expect(printed.text.split('\n').slice(1, 5)).toEqual([
      '  case',
      '    when d.kommune in (',
      "      'kommune 0',",
      "      'kommune 1',",
    ]);
    expect(printed.text.split('\n').every((line) => line === line.trimEnd())).toBe(true);
  });

  it.each([
    ['an integer that a double cannot hold', integer(2 ** 53)],
    ['a decimal with an exponent', sql.decimal('1e3')],
    ['a list with NULL', sql.isIn(d('a'), [sql.nothing])],
    ['a decimal cast to fewer decimals', cast(sql.decimal('0.05'), sql.decimalType(1))],
    ['a name with NUL', column('d', 'a\0b')],
    ['a name of nothing', column('d', '')],
  ])('stops at %s', (_, expression) => {
    expect(() => printSql(expressionQuery(expression), duckDbDialect, { values: 'literals' })).toThrow(
      /^invariant/,
    );
  });

  it('stops at an order within a union', () => {
    const part = sql.select({
      select: [output(d('a'), 'a')],
      from: sql.table('d'),
      alias: 'd',
      orderBy: [ascending(d('a'))],
    });
    expect(() =>
      printSql(sql.query(sql.unionAll([part, part])), duckDbDialect, { values: 'literals' }),
    ).toThrow('a part of a union has no order');
  });

  it('stops at a path that ClickHouse would read as a pattern', () => {
    const tree = (file: string) =>
      sql.query(sql.select({ select: [output(d('a'), 'a')], from: sql.parquet([file]), alias: 'd' }));
    for (const file of ['/a*/x', '/a?/x', '/{a,b}/x']) {
      expect(() => printSql(tree(file), clickHouseDialect, { values: 'parameters' })).toThrow('pattern');
    }
  });

  it('leaves to an engine only what differs', () => {
    const own = (dialect: Dialect) =>
      Object.keys(dialect).filter(
        (key) => dialect[key as keyof Dialect] !== standardDialect[key as keyof Dialect],
      );
    expect(own(duckDbDialect)).toEqual(['name', 'text', 'aggregate', 'call', 'parquet', 'nullsLast']);
  });
});

function expressionQuery(expression: SqlExpression): SqlQuery {
  return sql.query(sql.select({ select: [output(expression, 'x')], from: sql.table('d'), alias: 'd' }));
}
