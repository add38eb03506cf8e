import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../src/catalog/types.ts';
import type { CellValue } from '../../src/engine/arrow.ts';
import { clickHouseDialect } from '../../src/engine/clickhouse/dialect.ts';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import { type ComparedCells, lowerDifference } from '../../src/sql/lowerDifference.ts';
import { printSql } from '../../src/sql/print.ts';
import { type Desk, openDesk, plainTable } from '../engine/support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.leave());

/** What a row says beside its keys: value, known, suppressed, not applicable. */
type Said = readonly [bigint | null, bigint, bigint, bigint];

interface Row {
  readonly period: string;
  readonly kommune: string;
  readonly said: Said;
}

const tableOf = (rows: readonly Row[]): Table => ({
  rows: rows.length,
  columns: [
    { name: 'period', type: 'text', values: rows.map(({ period }) => period) },
    { name: 'kommune', type: 'text', values: rows.map(({ kommune }) => kommune) },
    { name: 'antal', type: 'decimal', decimals: 1, values: rows.map(({ said }) => said[0]) },
    { name: 'antal_known', type: 'integer', values: rows.map(({ said }) => said[1]) },
    { name: 'antal_suppressed', type: 'integer', values: rows.map(({ said }) => said[2]) },
    { name: 'antal_not_applicable', type: 'integer', values: rows.map(({ said }) => said[3]) },
  ],
});

let files = 0;
async function written(rows: readonly Row[]): Promise<string> {
  files += 1;
  const path = join(desk.folder, `cells-${files}.parquet`);
  await desk.engine.writeTable(tableOf(rows), path);
  return path;
}

const compared = (before: readonly string[], after: readonly string[]): ComparedCells => ({
  before: { files: before, constants: {} },
  after: { files: after, constants: {} },
  keys: ['period', 'kommune'],
  states: [{ before: 'antal', after: 'antal' }],
});

const sorted = (rows: readonly (readonly CellValue[])[]): readonly string[] =>
  rows
    .map((row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
    .sort();

/** The same by going through rows one by one. */
function naive(before: readonly Row[], after: readonly Row[]): readonly (readonly CellValue[])[] {
  const keyOf = ({ period, kommune }: Row) => `${period} ${kommune}`;
  const [then, now] = [before, after].map((rows) => new Map(rows.map((row) => [keyOf(row), row.said])));
  const none = [null, null, null, null];
  return [...new Set([...before, ...after].map(keyOf))].flatMap((key) => {
    const [left, right] = [then?.get(key), now?.get(key)];
    if (left && right && left.every((value, at) => value === right[at])) return [];
    return [[...key.split(' '), ...(left ?? none), ...(right ?? none)]];
  });
}

const row: fc.Arbitrary<Row> = fc.record({
  period: fc.constantFrom('2026M01', '2026M02'),
  kommune: fc.constantFrom('101', '147', 'uoplyst', "L'æsø"),
  said: fc.tuple(
    fc.option(fc.bigInt({ min: -2n, max: 2n }), { nil: null }),
    fc.bigInt({ min: 0n, max: 1n }),
    fc.bigInt({ min: 0n, max: 1n }),
    fc.bigInt({ min: 0n, max: 1n }),
  ),
});
const rows = fc.uniqueArray(row, { maxLength: 8, selector: ({ period, kommune }) => period + kommune });

describe('lowerDifference', () => {
  it('finds what one by one is found to differ, nulls and missing rows among it', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, after) => {
        const statement = lowerDifference(compared([await written(before)], [await written(after)]));
        const found = plainTable(await desk.engine.query(statement)).rows;
        expect(sorted(found)).toEqual(sorted(naive(before, after)));
      }),
      { numRuns: 25 },
    );
  });

  it('gives all of a side whose other has no files, and a level that only one side writes', async () => {
    const one: Row = { period: '2026M01', kommune: '101', said: [5n, 1n, 0n, 0n] };
    const file = await written([one]);
    const alone = plainTable(await desk.engine.query(lowerDifference(compared([], [file]))));
    expect(alone.rows).toEqual([['2026M01', '101', null, null, null, null, 5n, 1n, 0n, 0n]]);
    const leveled = { ...compared([file], [file]), keys: ['period', 'kommune_level', 'kommune'] };
    const statement = lowerDifference({
      ...leveled,
      before: { files: [file], constants: { kommune_level: 'kommune' } },
      after: { files: [file], constants: { kommune_level: 'land' } },
    });
    expect(sorted(plainTable(await desk.engine.query(statement)).rows)).toEqual(
      sorted([
        ['2026M01', 'kommune', '101', 5n, 1n, 0n, 0n, null, null, null, null],
        ['2026M01', 'land', '101', null, null, null, null, 5n, 1n, 0n, 0n],
      ]),
    );
  });

  it('takes a measure that one side does not have where a row of it is', async () => {
    const file = await written([
      { period: '2026M01', kommune: '101', said: [5n, 1n, 0n, 0n] },
      { period: '2026M01', kommune: '147', said: [null, 0n, 0n, 0n] },
    ]);
    const statement = lowerDifference({
      ...compared([file], [file]),
      states: [{ before: null, after: 'antal' }],
    });
    expect(plainTable(await desk.engine.query(statement)).rows).toEqual([
      ['2026M01', '101', null, null, null, null, 5n, 1n, 0n, 0n],
    ]);
  });

  it('is one statement in each dialect', () => {
    const statement = lowerDifference(compared(['a.parquet'], ['b.parquet']));
    for (const dialect of [duckDbDialect, clickHouseDialect]) {
      const { text } = printSql(statement, dialect, { values: 'literals' });
      expect(text).toContain('full join (');
      expect(text).toContain('on before.period = after.period and before.kommune = after.kommune');
    }
  });
});
