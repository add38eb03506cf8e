import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEditions } from '../../src/catalog/editions.ts';
import { objectPath } from '../../src/catalog/objects.ts';
import { type FileCalls, type Processes, posixStore } from '../../src/catalog/posixStore.ts';
import { readReceipts } from '../../src/catalog/receipts.ts';
import { readSnapshots } from '../../src/catalog/snapshots.ts';
import type { EditionManifest, ObjectRef, Snapshot } from '../../src/catalog/types.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import { editions, ingest, loadModel, publish, query, synthesize, verify } from '../../src/pipeline.ts';
import { type PublishContext, publishCube } from '../../src/publish/publishCube.ts';
import { verifyFiles } from '../../src/serve/verify.ts';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { testSigning } from '../support/signing.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

const everything = { cubes: [], period: null, dryRun: false };
const processes: Processes = {
  own: process.pid,
  isAlive: (id: number) => id === process.pid,
  now: () => new Date(),
};

async function currentOf(root: string, cube: string): Promise<EditionManifest> {
  const all = (await editions(outsideOf(root), cube)).value ?? [];
  const last = all.at(-1);
  if (!last) throw new Error(`${cube} has an edition`);
  return last;
}

/** What is approved must not be edited; here it is as if nothing had been. */
function leaveApprovals(root: string): void {
  rmSync(join(root, 'kpi-definitions', 'approved'), { recursive: true });
}

describe('publish', () => {
  it('gives each cube an edition from the bundled deliveries, and waits for what has not come', async () => {
    const root = bundledWorkspace();
    const report = (await publish(outsideOf(root), everything)).value;
    const published = report?.cubes.filter(({ outcome }) => outcome === 'published') ?? [];
    expect(published.map(({ cube, editions: made }) => [cube, made.length])).toEqual([
      ['befolkning', 1],
      ['indikatorer', 1],
      ['regnskab', 1],
    ]);
    const others = report?.cubes.filter((each) => !published.includes(each)) ?? [];
    expect(others.map(({ outcome, editions: made }) => [outcome, made.length])).toEqual(
      others.map(() => ['waiting', 0]),
    );
    expect(report?.cubes.find(({ cube }) => cube === 'beskaeftigelse')?.waitingFor).toEqual([
      'star.ledighed',
    ]);
  });

  it('changes nothing when nothing has changed, whatever the clock says', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), everything);
    const before = await currentOf(root, 'befolkning');
    const again = await publish(outsideOf(root, '2038-01-19T03:14:08Z'), everything);
    const outcomes = again.value?.cubes.map(({ outcome }) => outcome) ?? [];
    expect(outcomes.filter((outcome) => outcome !== 'waiting')).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    expect(again.value?.receipts).toEqual([]);
    expect(await currentOf(root, 'befolkning')).toEqual(before);
  });

  it('makes an edition when a definition changes, and none when a comment does', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), everything);
    const file = join(root, 'kpi-definitions', 'befolkning', 'folketal.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# a comment changes no figure\n`);
    const commented = await publish(outsideOf(root), everything);
    expect(commented.value?.cubes.find(({ cube }) => cube === 'befolkning')?.outcome).toBe('unchanged');
    leaveApprovals(root);
    writeFileSync(file, readFileSync(file, 'utf8').replace('decimals: 0', 'decimals: 1'));
    const changed = await publish(outsideOf(root), everything);
    expect(changed.value?.cubes.find(({ cube }) => cube === 'befolkning')?.outcome).toBe('published');
    expect((await currentOf(root, 'befolkning')).number).toBe(2);
  });

  it('dates an edition after the one before it even where the clock has gone back', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root, '2026-11-23T12:00:00Z'), everything);
    const file = join(root, 'kpi-definitions', 'befolkning', 'folketal.yaml');
    leaveApprovals(root);
    writeFileSync(file, readFileSync(file, 'utf8').replace('decimals: 0', 'decimals: 1'));
    await publish(outsideOf(root, '2001-01-01T00:00:00Z'), everything);
    expect((await currentOf(root, 'befolkning')).publishedAt).toBe('2026-11-23T12:00:00.001Z');
  });

  it('does all of it in a copy when it is only tried', async () => {
    const root = bundledWorkspace();
    const tried = await publish(outsideOf(root), { ...everything, dryRun: true });
    expect(tried.value?.cubes.filter(({ outcome }) => outcome === 'published')).toHaveLength(3);
    expect((await editions(outsideOf(root), null)).value).toEqual([]);
  });

  it('publishes what an earlier run took but did not come to publish, before anything newer', async () => {
    const root = bundledWorkspace();
    const to = join(root, 'data', 'deliveries');
    await publish(outsideOf(root), everything);
    const made = (await synthesize(outsideOf(root), { like: 'star', releases: 2, to, seed: 1 })).value ?? [];
    const [first] = made;
    await ingest(outsideOf(root), [first?.file ?? ''], { source: null, received: first?.received ?? null });
    await publish(outsideOf(root), everything);
    const periods = (await editions(outsideOf(root), 'beskaeftigelse')).value?.map(({ period }) => period);
    expect(periods).toEqual(['2026M06', '2026M07']);
  });

  it('makes one edition of what came at one moment, and of all that waits when told so', async () => {
    const numbersOf = async (root: string, together: boolean) => {
      const to = join(root, 'data', 'deliveries');
      await synthesize(outsideOf(root), { like: 'star', releases: 3, to, seed: 1 });
      if (!together)
        for (const file of readdirSync(to).filter((name) => /star.*receipt/.test(name)))
          writeFileSync(join(to, file), 'received: "2026-08-19T05:00:00Z"\nsender: STAR\n');
      await publish(outsideOf(root), { ...everything, together });
      const found = (await editions(outsideOf(root), 'beskaeftigelse')).value ?? [];
      return found.map(({ number, period }) => `${number} ${period}`);
    };
    expect(await numbersOf(bundledWorkspace(), true)).toEqual(['1 2026M07']);
    expect(await numbersOf(bundledWorkspace(), false)).toEqual(['1 2026M07']);
  });

  it('waits where another period than the one named has come', async () => {
    const root = bundledWorkspace();
    const report = await publish(outsideOf(root), { cubes: ['befolkning'], period: '2027', dryRun: false });
    expect(report.value?.cubes).toMatchObject([{ outcome: 'waiting', waitingFor: ['dst.folketal 2027'] }]);
  });

  it('gives six publishers at once one edition between them', async () => {
    const root = bundledWorkspace();
    await Promise.all(Array.from({ length: 6 }, () => publish(outsideOf(root), everything)));
    for (const cube of ['befolkning', 'indikatorer', 'regnskab']) {
      const numbers = (await editions(outsideOf(root), cube)).value?.map(({ number }) => number);
      expect(numbers).toEqual([1]);
    }
  });

  it('gives the same files again from the inputs', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), everything);
    const verified = await verify(outsideOf(root), { cube: null, edition: null, rebuild: true });
    expect(verified.value?.map(({ rebuilt }) => rebuilt)).toEqual(['same', 'same', 'same']);
  });
});

