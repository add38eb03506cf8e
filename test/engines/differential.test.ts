import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClickHouse } from '../../src/engine/clickhouse/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { cases, type Files } from '../engine/cases.ts';
import { type Desk, openDesk, plainTable, writeFiles } from '../engine/support.ts';
import { loadChdb } from './chdb.ts';

describe('DuckDB and ClickHouse over the same files', () => {
  let desk: Desk;
  let clickHouse: Engine;
  let files: Files;
  beforeAll(async () => {
    desk = await openDesk();
    files = await writeFiles(desk);
    clickHouse = openClickHouse(await loadChdb(), { threads: 2 });
  });
  afterAll(async () => {
    clickHouse.close();
    await desk.leave();
  });

  it('name their versions', () => {
    expect(clickHouse.version).toMatch(/^clickhouse \d+\.\d+\.\d+\.\d+ \(chdb \d+\.\d+\.\d+\)$/);
  });

  for (const item of cases) {
    it(`give the same table: ${item.name}`, async () => {
      const theirs = plainTable(await clickHouse.query(item.query(files)));
      const ours = plainTable(await desk.engine.query(item.query(files)));
      expect(theirs).toEqual(ours);
      expect(theirs).toEqual({ columns: item.columns, rows: item.rows });
    });
  }
});
