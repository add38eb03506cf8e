import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuildContext, buildCube, type CubeVersion } from '../../src/build/buildCube.ts';
import { inputsOf } from '../../src/build/inputs.ts';
import { adoptFile, objectPath } from '../../src/catalog/objects.ts';
import { posixStore } from '../../src/catalog/posixStore.ts';
import type { EditionManifest, Snapshot } from '../../src/catalog/types.ts';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import { editionWith, snapshotWith } from '../catalog/records.ts';
import { quietProcesses } from '../catalog/temporaryStore.ts';
import { cubeOf } from '../plan/support.ts';
import { miniWorkspace, modelOf, withChange } from '../support/definitions.ts';

let folder: string;
let context: BuildContext;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flis-build-'));
  const [snapshots, editions] = [join(folder, 'snapshots'), join(folder, 'editions')];
  const engine = await openDuckDb({
    folders: [],
    writable: [folder],
    temporaryFolder: join(folder, 'temporary'),
    threads: 2,
    memoryLimit: '500MB',
  });
  context = {
    engine,
    snapshotStore: posixStore(snapshots, 'data/snapshots', quietProcesses),
    editionStore: posixStore(editions, 'cubes/published', quietProcesses),
    verified: new Set(),
    builder: '1',
  };
});
afterAll(() => {
  context.engine.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly [kommune: string, month: string, value: bigint];

/** A snapshot of unemployment with these rows, lying in the store as supply leaves it. */
async function delivered(number: number, rows: readonly Row[]): Promise<Snapshot> {
  const text = (name: string, values: string[]) => ({ name, type: 'text', values }) as const;
  const file = await context.snapshotStore.withTemporary('.parquet', async (path) => {
    const columns = [
      text(
        'kommune',
        rows.map(([kommune]) => kommune),
      ),
      text(
        'kommune_level',
        rows.map(() => 'kommune'),
      ),
      text(
        'maaned',
        rows.map(([, month]) => month),
      ),
      text(
        'koen',
        rows.map(() => '1'),
      ),
      text(
        'ydelse',
        rows.map(() => 'dagpenge'),
      ),
      {
        name: 'fuldtidspersoner',
        type: 'decimal',
        decimals: 1,
        values: rows.map(([, , value]) => value),
      } as const,
      { name: 'fuldtidspersoner_status', type: 'text', values: rows.map(() => null) } as const,
      { name: '_row', type: 'integer', values: rows.map((_, row) => row + 2) } as const,
    ];
    await context.engine.writeTable({ rows: rows.length, columns }, path);
    return adoptFile(context.snapshotStore, path);
  });
  const periods = [...new Set(rows.map(([, period]) => period))].map((period) => ({ period, rows: 1 }));
  return snapshotWith({
    number,
    receipt: number,
    received: `2026-08-0${number}T00:00:00.000Z`,
    periods,
    file,
  });
}

async function build(
  snapshot: Snapshot,
  before: CubeVersion | null = null,
  files: readonly DefinitionFile[] = miniWorkspace,
  more: Partial<BuildContext> = {},
): Promise<CubeVersion> {
  const model = modelOf(files);
  const cube = cubeOf(model);
  const snapshots = new Map([[snapshot.source, [snapshot]]]);
  const manifest: EditionManifest | null = before && editionWith(before);
  const { value, diagnostics } = await buildCube(
    model,
    cube,
    inputsOf(model, cube, snapshots),
    snapshots,
    manifest,
    { ...context, ...more },
  );
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

const rows: readonly Row[] = [
  ['101', '2025M12', 10n],
  ['751', '2025M12', 20n],
  ['101', '2026M01', 11n],
  ['751', '2026M01', 21n],
];

describe('a cube version', () => {
  it('is the same bytes for the same inputs, built again or in another order of rows', async () => {
    const first = await build(await delivered(1, rows));
    expect(await build(await delivered(1, rows))).toEqual(first);
    const turned = await build(await delivered(1, [...rows].reverse()));
    const files = ({ tables }: CubeVersion) => tables.map(({ parts }) => parts.map(({ file }) => file));
    expect(files(turned)).toEqual(files(first));
  });

  it('is a file for each month, and a revision of one month leaves the other as it is', async () => {
    const before = await build(await delivered(1, rows));
    const after = await build(await delivered(2, [...rows.slice(0, 3), ['751', '2026M01', 22n]]), before);
    const files = (version: CubeVersion) =>
      version.tables[0]?.parts.map(({ partition, file }) => [partition, file.sha256]) ?? [];
    expect(files(before).map(([month]) => month)).toEqual(['2025M12', '2026M01']);
    expect(files(after)[0]).toEqual(files(before)[0]);
    expect(files(after)[1]).not.toEqual(files(before)[1]);
  });

  it('names what it holds: periods, rows, columns and states', async () => {
    const { tables } = await build(await delivered(1, rows));
    expect(tables).toMatchObject([
      {
        source: 'star.ledighed',
        dimensions: ['kommune', 'koen'],
        levelColumns: ['kommune'],
        periods: ['2025M12', '2026M01'],
        states: [{ state: 'ledige', aggregate: 'sum', decimals: 1 }],
        parts: [
          { partition: '2025M12', rows: 2, totals: { ledige: '3.0' } },
          { partition: '2026M01', rows: 2, totals: { ledige: '3.2' } },
        ],
      },
    ]);
  });

  it('takes a table over as it is where nothing that makes it has changed', async () => {
    const before = await build(await delivered(1, rows));
    const marked = {
      ...before,
      tables: before.tables.map((table) => ({
        ...table,
        parts: table.parts.map((part) => ({ ...part, rows: 4711 })),
      })),
    };
    expect((await build(await delivered(1, rows), marked)).tables).toEqual(marked.tables);
    const revised = await build(await delivered(2, [...rows, ['851', '2026M01', 1n]]), marked);
    expect(revised.tables[0]?.parts.map(({ rows: count }) => count)).toEqual([2, 3]);
    const byAnother = await build(await delivered(1, rows), marked, miniWorkspace, { builder: '2' });
    expect(byAnother.tables[0]?.parts.map(({ rows: count }) => count)).toEqual([2, 2]);
  });

  it('is another where a definition means something else, and the same where it is only written otherwise', async () => {
    const file = 'kpi-definitions/beskaeftigelse/ledige.yaml';
    const snapshot = await delivered(1, rows);
    const before = await build(snapshot);
    const reworded = await build(
      snapshot,
      null,
      withChange(file, 'formula: ledige', '# The measure of the same name.\n\nformula: ledige'),
    );
    expect(reworded).toEqual(before);
    const shown = await build(snapshot, null, withChange(file, 'decimals: 0', 'decimals: 1'));
    expect(shown.model).not.toEqual(before.model);
    expect(shown.tables).toEqual(before.tables);
    const filtered = await build(
      snapshot,
      null,
      withChange(file, 'over_time: mean', 'over_time: mean\n    where: koen == "2"'),
    );
    expect(filtered.tables.map(({ made }) => made)).not.toEqual(before.tables.map(({ made }) => made));
  });

  it('is refused where a snapshot is not what its name says', async () => {
    const snapshot = await delivered(1, [...rows, ['411', '2026M01', 7n]]);
    await context.snapshotStore.replace(objectPath(snapshot.file), new TextEncoder().encode('damaged'));
    const model = modelOf();
    const cube = cubeOf(model);
    const snapshots = new Map([[snapshot.source, [snapshot]]]);
    const { value, diagnostics } = await buildCube(
      model,
      cube,
      inputsOf(model, cube, snapshots),
      snapshots,
      null,
      { ...context, verified: new Set() },
    );
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['object-damaged']);
  });
});
