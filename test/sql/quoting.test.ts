import { DuckDBDecimalValue, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickHouseDialect } from '../../src/engine/clickhouse/dialect.ts';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import type { Dialect } from '../../src/sql/dialect.ts';
import * as sql from '../../src/sql/make.ts';
import { type PrintOptions, printSql } from '../../src/sql/print.ts';
import type { SqlQuery } from '../../src/sql/tree.ts';
import { cases, type Files } from '../engine/cases.ts';
import { type Desk, openDesk, plainTable, writeFiles } from '../engine/support.ts';

/** Whatever comes after the mark must never stand outside quotes. */
const mark = 'xmark';
const hostile = [
  "'",
  '"',
  '`',
  '\\',
  "\\'",
  '\\\\"',
  "''",
  "'; drop table facts; --",
  '" ; select 1 --',
  '/* ',
  '*/',
  '--',
  '$1',
  '{p1:String}',
  '\n',
  '\r\n-- ',
  '\t',
  "E'\\n'",
  '$$',
  'æøå ÆØÅ',
  '\u2028',
  "\u02bc'",
];
const withNul = ['\0', "\0'", "a\0; select '"];

function taintedQuery(value: string, name: string, file: string): SqlQuery {
  const step = sql.select({
    select: [
      sql.output(sql.column(name, name), name),
      sql.output(sql.caseWhen([[sql.equals(sql.column(name, name), sql.text(value)), sql.text(value)]]), 'b'),
    ],
    from: sql.parquet([file, `${file}2`]),
    alias: name,
    joins: [
      sql.join(
        'left',
        sql.values([{ name, type: sql.textType }], [[sql.text(value)], [sql.nothing]]),
        `${name}2`,
        sql.isIn(sql.column(`${name}2`, name), [sql.text(value)]),
      ),
    ],
  });
  return sql.query(
    sql.select({ select: [sql.output(sql.column('s', name), name)], from: sql.table(name), alias: 's' }),
    [{ name, query: step }],
  );
}

/** What stands outside quotes, read by the rules of the engine and by nothing of the printer. */
function unquoted(text: string, quotes: string, escapes: boolean): string {
  let outside = '';
  let quote: string | null = null;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quote === null) {
      if (quotes.includes(character)) quote = character;
      else outside += character;
    } else if (escapes && character === '\\') index += 1;
    else if (character === quote && text[index + 1] === quote) index += 1;
    else if (character === quote) quote = null;
  }
  return quote === null ? outside : `${outside} UNCLOSED ${quote}`;
}

/** ClickHouse's dialect refuses paths with these; the test of that is beside the printer's. */
function pathFor(dialect: Dialect, word: string): string {
  return dialect === clickHouseDialect ? word.replace(/[*?{}]/g, '') : word;
}

/** Which characters quote, and whether a backslash escapes within them. */
const dialects: readonly (readonly [Dialect, string, boolean])[] = [
  [duckDbDialect, `'"`, false],
  [clickHouseDialect, `'"\``, true],
];
const modes: readonly PrintOptions['values'][] = ['parameters', 'literals'];

describe('quoting', () => {
  for (const [dialect, quotes, escapes] of dialects) {
    for (const values of modes) {
      it(`keeps hostile texts, names and paths within quotes (${dialect.name}, ${values})`, () => {
        for (const bad of hostile) {
          const word = `${bad}${mark}${bad}`;
          const { text, parameters } = printSql(
            taintedQuery(word, word, `/data/${pathFor(dialect, word)}`),
            dialect,
            {
              values,
            },
          );
          const outside = unquoted(text, quotes, escapes);
          expect(outside, text).not.toContain(mark);
          expect(outside, text).not.toContain('UNCLOSED');
          expect(outside, text).not.toContain('--');
          expect(outside, text).not.toContain(';');
          if (values === 'parameters') expect(parameters).toContain(word);
        }
      });

      it(`keeps texts with NUL out of the statement (${dialect.name}, ${values})`, () => {
        for (const bad of withNul) {
          const { text } = printSql(taintedQuery(`${bad}${mark}`, 'n', '/data/f'), dialect, { values });
          expect(text).not.toContain('\0');
          expect(unquoted(text, quotes, escapes)).not.toContain(mark);
        }
      });
    }
  }

  it('has no control character in a statement of literals', () => {
    for (const [dialect] of dialects) {
      const { text } = printSql(taintedQuery('\u0001\n\u007f\u0085', 'n', '/data/f'), dialect, {
        values: 'literals',
      });
      expect(text.replaceAll('\n', ' ')).not.toMatch(/\p{Cc}/u);
      expect(text).not.toContain("'\n");
    }
  });
});

describe('literals, run by hand on DuckDB', () => {
  let desk: Desk;
  let files: Files;
  let instance: DuckDBInstance;
  const rowsOf = async (text: string): Promise<readonly (readonly unknown[])[]> => {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(text);
    return reader.getRows().map((row) => row.map(plainValue));
  };
  beforeAll(async () => {
    desk = await openDesk();
    files = await writeFiles(desk);
    instance = await DuckDBInstance.create();
  });
  afterAll(async () => {
    instance.closeSync();
    await desk.leave();
  });

  for (const item of cases) {
    it(`give the answer that parameters give: ${item.name}`, async () => {
      const { text } = printSql(item.query(files), duckDbDialect, { values: 'literals' });
      expect(await rowsOf(text)).toEqual(item.rows);
    });
  }

  it('bring every hostile text and name back unchanged, in both ways', async () => {
    for (const bad of [...hostile, ...withNul]) {
      const name = bad.includes('\0') ? 'n' : bad;
      const tree = sql.query(
        sql.select({
          select: [sql.output(sql.column(name, name), name), sql.output(sql.text(bad), 'text')],
          from: sql.values([{ name, type: sql.textType }], [[sql.text(bad)]]),
          alias: name,
        }),
      );
      expect(await rowsOf(printSql(tree, duckDbDialect, { values: 'literals' }).text)).toEqual([[bad, bad]]);
      const table = plainTable(await desk.engine.query(tree));
      expect(table.rows).toEqual([[bad, bad]]);
      expect(table.columns[0]?.[0]).toBe(name);
    }
  });

  it('let every word that DuckDB keeps for itself be a name', async () => {
    const words = (await rowsOf('select keyword_name from duckdb_keywords()')).map(([word]) => String(word));
    expect(words.length).toBeGreaterThan(400);
    const columns = words.map((name) => ({ name, type: sql.integerType }));
    const tree = sql.query(
      sql.select({
        select: words.map((word) => sql.output(sql.column('end', word), word)),
        from: sql.values(columns, [words.map((_, index) => sql.integer(index))]),
        alias: 'end',
      }),
    );
    expect(await rowsOf(printSql(tree, duckDbDialect, { values: 'literals' }).text)).toEqual([
      words.map((_, index) => BigInt(index)),
    ]);
  });
});

function plainValue(value: unknown): unknown {
  if (value instanceof DuckDBDecimalValue) return value.value;
  return typeof value === 'number' ? BigInt(value) : value;
}