describe('a damaged file', () => {
  it('is refused on read, with its name, whichever object of an edition it is', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), everything);
    const { model, dimensions, tables } = await currentOf(root, 'befolkning');
    const kommune = dimensions.filter(({ dimension }) => dimension === 'kommune').map(({ file }) => file);
    const objects: ObjectRef[] = [
      model,
      ...kommune,
      ...tables.flatMap(({ parts }) => parts.map(({ file }) => file)),
    ];
    for (const ref of objects) {
      const path = join(root, 'cubes', 'published', objectPath(ref));
      const sound = readFileSync(path);
      const damaged = Uint8Array.from(sound);
      damaged[sound.length >> 1] = (damaged[sound.length >> 1] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      const asked = await query(
        outsideOf(root),
        { cube: 'befolkning', kpis: ['folketal'], by: ['region'] },
        null,
      );
      expect(asked.value).toBeUndefined();
      expect(asked.diagnostics.map(({ code, message }) => [code, message.includes(objectPath(ref))])).toEqual(
        [['object-damaged', true]],
      );
      writeFileSync(path, sound);
    }
    const healed = await query(
      outsideOf(root),
      { cube: 'befolkning', kpis: ['folketal'], by: ['region'] },
      null,
    );
    expect(healed.diagnostics).toEqual([]);
  });

  it('in a snapshot stops an edition from being built of it', async () => {
    const root = bundledWorkspace({ deliveries: false });
    const file = join(import.meta.dirname, '..', '..', 'data', 'deliveries', 'folketal_2026_kommune.csv');
    const receipts = (await ingest(outsideOf(root), [file], { source: null, received: null })).value ?? [];
    expect(receipts.map(({ verdict }) => verdict)).toEqual(['accepted']);
    const snapshot = JSON.parse(
      readFileSync(join(root, 'data', 'snapshots', 'dst.folketal', '1.json'), 'utf8'),
    ) as Snapshot;
    const path = join(root, 'data', 'snapshots', objectPath(snapshot.file));
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 4;
    writeFileSync(path, bytes);
    const outcome = await publish(outsideOf(root), { cubes: ['befolkning'], period: null, dryRun: false });
    expect(outcome.diagnostics.map(({ code }) => code)).toContain('object-damaged');
    expect((await editions(outsideOf(root), 'befolkning')).value).toEqual([]);
  });
});

