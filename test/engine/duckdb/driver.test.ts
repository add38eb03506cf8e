import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../../src/catalog/types.ts';
import { openDuckDb } from '../../../src/engine/duckdb/driver.ts';
import { type Engine, EngineError } from '../../../src/engine/engine.ts';
import * as sql from '../../../src/sql/make.ts';
import type { SqlQuery, SqlRelation, SqlType } from '../../../src/sql/tree.ts';
import { plainTable } from '../support.ts';

let folder: string;
let builder: Engine;
let reader: Engine;

const open = (writable: readonly string[], threads: number): Promise<Engine> =>
  openDuckDb({
    folders: [join(folder, 'readable')],
    writable,
    temporaryFolder: join(folder, 'temporary'),
    threads,
    memoryLimit: '500MB',
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flis-driver-'));
  for (const name of ['readable', 'writable', 'secret']) await mkdir(join(folder, name));
  builder = await open([join(folder, 'writable'), join(folder, 'readable')], 2);
  reader = await open([], 2);
});
afterAll(async () => {
  builder.close();
  reader.close();
  await rm(folder, { recursive: true });
});

const numbers: Table = {
  rows: 3,
  columns: [
    { name: 'k', type: 'text', values: ['a', null, 'c'] },
    { name: 'n', type: 'integer', values: [1, 2, null] },
    { name: 'd', type: 'decimal', decimals: 2, values: [150n, null, -1n] },
  ],
};

function allOf(from: SqlRelation, names: readonly string[]): SqlQuery {
  return sql.query(
    sql.select({ select: names.map((name) => sql.output(sql.column('t', name), name)), from, alias: 't' }),
  );
}

const sha256 = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

const typed: Table = {
  rows: 2,
  columns: [
    { name: 'dato', type: 'date', values: ['1899-12-31', null] },
    { name: 'tid', type: 'time', values: ['2026-07-31T13:05', null] },
    { name: 'noegle', type: 'integer', values: [9223372036854775807n, -1n] },
  ],
};

