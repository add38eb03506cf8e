import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLease } from '../../src/catalog/leases.ts';
import { objectPath, putObject } from '../../src/catalog/objects.ts';
import type { EditionManifest } from '../../src/catalog/types.ts';
import { editions, fsck, gc, publish, verify } from '../../src/pipeline.ts';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { bytesOf } from '../catalog/temporaryStore.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

const everything = { cubes: ['befolkning'], period: null, dryRun: false };
const month = 30;

function workspaceOf(root: string) {
  const { process, now } = outsideOf(root);
  return openWorkspace(root, { own: process.id, isAlive: process.isAlive, now });
}

const storePath = (root: string, path: string) => join(root, 'cubes', 'published', path);

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 16;
  writeFileSync(path, bytes);
}

async function newestOf(root: string): Promise<EditionManifest> {
  const last = ((await editions(outsideOf(root), 'befolkning')).value ?? []).at(-1);
  if (!last) throw new Error('there is an edition');
  return last;
}

describe('fsck', () => {
  let root: string;
  beforeAll(async () => {
    root = bundledWorkspace({ keep: true });
    await publish(outsideOf(root), everything);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('finds nothing in stores that are sound', async () => {
    const { value, diagnostics } = await fsck(outsideOf(root), { repair: false });
    expect(diagnostics).toEqual([]);
    expect(value?.stores.map(({ store, leftovers }) => [store, leftovers])).toEqual([
      ['data/snapshots', []],
      ['cubes/published', []],
    ]);
    expect(value?.stores.every(({ objects, bytes }) => objects > 0 && bytes > 0)).toBe(true);
  });

  it('names what nobody needs, and changes nothing of it', async () => {
    const workspace = workspaceOf(root);
    const { sha256 } = await putObject(workspace.editionStore, bytesOf('left by a killed publisher'));
    writeFileSync(storePath(root, '.tmp/999999-1'), 'half');
    writeFileSync(storePath(root, 'objects/ab-notes.txt'), 'mine');
    const { value, diagnostics } = await fsck(outsideOf(root), { repair: false });
    expect(diagnostics).toEqual([]);
    expect(value?.stores[1]?.leftovers).toEqual([
      { path: objectPath({ sha256 }), kind: 'unneeded' },
      { path: 'objects/ab-notes.txt', kind: 'stranger' },
      { path: '.tmp/999999-1', kind: 'temporary' },
    ]);
    const repaired = await fsck(outsideOf(root), { repair: true });
    expect(repaired.value?.repaired).toEqual(['cubes/published: swept 1 that killed runs had left']);
    expect(repaired.value?.stores[1]?.leftovers.map(({ kind }) => kind)).toEqual(['unneeded', 'stranger']);
    rmSync(storePath(root, 'objects/ab-notes.txt'));
    rmSync(storePath(root, objectPath({ sha256 })));
  });

  it('puts a damaged file aside, and makes it and a lost one again from the inputs', async () => {
    const { tables, dimensions } = await newestOf(root);
    const cells = tables[0]?.parts[0]?.file;
    const structure = dimensions[0]?.file;
    if (!cells || !structure) throw new Error('an edition has cells and structures');
    const sound = readFileSync(storePath(root, objectPath(cells)));
    flip(storePath(root, objectPath(cells)));
    rmSync(storePath(root, objectPath(structure)));

    const found = await fsck(outsideOf(root), { repair: false });
    expect(found.diagnostics.map(({ code }) => code).sort()).toEqual(['object-damaged', 'object-missing']);
    expect(existsSync(storePath(root, `${objectPath(cells)}.damaged`))).toBe(false);

    const repaired = await fsck(outsideOf(root), { repair: true });
    expect(repaired.diagnostics).toEqual([]);
    expect(repaired.value?.repaired.map((line) => line.replace(/\b[0-9a-f]{64}\b/, 'HASH'))).toEqual([
      `cubes/published/objects/${cells.sha256.slice(0, 2)}/HASH: put aside as .damaged`,
      expect.stringMatching(/^befolkning .*: made again from its inputs, byte for byte$/),
    ]);
    expect(readFileSync(storePath(root, objectPath(cells))).equals(sound)).toBe(true);
    expect(
      (await verify(outsideOf(root), { cube: null, edition: null, rebuild: false })).diagnostics,
    ).toEqual([]);
  });

  it('names a manifest that is not what it was signed as, which only a backup brings back', async () => {
    const manifest = storePath(root, 'befolkning/editions/00000001.json');
    const sound = readFileSync(manifest);
    flip(manifest);
    const { diagnostics } = await fsck(outsideOf(root), { repair: true });
    expect(diagnostics.some(({ code }) => ['manifest-damaged', 'signature-invalid'].includes(code))).toBe(
      true,
    );
    writeFileSync(manifest, sound);
  });
});

describe('gc', () => {
  async function withOrphan(age: string) {
    const root = bundledWorkspace();
    await publish(outsideOf(root), everything);
    const workspace = workspaceOf(root);
    const orphan = await putObject(workspace.editionStore, bytesOf('left by a killed publisher'));
    const path = objectPath(orphan);
    // As old as all the rest, so that only need tells them apart.
    const folder = storePath(root, 'objects');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(folder, file), new Date(age), new Date(age));
    return { root, workspace, orphan, path };
  }

  it('removes what is old and not needed, and nothing else', async () => {
    const { root, path } = await withOrphan('2026-01-01');
    const tried = await gc(outsideOf(root), { days: month, dryRun: true });
    expect(tried.value?.map(({ removed }) => removed)).toEqual([[], [path]]);
    expect(existsSync(storePath(root, path))).toBe(true);
    const done = await gc(outsideOf(root), { days: month, dryRun: false });
    expect(done.value?.map(({ outcome, removed }) => [outcome, removed])).toEqual([
      ['collected', []],
      ['collected', [path]],
    ]);
    expect(existsSync(storePath(root, path))).toBe(false);
    expect((await fsck(outsideOf(root), { repair: false })).diagnostics).toEqual([]);
    const rebuilt = await verify(outsideOf(root), { cube: null, edition: null, rebuild: true });
    expect(rebuilt.value?.map((each) => each.rebuilt)).toEqual(['same']);
  });

  it('keeps what is younger than the retention, also where the clock has gone back', async () => {
    const { root } = await withOrphan('2026-11-20');
    const young = await gc(outsideOf(root), { days: month, dryRun: false });
    expect(young.value?.map(({ removed, kept }) => [removed, kept.young])).toEqual([
      [[], 0],
      [[], 1],
    ]);
    const back = await gc(outsideOf(root, '2001-01-01T00:00:00Z'), { days: 0, dryRun: false });
    expect(back.value?.map(({ removed }) => removed)).toEqual([[], []]);
  });

  it('keeps what a reader holds, until the reader is gone', async () => {
    const { root, workspace, orphan } = await withOrphan('2026-01-01');
    const objects = [orphan.sha256];
    await withLease(workspace.editionStore, workspace.holder, { purpose: 'read', objects }, async () => {
      const held = await gc(outsideOf(root), { days: month, dryRun: false });
      expect(held.value?.map(({ kept }) => kept.leased)).toEqual([0, 1]);
    });
    expect((await gc(outsideOf(root), { days: month, dryRun: false })).value?.[1]?.removed).toHaveLength(1);
  });

  it('removes nothing while somebody writes, and says who', async () => {
    const { root, workspace, path } = await withOrphan('2026-01-01');
    await workspace.startWriting();
    const { value, diagnostics } = await gc(outsideOf(root), { days: month, dryRun: false });
    await workspace.close();
    expect(value?.map(({ outcome }) => outcome)).toEqual(['busy', 'busy']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['store-busy', 'store-busy']);
    expect(diagnostics[0]?.message).toContain(`process ${process.pid}`);
    expect(existsSync(storePath(root, path))).toBe(true);
    expect((await gc(outsideOf(root), { days: month, dryRun: false })).value?.[1]?.removed).toEqual([path]);
  });

  it('removes nothing where a manifest cannot be read: it may need anything', async () => {
    const { root, path } = await withOrphan('2026-01-01');
    flip(storePath(root, 'befolkning/editions/00000001.json'));
    const { value, diagnostics } = await gc(outsideOf(root), { days: 0, dryRun: false });
    expect(value).toEqual([]);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(existsSync(storePath(root, path))).toBe(true);
  });
});