/** File calls of which the n-th fails, and all after it: the process is as good as dead. */
function dyingFiles(at: number): { readonly files: FileCalls; readonly calls: () => number } {
  let calls = 0;
  const dying =
    <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) =>
    (...given: Arguments): Result => {
      calls += 1;
      if (calls >= at) throw Object.assign(new Error('killed'), { code: 'EIO' });
      return call(...given);
    };
  const { open, link, rename, unlink, mkdir, readdir, readFile, stat } = nodeFiles;
  const real = { open, link, rename, unlink, mkdir, readdir, readFile, stat };
  const files = Object.fromEntries(
    Object.entries(real).map(([name, call]) => [name, dying(call as (...given: unknown[]) => unknown)]),
  );
  return { files: files as unknown as FileCalls, calls: () => calls };
}

describe('a publisher that dies', () => {
  it('at any file call leaves no visible half edition, and the next one does the work', async () => {
    const root = bundledWorkspace();
    const file = join(root, 'data', 'deliveries', 'folketal_2026_kommune.csv');
    await ingest(outsideOf(root), [file], { source: null, received: null });
    const workspace = openWorkspace(root, processes);
    const model = (await loadModel(workspace)).value;
    const cube = model?.cubes.befolkning;
    if (!model || !cube) throw new Error('the bundled definitions are sound');
    const receipts = (await readReceipts(workspace.snapshotStore)).value ?? [];
    const snapshots = new Map<string, readonly Snapshot[]>();
    for (const source of cube.sources)
      snapshots.set(source, (await readSnapshots(workspace.snapshotStore, source, receipts)).value ?? []);

    const signing = testSigning();
    let kills = 0;
    for (let at = 1; ; at += 1) {
      const published = join(root, `published-${at}`);
      await nodeFiles.mkdir(published);
      const engine = await openDuckDb({
        folders: [join(root, 'data', 'snapshots')],
        writable: [published],
        temporaryFolder: join(root, 'tmp'),
        threads: 1,
        memoryLimit: '500MB',
      });
      const contextWith = (files?: FileCalls): PublishContext => ({
        engine,
        snapshotStore: workspace.snapshotStore,
        editionStore: posixStore(published, 'cubes/published', processes, files),
        verified: new Set(),
        builder: 'test',
        now: () => new Date(),
        ...signing,
        period: null,
        reconcile: async () => ({ value: [], diagnostics: [] }),
      });
      const { files, calls } = dyingFiles(at);
      const died = await publishCube(model, cube, snapshots, contextWith(files)).then(
        () => false,
        () => true,
      );
      const healthy = contextWith();
      const seen = await readEditions(healthy.editionStore, 'befolkning', signing.trust);
      expect(seen.diagnostics).toEqual([]);
      for (const manifest of seen.value ?? []) {
        expect(
          (
            await verifyFiles(manifest, {
              ...workspace,
              editionStore: healthy.editionStore,
              verified: new Set(),
            })
          ).value.problems,
        ).toEqual([]);
      }
      const next = await publishCube(model, cube, snapshots, healthy);
      expect(next.value?.kind).toBe((seen.value?.length ?? 0) > 0 ? 'unchanged' : 'published');
      expect(
        (await readEditions(healthy.editionStore, 'befolkning', signing.trust)).value?.map(
          ({ number }) => number,
        ),
      ).toEqual([1]);
      engine.close();
      if (!died && calls() < at) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(20);
    await workspace.close();
  });
});
