import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptFile } from '../../src/catalog/objects.ts';
import { posixStore } from '../../src/catalog/posixStore.ts';
import type { CellTable, ObjectRef } from '../../src/catalog/types.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { verifyTotals } from '../../src/serve/verifyTotals.ts';
import { editionWith } from '../catalog/records.ts';
import { quietProcesses } from '../catalog/temporaryStore.ts';

let folder: string;
let engine: Engine;
let file: ObjectRef;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flis-totals-'));
  const options = { threads: 1, memoryLimit: '500MB', temporaryFolder: join(folder, 'temporary') };
  engine = await openDuckDb({ folders: [], writable: [folder], ...options });
  file = await store().withTemporary('.parquet', async (path) => {
    const decimal = (name: string, values: (bigint | null)[]) =>
      ({ name, type: 'decimal', decimals: 2, values }) as const;
    await engine.writeTable(
      { rows: 2, columns: [decimal('udgift', [-1250n, 1n]), decimal('ingen', [null, null])] },
      path,
    );
    return adoptFile(store(), path);
  });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const store = () => posixStore(folder, 'cubes/published', quietProcesses);

/** What is said of a file whose manifest gives these totals. */
async function said(totals: Readonly<Record<string, string>>, rows = 2): Promise<string[]> {
  const state = (name: string) => ({ state: name, aggregate: 'sum', decimals: 2 });
  const table: CellTable = {
    source: 'oekonomi.posteringer',
    made: '',
    dimensions: [],
    levelColumns: [],
    periods: ['2026M07'],
    states: [state('udgift'), state('ingen')],
    parts: [{ partition: '2026M07', rows, file, totals }],
  };
  const stores = { editionStore: store() };
  const found = await verifyTotals(editionWith({ tables: [table] }), stores, async () => engine, new Set());
  expect(found.map(({ code }) => code)).toEqual(found.map(() => 'totals-differ'));
  return found.map(({ message }) => message);
}

describe('control totals', () => {
  it('are what the file adds up to, and 0 of a state that has no value', async () => {
    expect(await said({ udgift: '-12.49', ingen: '0.00' })).toEqual([]);
  });

  it('that are others are told of by table, part and state', async () => {
    const of = (what: string) =>
      `In 2026M07-1-3fa9c1d2 the cells of oekonomi.posteringer in 2026M07 do not add up to the control total of ${what}.`;
    expect(await said({ udgift: '12.49', ingen: '0.00' })).toEqual([of('udgift')]);
    expect(await said({ udgift: '-12.49', ingen: '1.00' }, 3)).toEqual([of('the rows, ingen')]);
  });
});
