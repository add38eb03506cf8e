import { type DuckDBConnection, DuckDBDecimalValue, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreparedQuery } from '../../src/serve/ask.ts';
import { plainTable } from '../engine/support.ts';
import { type GoldenFile, goldenCases } from './cases.ts';
import { type GoldenDesk, openGoldenDesk } from './desk.ts';

/** `UPDATE_GOLDEN=1 npx vitest run test/golden` writes what is new; read it before it is kept. */
const update = process.env.UPDATE_GOLDEN === '1';

const cases = goldenCases();

describe('golden cases', () => {
  let desk: GoldenDesk;
  let byHand: DuckDBConnection;
  beforeAll(async () => {
    desk = await openGoldenDesk();
    byHand = await (await DuckDBInstance.create(':memory:')).connect();
  });
  afterAll(() => {
    byHand.closeSync();
    return desk.leave();
  });

  describe.each(cases)('$name', ({ request, read, write }) => {
    let prepared: PreparedQuery;
    beforeAll(async () => {
      prepared = await desk.prepare(request);
    });
    const same = (file: GoldenFile, text: string) => {
      if (update) write(file, text);
      expect(text).toBe(read(file));
    };

    it('is planned so', () => same('plan.txt', desk.plan(prepared)));
    it('is written so for DuckDB', async () =>
      same('duckdb.sql', await desk.sql(request, prepared, 'duckdb')));
    it('is written so for ClickHouse', async () =>
      same('clickhouse.sql', await desk.sql(request, prepared, 'clickhouse')));
    it('is answered so', async () => same('answer.csv', await desk.answer(request)));

    it('gives the same components when its text is run by hand', async () => {
      const texts = await desk.statements(request, read('duckdb.sql'));
      expect(texts).toHaveLength(prepared.statements.length);
      const engine = await desk.published.engine();
      for (const [at, text] of texts.entries()) {
        const statement = prepared.statements[at];
        if (!statement) throw new Error('a text has its statement');
        const { columns, rows } = plainTable(await engine.query(statement));
        expect(await runByHand(byHand, text)).toEqual({ columns: columns.map(([name]) => name), rows });
      }
    });
  });
});

/** Straight through the client, with none of our code between. */
async function runByHand(connection: DuckDBConnection, sql: string) {
  const reader = await connection.runAndReadAll(sql);
  const rows = reader
    .getRows()
    .map((row) => row.map((value) => (value instanceof DuckDBDecimalValue ? value.value : value)));
  return { columns: reader.columnNames(), rows };
}
