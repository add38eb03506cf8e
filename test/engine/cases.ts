import type { Table } from '../../src/catalog/types.ts';
import type { CellValue } from '../../src/engine/arrow.ts';
import * as sql from '../../src/sql/make.ts';
import type { SqlExpression, SqlQuery, SqlRelation } from '../../src/sql/tree.ts';

/** The tables that every case reads, written as Parquet once for all engines. `more` has the columns of `facts`. */
export const tables = {
  facts: {
    rows: 6,
    columns: [
      { name: 'kommune', type: 'text', values: ['101', '101', '147', '147', 'Læsø', null] },
      {
        name: 'periode',
        type: 'text',
        values: ['2026M06', '2026M07', '2026M06', '2026M07', '2026M07', '2026M07'],
      },
      { name: 'antal', type: 'integer', values: [10, 20, 5, null, null, 7] },
      {
        name: 'timer',
        type: 'decimal',
        decimals: 1,
        values: [105n, -3n, null, 12n, null, 9999999999999999n],
      },
    ],
  },
  more: {
    rows: 2,
    columns: [
      { name: 'kommune', type: 'text', values: ['101', '999'] },
      { name: 'periode', type: 'text', values: ['2026M08', '2026M08'] },
      { name: 'antal', type: 'integer', values: [-1, 9007199254740991] },
      { name: 'timer', type: 'decimal', decimals: 1, values: [0n, 1n] },
    ],
  },
  empty: {
    rows: 0,
    columns: [
      { name: 'kommune', type: 'text', values: [] },
      { name: 'periode', type: 'text', values: [] },
      { name: 'antal', type: 'integer', values: [] },
      { name: 'timer', type: 'decimal', decimals: 1, values: [] },
    ],
  },
} as const satisfies Record<string, Table>;

export type Files = Readonly<Record<keyof typeof tables, string>>;

/** A query and its answer, worked out by hand. A decimal is its scaled integer. */
export interface EngineCase {
  readonly name: string;
  readonly query: (files: Files) => SqlQuery;
  /** Column name and type: `text`, `integer`, `decimal 1`. */
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly CellValue[])[];
}

const { ascending, cast, column, decimalType, descending, integer, integerType, output, text } = sql;
const f = (name: string) => column('f', name);
const textColumn = (name: string) => ({ name, type: sql.textType });

const oneRow = (...items: readonly (readonly [SqlExpression, string])[]): SqlQuery =>
  sql.query(
    sql.select({
      select: items.map(([expression, as]) => output(expression, as)),
      from: sql.values([textColumn('x')], [[text('one')]]),
      alias: 'f',
    }),
  );

const shapes: SqlRelation = sql.values(
  [
    textColumn('kommune'),
    { name: 'fra', type: sql.textType },
    { name: 'til', type: sql.textType },
    { name: 'vægt', type: decimalType(2) },
    { name: 'nummer', type: integerType },
  ],
  [
    [text('101'), text('0001M01'), text('2026M06'), sql.nothing, sql.nothing],
    [text('101'), text('2026M07'), text('9999M12'), sql.decimal('0.5'), integer(2)],
    [text('147'), text('0001M01'), text('9999M12'), sql.decimal('-12.25'), integer(-3)],
  ],
);

/** True where the comparison is, false where it is not or where it is unknown. */
const asText = (condition: SqlExpression): SqlExpression =>
  sql.caseWhen(
    [
      [condition, text('yes')],
      [sql.not(condition), text('no')],
    ],
    text('unknown'),
  );

