import { type CheckedStore, checkStore } from '../catalog/checkStore.ts';
import { type Collection, collect } from '../catalog/collect.ts';
import { editionFiles, restrictedFiles } from '../catalog/editionFiles.ts';
import { publishedCubes, readEditions } from '../catalog/editions.ts';
import { readTrust } from '../catalog/keyFolder.ts';
import { keepsPeople } from '../catalog/peopleKey.ts';
import type { PosixStore } from '../catalog/posixStore.ts';
import { type Reach, reachOfEditions, reachOfRestricted, reachOfSnapshots } from '../catalog/reach.ts';
import { standingOf } from '../catalog/shelf.ts';
import type { TrustRoot } from '../catalog/trust.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { rebuild } from '../serve/verify.ts';
import type { Workspace } from '../serve/workspace.ts';
import { version } from '../version.ts';
import { shelfOf } from './opened.ts';
import { type Outcome, type Outside, snapshotsOf, withWorkspace } from './outside.ts';
import { keptSets } from './people.ts';

export interface FsckReport {
  readonly stores: readonly CheckedStore[];
  /** Sentences: what was done about it; none without `repair`. */
  readonly repaired: readonly string[];
}

/**
 * The stores looked through: manifests and their chains, every object against its name, what is missing and
 * what nobody needs. A repair sweeps leftovers, puts damaged objects aside, and makes the files of editions again
 * from their inputs; a manifest comes back from a backup only.
 */
export async function fsck(
  outside: Outside,
  options: { readonly repair: boolean },
): Promise<Outcome<FsckReport>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map<string, string>();
    const trust = await readTrust(workspace.keys);
    if (!trust.value) return { diagnostics: trust.diagnostics, texts };
    const found = await checkStores(workspace, trust.value, outside);
    if (!options.repair)
      return { value: { stores: found.stores, repaired: [] }, diagnostics: found.diagnostics, texts };
    const repaired = await repair(workspace, trust.value, found.stores, outside);
    const after = await checkStores(workspace, trust.value, outside);
    return { value: { stores: after.stores, repaired }, diagnostics: after.diagnostics, texts };
  });
}

async function checkStores(
  workspace: Workspace,
  trust: TrustRoot,
  outside: Outside,
): Promise<{ readonly stores: readonly CheckedStore[]; readonly diagnostics: readonly Diagnostic[] }> {
  const stores: CheckedStore[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { store, reach } of await reaches(workspace, trust)) {
    outside.progress({ text: `checking ${store.name}` });
    const reached = await reach();
    const checked = await checkStore(store, reached.value ?? [], workspace.holder);
    stores.push(checked);
    diagnostics.push(...reached.diagnostics, ...checked.diagnostics);
  }
  diagnostics.push(...(await standings(workspace)));
  return { stores, diagnostics: distinct(diagnostics) };
}

/** What is said and remembered of the newest editions, against what lies there. */
async function standings(workspace: Workspace): Promise<readonly Diagnostic[]> {
  const shelf = await shelfOf(workspace);
  if (!shelf.value) return shelf.diagnostics;
  const diagnostics: Diagnostic[] = [];
  for (const cube of await publishedCubes(workspace.editionStore)) {
    const { wrong, wrongRetractions, unclaimed } = await standingOf(shelf.value, cube);
    diagnostics.push(...wrong, ...wrongRetractions, ...unclaimed);
  }
  return diagnostics;
}

/** The stores, and how one finds out what is needed of each; the restricted one where somebody keeps it. */
async function reaches(
  { snapshotStore, editionStore, restrictedStore }: Workspace,
  trust: TrustRoot,
): Promise<readonly { readonly store: PosixStore; readonly reach: () => Promise<Reach> }[]> {
  const restricted = {
    store: restrictedStore,
    reach: () => reachOfRestricted(editionStore, trust),
  };
  return [
    { store: snapshotStore, reach: () => reachOfSnapshots(snapshotStore, editionStore, trust) },
    { store: editionStore, reach: () => reachOfEditions(editionStore, trust) },
    ...((await keepsPeople(restrictedStore)) ? [restricted] : []),
  ];
}