describe('openDuckDb', () => {
  it('writes dates, times and whole numbers of 64 bits, and compares with quoted ones', async () => {
    const path = join(folder, 'readable', 'typed.parquet');
    await builder.writeTable(typed, path);
    const as = (name: string) => sql.output(sql.cast(sql.column('t', name), sql.textType), name);
    const quoted = (value: string, type: SqlType) => sql.cast(sql.text(value), type);
    const asked = sql.query(
      sql.select({
        select: ['dato', 'tid', 'noegle'].map(as),
        from: sql.parquet([path]),
        alias: 't',
        where: sql.and(
          sql.less(sql.column('t', 'dato'), quoted('1900-01-01', sql.dateType)),
          sql.equals(sql.column('t', 'tid'), quoted('2026-07-31T13:05', sql.timeType)),
          sql.equals(sql.column('t', 'noegle'), quoted('9223372036854775807', sql.integerType)),
        ),
      }),
    );
    expect(plainTable(await reader.query(asked)).rows).toEqual([
      ['1899-12-31', '2026-07-31 13:05:00', '9223372036854775807'],
    ]);
  });

  it('names the versions of engine and client', () => {
    expect(builder.version).toMatch(/^duckdb \d+\.\d+\.\d+ \(node-api \d+\.\d+\.\d+-r\.\d+\)$/);
  });

  it('reads what it wrote, from a path with every odd character', async () => {
    const odd = join(folder, 'readable', 'we[i]rd*?{a}\'"\\ æø');
    await mkdir(odd);
    const path = join(odd, 'f.parquet');
    await builder.writeTable(numbers, path);
    const table = plainTable(await reader.query(allOf(sql.parquet([path]), ['k', 'n', 'd'])));
    expect(table).toEqual({
      columns: [
        ['k', 'text'],
        ['n', 'integer'],
        ['d', 'decimal 2'],
      ],
      rows: [
        ['a', 1n, 150n],
        [null, 2n, null],
        ['c', null, -1n],
      ],
    });
  });

  it('writes only where it was allowed to, and leaves nothing behind where it was not', async () => {
    const one = allOf(sql.values([{ name: 'a', type: sql.integerType }], [[sql.integer(1)]]), ['a']);
    const outside = join(folder, 'secret', 'f.parquet');
    await expect(reader.writeQuery(one, join(folder, 'readable', 'x.parquet'))).rejects.toThrow(
      'not opened to write',
    );
    await expect(builder.writeQuery(one, outside)).rejects.toThrow('not opened to write');
    await expect(builder.writeQuery(one, `${folder}/writable/../secret/f.parquet`)).rejects.toThrow(
      EngineError,
    );
    expect(await readdir(join(folder, 'secret'))).toEqual([]);
  });

  it('cannot read outside its folders, not even by a way around', async () => {
    const secret = join(folder, 'secret', 'f.parquet');
    await writeFile(secret, 'PAR1');
    await symlink(join(folder, 'secret'), join(folder, 'readable', 'link'));
    for (const path of [
      secret,
      join(folder, 'readable', 'link', 'f.parquet'),
      `${folder}/readable/../secret/f.parquet`,
    ]) {
      await expect(reader.query(allOf(sql.parquet([path]), ['a']))).rejects.toThrow(
        /Permission Error|disabled/,
      );
    }
  });

  it('keeps SQL and cause with an error', async () => {
    const error = await reader.query(allOf(sql.table('nowhere'), ['a'])).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    if (!(error instanceof EngineError)) return;
    expect(error.message).toMatch(/^DuckDB refused a statement: Catalog Error.*nowhere/);
    expect(error.sql).toBe('select\n  t.a as a\nfrom nowhere as t');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('refuses a result in a type that is not exact', async () => {
    const sum = sql.sum(sql.column('t', 'a'));
    const tree = sql.query(
      sql.select({
        select: [sql.output(sum, 'a')],
        from: sql.values([{ name: 'a', type: sql.integerType }], [[sql.integer(1)]]),
        alias: 't',
      }),
    );
    await expect(reader.query(tree)).rejects.toThrow('the column "a" is HUGEINT: cast it in the query');
  });

  it('answers several questions at once', async () => {
    const ask = async (value: number): Promise<unknown> => {
      const tree = allOf(sql.values([{ name: 'a', type: sql.integerType }], [[sql.integer(value)]]), ['a']);
      return plainTable(await reader.query(tree)).rows[0]?.[0];
    };
    const asked = Array.from({ length: 20 }, (_, index) => index);
    expect(await Promise.all(asked.map(ask))).toEqual(asked.map(BigInt));
  });
});

describe('the lock', () => {
  it('holds against every statement that reaches outside', async () => {
    // The driver runs trees only; this opens DuckDB as the driver does, to try what a tree cannot say.
    const { lockdown, startOptions } = await import('../../../src/engine/duckdb/lockdown.ts');
    const options = {
      folders: [join(folder, 'readable')],
      temporaryFolder: join(folder, 'temporary'),
      threads: 1,
      memoryLimit: '200MB',
    };
    const instance = await DuckDBInstance.create(':memory:', startOptions(options));
    const connection = await instance.connect();
    for (const setting of lockdown(options)) await connection.run(setting);
    const statements = [
      "select * from read_text('/etc/passwd')",
      "select * from glob('/etc/*')",
      `copy (select 1) to '${join(folder, 'secret', 'x.csv')}'`,
      `attach '${join(folder, 'secret', 'x.duckdb')}' as x`,
      `export database '${join(folder, 'secret', 'x')}'`,
      'install httpfs',
      'load httpfs',
      "select * from read_csv('https://example.org/x.csv')",
      'set enable_external_access = true',
      'set lock_configuration = false',
      'reset allowed_directories',
      "set allowed_directories = ['/']",
      'set threads = 64',
    ];
    for (const statement of statements) await expect(connection.run(statement), statement).rejects.toThrow();
    instance.closeSync();
    expect(await readdir(join(folder, 'secret'))).toEqual(['f.parquet']);
  });
});

describe('copying to Arrow', () => {
  // More than one row group, chunks that end in the middle of a byte of null bits, long and short texts.
  const rows = 130_000;
  const long = (row: number) => `en tekst på mere end tolv bytes, nummer ${row}`;
  const large: Table = {
    rows,
    columns: [
      { name: 'r', type: 'integer', values: Array.from({ length: rows }, (_, row) => row) },
      {
        name: 't',
        type: 'text',
        values: Array.from({ length: rows }, (_, row) =>
          row % 3 === 0 ? null : row % 2 ? `å${row}` : long(row),
        ),
      },
      {
        name: 'n',
        type: 'integer',
        values: Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? null : -row * 1_000_003)),
      },
      {
        name: 'd',
        type: 'decimal',
        decimals: 1,
        values: Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? null : BigInt(row) - 65_000n)),
      },
      {
        name: 'w',
        type: 'decimal',
        decimals: 9,
        values: Array.from({ length: rows }, (_, row) =>
          row % 11 === 0 ? null : BigInt(row - 9) * 10n ** 25n,
        ),
      },
    ],
  };
  const expected = (row: number) => [
    BigInt(row),
    row % 3 === 0 ? null : row % 2 ? `å${row}` : long(row),
    row % 5 === 0 ? null : BigInt(-row * 1_000_003),
    row % 7 === 0 ? null : BigInt(row) - 65_000n,
    row % 11 === 0 ? null : BigInt(row - 9) * 10n ** 25n,
  ];
  let path: string;
  beforeAll(async () => {
    path = join(folder, 'writable', 'large.parquet');
    await builder.writeTable(large, path);
  });

  it('gives every value of many chunks, in order', async () => {
    const table = plainTable(await builder.query(allOf(sql.parquet([path]), ['r', 't', 'n', 'd', 'w'])));
    expect(table.columns.map(([, type]) => type)).toEqual([
      'integer',
      'text',
      'integer',
      'decimal 1',
      'decimal 9',
    ]);
    expect(table.rows.length).toBe(rows);
    for (let row = 0; row < rows; row += 1) {
      const actual = table.rows[row] ?? [];
      if (expected(row).some((value, index) => value !== actual[index]))
        expect(actual).toEqual(expected(row));
    }
  });

  it('gives what a filter leaves, whose chunks are not full', async () => {
    const tree = sql.query(
      sql.select({
        select: ['r', 't', 'd'].map((name) => sql.output(sql.column('t', name), name)),
        from: sql.parquet([path]),
        alias: 't',
        where: sql.isNull(sql.column('t', 'n')),
        orderBy: [sql.ascending(sql.column('t', 'r'))],
      }),
    );
    const table = plainTable(await builder.query(tree));
    expect(table.rows.length).toBe(rows / 5);
    table.rows.forEach((actual, index) => {
      const [r, t, , d] = expected(index * 5);
      if (actual[0] !== r || actual[1] !== t || actual[2] !== d) expect(actual).toEqual([r, t, d]);
    });
  });

  it('leaves nothing in the place of a null', async () => {
    const table = await builder.query(allOf(sql.parquet([path]), ['n', 'd']));
    const integers = table.getChild('n')?.data[0]?.values as BigInt64Array;
    const decimals = table.getChild('d')?.data[0]?.values as Uint32Array;
    expect(integers[5]).toBe(0n);
    expect([...decimals.subarray(28, 32)]).toEqual([0, 0, 0, 0]);
    expect(table.getChild('n')?.nullCount).toBe(rows / 5);
  });

  it('writes the same bytes for the same rows, whatever the number of threads', async () => {
    const grouped = sql.query(
      sql.select({
        select: [
          sql.output(sql.column('t', 't'), 't'),
          sql.output(sql.cast(sql.sum(sql.column('t', 'd')), sql.decimalType(1)), 'd'),
        ],
        from: sql.parquet([path]),
        alias: 't',
        groupBy: [sql.column('t', 't')],
        orderBy: [sql.ascending(sql.column('t', 't'))],
      }),
    );
    const filtered = sql.query(
      sql.select({
        select: [sql.output(sql.column('t', 'r'), 'r')],
        from: sql.parquet([path]),
        alias: 't',
        where: sql.isNotNull(sql.column('t', 'n')),
      }),
    );
    const hashes = new Map<string, Set<string>>();
    for (const threads of [1, 2, 4, 4]) {
      const engine = await open([join(folder, 'writable')], threads);
      const write = async (what: string, act: (target: string) => Promise<void>): Promise<void> => {
        const target = join(folder, 'writable', `${what}.parquet`);
        await act(target);
        hashes.set(what, (hashes.get(what) ?? new Set()).add(await sha256(target)));
      };
      await write('table', (target) => engine.writeTable(large, target));
      await write('grouped', async (target) => {
        await engine.writeQuery(grouped, target);
      });
      await write('filtered', async (target) => {
        await engine.writeQuery(filtered, target);
      });
      engine.close();
    }
    expect([...hashes.values()].map((set) => set.size)).toEqual([1, 1, 1]);
    const again = plainTable(
      await builder.query(allOf(sql.parquet([join(folder, 'writable', 'filtered.parquet')]), ['r'])),
    );
    expect(again.rows.slice(0, 4)).toEqual([[1n], [2n], [3n], [4n]]);
  });
});

