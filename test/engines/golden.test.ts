import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normaliseTable } from '../../src/engine/clickhouse/arrow.ts';
import { type ChdbSession, openClickHouse } from '../../src/engine/clickhouse/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { plainTable } from '../engine/support.ts';
import { goldenCases } from '../golden/cases.ts';
import { type GoldenDesk, openGoldenDesk } from '../golden/desk.ts';
import { loadChdb } from './chdb.ts';

const cases = goldenCases();

/** ClickHouse lives once in a process, so whoever runs text by hand is done before the engine opens. */
describe('golden texts, run by hand on ClickHouse over the files that DuckDB wrote', () => {
  let desk: GoldenDesk;
  let session: ChdbSession;
  beforeAll(async () => {
    desk = await openGoldenDesk();
    const chdb = await loadChdb();
    session = new chdb.Session();
  });
  afterAll(async () => {
    session.close();
    await desk.leave();
  });
  const run = async (text: string) => {
    const settings = `${text}, output_format_arrow_compression_method = 'none'`;
    const result = await session.queryBindAsync(settings, {}, { format: 'ArrowStream' });
    return plainTable(normaliseTable(tableFromIPC(result.bytes())));
  };

  for (const { name, request, read } of cases) {
    it(`give the components that DuckDB gives: ${name}`, async () => {
      const { statements } = await desk.prepare(request);
      const texts = await desk.statements(request, read('clickhouse.sql'));
      expect(texts).toHaveLength(statements.length);
      const duckDb = await desk.published.engine();
      for (const [at, statement] of statements.entries()) {
        expect(await run(texts[at] ?? '')).toEqual(plainTable(await duckDb.query(statement)));
      }
    });
  }
});

describe('golden questions, answered by way of ClickHouse', () => {
  let desk: GoldenDesk;
  let engine: Engine;
  beforeAll(async () => {
    desk = await openGoldenDesk();
    engine = openClickHouse(await loadChdb(), { threads: 2 });
  });
  afterAll(async () => {
    engine.close();
    await desk.leave();
  });

  for (const { name, request, read } of cases) {
    it(`have the answer that DuckDB has: ${name}`, async () => {
      expect(await desk.answer(request, engine)).toBe(read('answer.csv'));
    });
  }
});