async function repair(
  workspace: Workspace,
  trust: TrustRoot,
  stores: readonly CheckedStore[],
  outside: Outside,
): Promise<readonly string[]> {
  const done: string[] = [];
  await workspace.startWriting();
  for (const [at, { store }] of (await reaches(workspace, trust)).entries()) {
    const { damaged = [], leftovers = [] } = stores[at] ?? {};
    const swept = leftovers.filter(({ kind }) => kind === 'temporary' || kind === 'lease').length;
    if (swept > 0) done.push(`${store.name}: swept ${swept} that killed runs had left`);
    for (const { path } of damaged) {
      await store.move(path, `${path}.damaged`);
      done.push(`${store.name}/${path}: put aside as .damaged`);
    }
  }
  const [, ...made] = stores;
  const lost = new Set(
    made.flatMap(({ damaged, missing }) => [...damaged, ...missing]).map((one) => one.sha256),
  );
  if (lost.size > 0) done.push(...(await rebuildWhat(lost, workspace, trust, outside)));
  return done;
}

/** Makes the lost files of editions again, edition by edition, from their own inputs. */
async function rebuildWhat(
  lost: ReadonlySet<string>,
  workspace: Workspace,
  trust: TrustRoot,
  outside: Outside,
): Promise<readonly string[]> {
  const done: string[] = [];
  const context = {
    engine: await workspace.engine('build'),
    builder: version,
    snapshotsOf: (sources: readonly string[]) => snapshotsOf(workspace, sources),
    sets: keptSets(workspace),
  };
  for (const cube of await publishedCubes(workspace.editionStore)) {
    for (const manifest of (await readEditions(workspace.editionStore, cube, trust)).value ?? []) {
      const files = [...editionFiles(manifest), ...restrictedFiles(manifest)];
      if (!files.some(({ file }) => lost.has(file.sha256))) continue;
      outside.progress({ text: `making ${cube} ${manifest.id} again` });
      const outcome = await rebuild(manifest, workspace, context);
      if (outcome === 'same') done.push(`${cube} ${manifest.id}: made again from its inputs, byte for byte`);
    }
  }
  return done;
}

/** Removes what no manifest needs, nobody holds, and is older than so many days. */
export async function gc(
  outside: Outside,
  options: { readonly days: number; readonly dryRun: boolean },
): Promise<Outcome<readonly Collection[]>> {
  return withWorkspace(outside, async (workspace) => {
    const value: Collection[] = [];
    const diagnostics: Diagnostic[] = [];
    const texts = new Map<string, string>();
    const trust = await readTrust(workspace.keys);
    if (!trust.value) return { diagnostics: trust.diagnostics, texts };
    for (const { store, reach } of await reaches(workspace, trust.value)) {
      outside.progress({ text: `looking through ${store.name}` });
      if (!options.dryRun) await store.sweep();
      const retention = options.days * 24 * 60 * 60 * 1000;
      const collected = await collect(store, reach, workspace.holder, { retention, dryRun: options.dryRun });
      diagnostics.push(...collected.diagnostics);
      if (!collected.value) continue;
      value.push(collected.value);
      if (collected.value.outcome === 'busy') diagnostics.push(busy(collected.value));
    }
    return { value, diagnostics: distinct(diagnostics), texts };
  });
}

const busy = ({ store, busy: writers }: Collection): Diagnostic =>
  diagnostic(
    'store-busy',
    `Nothing is removed from ${store}, as ${writers.join(' and ')} is writing to it.`,
    {
      hint: 'wait until that has ended; if it was killed on another machine, its lease in .leases ends by itself within a day',
    },
  );

/** A manifest that both stores need is told of once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [each.message, each])).values()];
}