export const cases: readonly EngineCase[] = [
  {
    name: 'rows of both sides of a full join, each with its like or with nulls',
    query: (files) => {
      const of = (side: string, name: string) => column(side, name);
      return sql.query(
        sql.select({
          select: [
            output(sql.coalesce(of('f', 'kommune'), of('m', 'kommune')), 'kommune'),
            output(sql.coalesce(of('f', 'periode'), of('m', 'periode')), 'periode'),
            output(of('f', 'antal'), 'før'),
            output(of('m', 'antal'), 'efter'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          joins: [
            sql.join(
              'full',
              sql.subquery(
                sql.query(
                  sql.select({
                    select: [
                      output(of('more', 'kommune'), 'kommune'),
                      // One of the two becomes a row that the other side has.
                      output(
                        sql.caseWhen(
                          [[sql.equals(of('more', 'kommune'), text('101')), text('2026M07')]],
                          of('more', 'periode'),
                        ),
                        'periode',
                      ),
                      output(of('more', 'antal'), 'antal'),
                    ],
                    from: sql.parquet([files.more]),
                    alias: 'more',
                  }),
                ),
              ),
              'm',
              sql.and(
                sql.equals(of('f', 'kommune'), of('m', 'kommune')),
                sql.equals(of('f', 'periode'), of('m', 'periode')),
              ),
            ),
          ],
          where: sql.or(
            sql.isNull(of('f', 'kommune')),
            sql.isNull(of('m', 'kommune')),
            sql.differs(of('f', 'antal'), of('m', 'antal')),
          ),
          orderBy: [ascending(column(null, 'kommune')), ascending(column(null, 'periode'))],
        }),
      );
    },
    columns: [
      ['kommune', 'text'],
      ['periode', 'text'],
      ['før', 'integer'],
      ['efter', 'integer'],
    ],
    rows: [
      ['101', '2026M06', 10n, null],
      ['101', '2026M07', 20n, -1n],
      ['147', '2026M06', 5n, null],
      ['147', '2026M07', null, null],
      ['999', '2026M08', null, 9007199254740991n],
      ['Læsø', '2026M07', null, null],
      [null, '2026M07', 7n, null],
    ],
  },
  {
    name: 'sums, counts, least and greatest per group, nulls passed over',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(f('kommune'), 'kommune'),
            output(cast(sql.sum(f('antal')), integerType), 'antal'),
            output(cast(sql.sum(f('timer')), decimalType(1)), 'timer'),
            output(sql.count(f('antal')), 'kendte'),
            output(sql.countRows, 'alle'),
            output(sql.minimum(f('periode')), 'første'),
            output(sql.maximum(f('timer')), 'største'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          groupBy: [f('kommune')],
          orderBy: [ascending(column(null, 'kommune'))],
        }),
      ),
    columns: [
      ['kommune', 'text'],
      ['antal', 'integer'],
      ['timer', 'decimal 1'],
      ['kendte', 'integer'],
      ['alle', 'integer'],
      ['første', 'text'],
      ['største', 'decimal 1'],
    ],
    rows: [
      ['101', 30n, 102n, 2n, 2n, '2026M06', 105n],
      ['147', 5n, 12n, 1n, 2n, '2026M06', 12n],
      ['Læsø', null, null, 0n, 1n, '2026M07', null],
      [null, 7n, 9999999999999999n, 1n, 1n, '2026M07', 9999999999999999n],
    ],
  },
  {
    name: 'aggregates of no rows at all are one row without values',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(cast(sql.sum(f('antal')), integerType), 'sum'),
            output(sql.countRows, 'rows'),
            output(sql.minimum(f('kommune')), 'least'),
            output(sql.valueAtMax(f('antal'), f('periode')), 'last'),
          ],
          from: sql.parquet([files.empty]),
          alias: 'f',
        }),
      ),
    columns: [
      ['sum', 'integer'],
      ['rows', 'integer'],
      ['least', 'text'],
      ['last', 'integer'],
    ],
    rows: [[null, 0n, null, null]],
  },
  {
    name: 'groups of no rows are no rows, with their types',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(text('000'), 'land'),
            output(f('kommune'), 'kommune'),
            output(cast(sql.sum(f('timer')), decimalType(1)), 'timer'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          where: sql.equals(f('kommune'), text('nowhere')),
          groupBy: [text('000'), f('kommune')],
        }),
      ),
    columns: [
      ['land', 'text'],
      ['kommune', 'text'],
      ['timer', 'decimal 1'],
    ],
    rows: [],
  },
  {
    name: 'several files are one relation',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(text('000'), 'land'),
            output(cast(sql.sum(f('antal')), integerType), 'antal'),
            output(sql.countRows, 'rows'),
          ],
          from: sql.parquet([files.facts, files.empty, files.more]),
          alias: 'f',
          groupBy: [text('000')],
        }),
      ),
    columns: [
      ['land', 'text'],
      ['antal', 'integer'],
      ['rows', 'integer'],
    ],
    rows: [['000', 9007199254741032n, 8n]],
  },
  {
    name: 'the last and the first value in time, absent ones passed over',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(f('kommune'), 'kommune'),
            output(sql.valueAtMax(f('antal'), f('periode')), 'sidste'),
            output(sql.valueAtMin(f('timer'), f('periode')), 'første'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          groupBy: [f('kommune')],
          orderBy: [descending(f('kommune'))],
        }),
      ),
    columns: [
      ['kommune', 'text'],
      ['sidste', 'integer'],
      ['første', 'decimal 1'],
    ],
    rows: [
      ['Læsø', null, null],
      ['147', 5n, 12n],
      ['101', 20n, 105n],
      [null, 7n, 9999999999999999n],
    ],
  },
  {
    name: 'a dated left join keeps what has no match, and a null matches nothing',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(f('kommune'), 'kommune'),
            output(f('periode'), 'periode'),
            output(column('r', 'vægt'), 'vægt'),
            output(column('r', 'nummer'), 'nummer'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          joins: [
            sql.join(
              'left',
              shapes,
              'r',
              sql.and(
                sql.equals(f('kommune'), column('r', 'kommune')),
                sql.atMost(column('r', 'fra'), f('periode')),
                sql.atLeast(column('r', 'til'), f('periode')),
              ),
            ),
          ],
          orderBy: [ascending(f('kommune')), ascending(f('periode'))],
        }),
      ),
    columns: [
      ['kommune', 'text'],
      ['periode', 'text'],
      ['vægt', 'decimal 2'],
      ['nummer', 'integer'],
    ],
    rows: [
      ['101', '2026M06', null, null],
      ['101', '2026M07', 50n, 2n],
      ['147', '2026M06', -1225n, -3n],
      ['147', '2026M07', -1225n, -3n],
      ['Læsø', '2026M07', null, null],
      [null, '2026M07', null, null],
    ],
  },
  {
    name: 'what is computed to group by may have the name of a column, and values in it',
    query: (files) => {
      const kommune = sql.coalesce(f('kommune'), text('uoplyst'));
      const half = sql.caseWhen([[sql.isIn(f('periode'), [text('2026M06')]), text('før')]], text('efter'));
      return sql.query(
        sql.select({
          select: [output(kommune, 'kommune'), output(half, 'periode'), output(sql.countRows, 'rows')],
          from: sql.parquet([files.facts]),
          alias: 'f',
          groupBy: [kommune, half],
          orderBy: [descending(column(null, 'kommune')), ascending(half)],
        }),
      );
    },
    columns: [
      ['kommune', 'text'],
      ['periode', 'text'],
      ['rows', 'integer'],
    ],
    rows: [
      ['uoplyst', 'efter', 1n],
      ['Læsø', 'efter', 1n],
      ['147', 'efter', 1n],
      ['147', 'før', 1n],
      ['101', 'efter', 1n],
      ['101', 'før', 1n],
    ],
  },
  {
    name: 'a name without a table in WHERE is the column that was read, not the one that is given',
    query: (files) =>
      sql.query(
        sql.select({
          select: [output(sql.negate(f('antal')), 'antal')],
          from: sql.parquet([files.facts]),
          alias: 'f',
          where: sql.greater(column(null, 'antal'), integer(0)),
          orderBy: [ascending(column(null, 'antal'))],
        }),
      ),
    columns: [['antal', 'integer']],
    rows: [[-20n], [-10n], [-7n], [-5n]],
  },
  {
    name: 'steps, unions and nested queries',
    query: (files) => {
      const monthly = sql.select({
        select: [output(f('periode'), 'periode'), output(cast(sql.sum(f('antal')), integerType), 'antal')],
        from: sql.parquet([files.facts]),
        alias: 'f',
        groupBy: [f('periode')],
      });
      const all = sql.select({
        select: [
          output(text('alle'), 'periode'),
          output(cast(sql.sum(column('m', 'antal')), integerType), 'antal'),
        ],
        from: sql.table('monthly'),
        alias: 'm',
      });
      const rows = sql.select({
        select: [output(column('m', 'periode'), 'periode'), output(column('m', 'antal'), 'antal')],
        from: sql.table('monthly'),
        alias: 'm',
      });
      return sql.query(
        sql.select({
          select: [output(column('b', 'periode'), 'periode'), output(column('b', 'antal'), 'antal')],
          from: sql.subquery(sql.query(sql.unionAll([rows, all, all]))),
          alias: 'b',
          joins: [sql.join('inner', sql.table('monthly'), 'm', sql.equals(integer(1), integer(1)))],
          where: sql.equals(column('m', 'periode'), text('2026M06')),
          orderBy: [ascending(column('b', 'periode'))],
        }),
        [{ name: 'monthly', query: monthly }],
      );
    },
    columns: [
      ['periode', 'text'],
      ['antal', 'integer'],
    ],
    rows: [
      ['2026M06', 15n],
      ['2026M07', 27n],
      ['alle', 42n],
      ['alle', 42n],
    ],
  },
  {
    name: 'comparisons, lists and logic know three values',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(asText(sql.isIn(f('kommune'), [text('101'), text('147')])), 'i'),
            output(asText(sql.isNotIn(f('kommune'), [text('101')])), 'ikke_i'),
            output(asText(sql.isIn(f('kommune'), [])), 'tom'),
            output(asText(sql.isNull(f('antal'))), 'mangler'),
            output(asText(sql.isNotNull(f('timer'))), 'findes'),
            output(
              asText(
                sql.or(sql.differs(f('kommune'), text('101')), sql.less(f('timer'), sql.decimal('0.05'))),
              ),
              'eller',
            ),
            output(
              asText(sql.and(sql.atLeast(f('antal'), integer(5)), sql.atMost(f('timer'), integer(2)))),
              'og',
            ),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          orderBy: [ascending(f('kommune')), ascending(f('periode'))],
        }),
      ),
    columns: ['i', 'ikke_i', 'tom', 'mangler', 'findes', 'eller', 'og'].map(
      (name) => [name, 'text'] as const,
    ),
    rows: [
      ['yes', 'no', 'no', 'no', 'yes', 'no', 'no'],
      ['yes', 'no', 'no', 'no', 'yes', 'yes', 'yes'],
      ['yes', 'yes', 'no', 'no', 'no', 'yes', 'unknown'],
      ['yes', 'yes', 'no', 'yes', 'yes', 'yes', 'unknown'],
      ['no', 'yes', 'no', 'yes', 'no', 'yes', 'unknown'],
      ['unknown', 'unknown', 'no', 'no', 'yes', 'unknown', 'no'],
    ],
  },
  {
    name: 'arithmetic is exact and keeps its brackets',
    query: (files) =>
      sql.query(
        sql.select({
          select: [
            output(sql.multiply(f('timer'), sql.decimal('0.05')), 'produkt'),
            output(sql.subtract(f('antal'), sql.subtract(integer(100), f('antal'))), 'forskel'),
            output(sql.multiply(sql.add(f('antal'), integer(1)), integer(-2)), 'dobbelt'),
            output(sql.negate(sql.negate(sql.subtract(integer(-1), integer(-2)))), 'fortegn'),
            output(cast(sql.add(f('timer'), f('antal')), decimalType(3)), 'blandet'),
            output(sql.caseWhen([[sql.greater(f('antal'), integer(10)), f('timer')]], integer(0)), 'valg'),
          ],
          from: sql.parquet([files.facts]),
          alias: 'f',
          where: sql.and(sql.equals(f('kommune'), text('101')), sql.isNotNull(f('antal'))),
          orderBy: [ascending(f('periode'))],
        }),
      ),
    columns: [
      ['produkt', 'decimal 3'],
      ['forskel', 'integer'],
      ['dobbelt', 'integer'],
      ['fortegn', 'integer'],
      ['blandet', 'decimal 3'],
      ['valg', 'decimal 1'],
    ],
    rows: [
      [525n, -80n, -22n, 1n, 20500n, 0n],
      [-15n, -60n, -42n, 1n, 19700n, -3n],
    ],
  },
  {
    name: 'casts between text and numbers',
    query: () =>
      oneRow(
        [cast(text('-12'), integerType), 'heltal'],
        [cast(text('1.5'), decimalType(1)), 'tal'],
        [cast(integer(7), decimalType(2)), 'kroner'],
        [cast(integer(7), sql.textType), 'tekst'],
        [cast(sql.nothing, integerType), 'intet'],
        [cast(sql.decimal('0.5'), decimalType(3)), 'halv'],
        [sql.decimal('12'), 'hel'],
      ),
    columns: [
      ['heltal', 'integer'],
      ['tal', 'decimal 1'],
      ['kroner', 'decimal 2'],
      ['tekst', 'text'],
      ['intet', 'integer'],
      ['halv', 'decimal 3'],
      ['hel', 'decimal 0'],
    ],
    rows: [[-12n, 15n, 700n, '7', null, 500n, 12n]],
  },
  {
    name: 'texts come back as they went in',
    query: () =>
      oneRow(
        [text('rødgrød med fløde, Ærø, 雪, 🦆'), 'dansk'],
        [text(`'; drop table x; -- " \` \\ \\' $1 {p1:String} %s ?`), 'fjendtlig'],
        [text('a\nb\tc\rd\u0085e'), 'linjer'],
        [text('nul\0her'), 'nul'],
        [text(''), 'tom'],
      ),
    columns: ['dansk', 'fjendtlig', 'linjer', 'nul', 'tom'].map((name) => [name, 'text'] as const),
    rows: [
      [
        'rødgrød med fløde, Ærø, 雪, 🦆',
        `'; drop table x; -- " \` \\ \\' $1 {p1:String} %s ?`,
        'a\nb\tc\rd\u0085e',
        'nul\0her',
        '',
      ],
    ],
  },
  {
    name: 'any name can be a column, a table and an alias',
    query: () => {
      const names = [
        'select',
        'Å rø',
        'a"b',
        "a'b",
        'a`b',
        'a\\b',
        'a.b',
        '1a',
        'x -- y',
        '$1',
        'inf',
        'date',
      ];
      const relation = sql.values(names.map(textColumn), [names.map((_, index) => text(String(index)))]);
      return sql.query(
        sql.select({
          select: names.map((name) => output(column('from', name), name)),
          from: sql.table('group "by"'),
          alias: 'from',
        }),
        [
          {
            name: 'group "by"',
            query: sql.select({
              select: names.map((name) => output(column('värde', name), name)),
              from: relation,
              alias: 'värde',
            }),
          },
        ],
      );
    },
    columns: ['select', 'Å rø', 'a"b', "a'b", 'a`b', 'a\\b', 'a.b', '1a', 'x -- y', '$1', 'inf', 'date'].map(
      (name) => [name, 'text'] as const,
    ),
    rows: [['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']],
  },
  {
    name: 'texts trimmed, matched, replaced and measured',
    query: () =>
      oneRow(
        [sql.callOf('trim', text(' \u00a0\t Læsø by\ufeff\n')), 'trimmet'],
        [sql.callOf('trimZeros', text('00120')), 'uden_nuller'],
        [asText(sql.callOf('matches', text('tlf. 4711'), text('^[a-z]+[.] [0-9]{4}$'))), 'passer'],
        [asText(sql.callOf('matches', text('4711a'), text('^[0-9]+$'))), 'passer_ikke'],
        [sql.callOf('replace', text('1.234.5'), text('.'), text('')), 'uden_punktum'],
        [cast(sql.callOf('length', text('Læsø')), integerType), 'laengde'],
      ),
    columns: [
      ['trimmet', 'text'],
      ['uden_nuller', 'text'],
      ['passer', 'text'],
      ['passer_ikke', 'text'],
      ['uden_punktum', 'text'],
      ['laengde', 'integer'],
    ],
    rows: [['Læsø by', '120', 'yes', 'no', '12345', 4n]],
  },
  {
    name: 'the place of every row in its file',
    query: (files) =>
      sql.query(
        sql.select({
          select: [output(f('periode'), 'periode'), output(cast(f('file_row_number'), integerType), 'plads')],
          from: sql.numberedParquet(files.more),
          alias: 'f',
          orderBy: [descending(f('file_row_number'))],
        }),
      ),
    columns: [
      ['periode', 'text'],
      ['plads', 'integer'],
    ],
    rows: [
      ['2026M08', 1n],
      ['2026M08', 0n],
    ],
  },
  {
    name: 'hashes that depend on every value, nothing among them',
    query: (files) => {
      const h = (...operands: readonly SqlExpression[]) => sql.callOf('rowHash', ...operands);
      const [a, none] = [text('a'), cast(sql.nothing, sql.textType)];
      return sql.query(
        sql.select({
          select: [
            output(asText(sql.equals(h(a, none), h(a, none))), 'ens'),
            output(asText(sql.equals(h(a, none), h(none, a))), 'byttet'),
            output(asText(sql.isNull(h(none, none))), 'ingen'),
          ],
          from: sql.parquet([files.more]),
          alias: 'f',
          where: sql.equals(f('kommune'), text('101')),
        }),
      );
    },
    columns: [
      ['ens', 'text'],
      ['byttet', 'text'],
      ['ingen', 'text'],
    ],
    rows: [['yes', 'no', 'no']],
  },
];
