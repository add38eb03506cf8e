import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normaliseTable } from '../../src/engine/clickhouse/arrow.ts';
import { clickHouseDialect } from '../../src/engine/clickhouse/dialect.ts';
import type { ChdbSession } from '../../src/engine/clickhouse/driver.ts';
import * as sql from '../../src/sql/make.ts';
import { printSql } from '../../src/sql/print.ts';
import { cases, type Files } from '../engine/cases.ts';
import { type Desk, openDesk, plainTable, writeFiles } from '../engine/support.ts';
import { loadChdb } from './chdb.ts';

describe('literals, run by hand on ClickHouse', () => {
  let desk: Desk;
  let files: Files;
  let session: ChdbSession;
  const ask = async (text: string) => {
    const options = { format: 'ArrowStream' };
    const settings = `${text}, output_format_arrow_compression_method = 'none'`;
    return plainTable(
      normaliseTable(tableFromIPC((await session.queryBindAsync(settings, {}, options)).bytes())),
    );
  };
  beforeAll(async () => {
    desk = await openDesk();
    files = await writeFiles(desk);
    const chdb = await loadChdb();
    session = new chdb.Session();
  });
  afterAll(async () => {
    session.close();
    await desk.leave();
  });

  for (const item of cases) {
    it(`give the answer that parameters give: ${item.name}`, async () => {
      const { text } = printSql(item.query(files), clickHouseDialect, { values: 'literals' });
      expect(await ask(text)).toEqual({ columns: item.columns, rows: item.rows });
    });
  }

  it('bring every hostile text and name back unchanged', async () => {
    for (const bad of [
      "'",
      '"',
      '`',
      '\\',
      "\\'",
      "'; select 1; --",
      '/*',
      '--',
      '{p1:String}',
      '\n',
      '\t\r',
      'æ🦆',
    ]) {
      const tree = sql.query(
        sql.select({
          select: [sql.output(sql.column(bad, bad), bad), sql.output(sql.text(bad), 'text')],
          from: sql.values([{ name: bad, type: sql.textType }], [[sql.text(bad)]]),
          alias: bad,
        }),
      );
      const table = await ask(printSql(tree, clickHouseDialect, { values: 'literals' }).text);
      expect(table.rows).toEqual([[bad, bad]]);
      expect(table.columns[0]?.[0]).toBe(bad);
    }
  });
});