describe('writing a table', () => {
  it('stops at a number that its type does not hold', async () => {
    const table = (value: bigint): Table => ({
      rows: 1,
      columns: [{ name: 'kr', type: 'decimal', decimals: 2, values: [value] }],
    });
    const path = join(folder, 'writable', 'limit.parquet');
    await builder.writeTable(table(10n ** 18n - 1n), path);
    await expect(builder.writeTable(table(10n ** 18n), path)).rejects.toThrow(
      '"kr" holds more than 18 digits',
    );
    await expect(builder.writeTable(table(-(10n ** 18n)), path)).rejects.toThrow(EngineError);
    expect(plainTable(await builder.query(allOf(sql.parquet([path]), ['kr']))).rows).toEqual([
      [10n ** 18n - 1n],
    ]);
  });

  it('gives one type to every file with the same decimals', async () => {
    const small = join(folder, 'writable', 'small.parquet');
    const large = join(folder, 'writable', 'wide.parquet');
    const table = (value: bigint): Table => ({
      rows: 1,
      columns: [{ name: 'x', type: 'decimal', decimals: 9, values: [value] }],
    });
    await builder.writeTable(table(1n), small);
    await builder.writeTable(table(10n ** 37n), large);
    expect(plainTable(await builder.query(allOf(sql.parquet([small, large]), ['x']))).rows).toEqual([
      [1n],
      [10n ** 37n],
    ]);
  });
});

