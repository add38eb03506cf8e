import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printSql } from '../../src/sql/print.ts';
import { cases, type Files } from './cases.ts';
import { type Desk, openDesk, plainTable, writeFiles } from './support.ts';

describe('every kind of node on DuckDB', () => {
  let desk: Desk;
  let files: Files;
  beforeAll(async () => {
    desk = await openDesk();
    files = await writeFiles(desk);
  });
  afterAll(() => desk.leave());

  for (const item of cases) {
    it(item.name, async () => {
      const { columns, rows } = plainTable(await desk.engine.query(item.query(files)));
      expect(columns).toEqual(item.columns);
      expect(rows).toEqual(item.rows);
    });

    it(`${item.name}: printing twice gives one text`, () => {
      for (const values of ['parameters', 'literals'] as const) {
        const first = printSql(item.query(files), desk.engine.dialect, { values });
        expect(printSql(item.query(files), desk.engine.dialect, { values })).toEqual(first);
      }
    });
  }
});