describe('going through an answer', () => {
  it('gives all rows in their order, some at a time', async () => {
    const path = join(folder, 'readable', 'long.parquet');
    const values = Array.from({ length: 100_000 }, (_, row) => row);
    await builder.writeTable(
      { rows: values.length, columns: [{ name: 'n', type: 'integer', values }] },
      path,
    );
    const asked = sql.query(
      sql.select({
        select: [sql.output(sql.column('t', 'n'), 'n'), sql.output(sql.column('t', 'file_row_number'), 'at')],
        from: sql.numberedParquet(path),
        alias: 't',
        orderBy: [sql.ascending(sql.column('t', 'n'))],
      }),
    );
    const batches: number[] = [];
    const seen: bigint[] = [];
    for await (const table of reader.stream(asked)) {
      batches.push(table.numRows);
      for (const row of plainTable(table).rows) {
        expect(row[0]).toBe(row[1]);
        seen.push(row[0] as bigint);
      }
    }
    expect(batches.length).toBeGreaterThan(1);
    expect(seen.map(Number)).toEqual(values);
  });
});

describe('reading a file from outside', () => {
  it('says what its columns are, and how many rows it has', async () => {
    const path = join(folder, 'readable', 'foreign.parquet');
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `copy (
        select * from (values
          ('101', 5::integer, 1.5::double, 12.50::decimal(10, 2), date '2026-07-01', true, 'x'::blob),
          (null, null, null, null, null, null, null)
        ) as t ("Kommune nr", "Antal", "Årsværk", "Beløb", "Dato", "Aktiv", "order")
      ) to '${path}' (format parquet)`,
    );
    instance.closeSync();
    expect(await reader.describeParquet(path)).toEqual({
      rows: 2,
      columns: [
        { name: 'Kommune nr', held: 'text' },
        { name: 'Antal', held: 'integer' },
        { name: 'Årsværk', held: 'other' },
        { name: 'Beløb', held: 'decimal', digits: 10, decimals: 2 },
        { name: 'Dato', held: 'date' },
        { name: 'Aktiv', held: 'other' },
        { name: 'order', held: 'other' },
      ],
    });
  });

  it('refuses a file that is not Parquet', async () => {
    const path = join(folder, 'readable', 'not.parquet');
    await writeFile(path, 'kommune;antal\n101;5\n');
    await expect(reader.describeParquet(path)).rejects.toThrow(EngineError);
  });
});
