import { objectPath, readObject, type VerifiedObjects, verifiedPath } from '../catalog/objects.ts';
import type { Retraction } from '../catalog/retractions.ts';
import type { Store } from '../catalog/store.ts';
import type { EditionManifest, ObjectRef } from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { partitionOf } from '../model/periods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import { type PeriodsRead, periodsRead } from '../plan/periodsRead.ts';
import type { FactPlan } from '../plan/plan.ts';
import { type Places, snapshotPlace } from '../sql/places.ts';
import { upgradeModel } from './upgradeModel.ts';

/** Stores and what this process has already checked in them. */
export interface ServeStores {
  readonly snapshotStore: Store;
  readonly editionStore: Store;
  /** Who is counted in each cell; not there in a copy of the editions. */
  readonly restrictedStore?: Store;
  readonly verified: VerifiedObjects;
}

/** An edition with the definitions it was made by; its files are checked when they are first needed. */
export interface OpenEdition {
  readonly manifest: EditionManifest;
  readonly model: SemanticModel;
  readonly cube: Cube;
  /** That it was taken back, where it was named all the same. */
  readonly retraction?: Retraction | null;
  /** Newer editions that were taken back, and are the reason why this one answers. The newest first. */
  readonly passedOver?: readonly Retraction[];
}

/** Reads the frozen model, checked against its hash, of whatever format it is. */
export async function openEdition(
  manifest: EditionManifest,
  stores: ServeStores,
): Promise<Checked<OpenEdition>> {
  const { value: bytes, diagnostics } = await readObject(stores.editionStore, manifest.model);
  if (!bytes) return { diagnostics };
  const frozen = JSON.parse(new TextDecoder().decode(bytes)) as { readonly format: unknown };
  const upgraded = upgradeModel(frozen, manifest.id);
  const model = upgraded.value;
  if (!model) return { diagnostics: [...diagnostics, ...upgraded.diagnostics] };
  const cube = model.cubes[manifest.cube];
  invariant(cube, `the frozen model of ${manifest.id} holds its cube`);
  return { value: { manifest, model, cube }, diagnostics };
}

/** Facts that have something to read; the others have no rows, which is an answer too. */
export function readable(facts: readonly FactPlan[], manifest: EditionManifest): FactPlan[] {
  const found = facts.filter((fact) => {
    const tables = [fact, ...(fact.weight ? [fact.weight] : [])].map(({ cells }) => cells.source);
    const table = manifest.tables.find(({ source }) => source === fact.source);
    const reached = partitionsOf(fact.pairs.map(({ source }) => source));
    const hasParts = table?.parts.some(({ partition }) => reached.has(partition)) ?? false;
    return hasParts && tables.every((source) => manifest.tables.some((each) => each.source === source));
  });
  return found.flatMap((fact) => {
    const pairs = heldPairs(fact, manifest);
    return pairs.length === 0 ? [] : [{ ...fact, pairs }];
  });
}

/** Names of the parts that periods can lie in; before there was a part for each month there was one for each year. */
function partitionsOf(periods: Iterable<string>): ReadonlySet<string> {
  return new Set([...periods].flatMap((period) => [partitionOf(period), period.slice(0, 4)]));
}

/**
 * Of a calendar of days most hold nothing, and what is not held is no row anywhere. A question about a
 * handful of periods keeps them all, so that its statement reads like the question.
 */
function heldPairs({ source, pairs }: FactPlan, { tables }: EditionManifest): FactPlan['pairs'] {
  if (pairs.length <= handful) return pairs;
  const held = new Set(tables.find((table) => table.source === source)?.periods);
  return pairs.filter((pair) => held.has(pair.source));
}

const handful = 500;

/** Checks every file that the facts read, and says where they lie. */
export async function placesFor(
  facts: readonly FactPlan[],
  manifest: EditionManifest,
  stores: ServeStores,
): Promise<Checked<Places>> {
  const diagnostics: Diagnostic[] = [];
  const local = new Map<string, string>();
  const check = async (store: Store, ref: ObjectRef) => {
    const checked = await verifiedPath(store, ref, stores.verified);
    diagnostics.push(...checked.diagnostics);
    if (checked.value !== undefined) local.set(ref.sha256, checked.value);
  };
  const periodsNeeded = new Map<string, Set<string>>();
  const snapshotsNeeded = new Map<string, Set<string> | null>();
  const cellsNeeded = new Set<string>();
  const need = (plan: FactPlan['cells'], route: 'cells' | 'base', periods: readonly (string | null)[]) => {
    const { source } = plan;
    const wanted = periods.flatMap((period) => (period === null ? [] : [period]));
    if (route === 'cells') cellsNeeded.add(source);
    else addRead(snapshotsNeeded, periodsRead(plan, wanted));
    const there = periodsNeeded.get(source) ?? new Set();
    periodsNeeded.set(source, new Set([...there, ...wanted]));
  };
  for (const fact of facts) {
    need(
      fact.cells,
      fact.route,
      fact.pairs.map(({ source }) => source),
    );
    if (fact.weight)
      need(
        fact.weight.cells,
        fact.weight.route,
        fact.pairs.map(({ weight }) => weight),
      );
  }
  const partsOf = (source: string) => {
    const partitions = partitionsOf(periodsNeeded.get(source) ?? []);
    const parts = manifest.tables.find((table) => table.source === source)?.parts ?? [];
    const reached = parts.filter(({ partition }) => partitions.has(partition));
    // A weight of a period that nobody delivered: any file will do, its periods are asked for by name.
    return reached.length > 0 ? reached : parts.slice(-1);
  };
  const snapshotsOf = (source: string) => {
    const input = manifest.inputs.find((each) => each.source === source);
    return readOf(input?.snapshots ?? [], snapshotsNeeded.get(source) ?? null);
  };
  for (const source of snapshotsNeeded.keys())
    for (const { ref } of snapshotsOf(source)) await check(stores.snapshotStore, ref);
  for (const source of cellsNeeded)
    for (const { file } of partsOf(source)) await check(stores.editionStore, file);
  const dimensions = new Set(
    facts.flatMap(({ structures, groups }) => [
      ...structures.map(({ dimension }) => dimension),
      ...groups.map(({ level }) => level),
    ]),
  );
  for (const { dimension, file } of manifest.dimensions)
    if (dimensions.has(dimension)) await check(stores.editionStore, file);
  if (hasErrors(diagnostics)) return { diagnostics };
  const fileOf = (ref: ObjectRef): string => {
    const path = local.get(ref.sha256);
    invariant(path, `${objectPath(ref)} was checked`);
    return path;
  };
  const value: Places = {
    snapshot: (source) =>
      snapshotsOf(source).map(({ ref, at }) => ({ ...snapshotPlace(fileOf(ref), ref), at })),
    held: (source) => manifest.tables.find((table) => table.source === source)?.periods ?? [],
    cells: (source) => partsOf(source).map(({ file }) => fileOf(file)),
    structure: (dimension) => {
      const found = manifest.dimensions.find((each) => each.dimension === dimension);
      invariant(found, `${manifest.id} has the structure of ${dimension}`);
      return fileOf(found.file);
    },
  };
  return { value, diagnostics };
}

/** Keeps what several facts read of each source; null: all there is. */
function addRead(known: Map<string, Set<string> | null>, read: PeriodsRead): void {
  for (const [source, periods] of read) {
    const before = known.get(source);
    known.set(source, periods === null || before === null ? null : new Set([...(before ?? []), ...periods]));
  }
}

type SnapshotRef = EditionManifest['inputs'][number]['snapshots'][number];

/** The snapshots that can hold something of what is read, each with its place among all. */
function readOf(
  snapshots: readonly SnapshotRef[],
  periods: ReadonlySet<string> | null,
): readonly { readonly ref: SnapshotRef; readonly at: number }[] {
  const all = snapshots.map((ref, at) => ({ ref, at }));
  const read = all.filter(({ ref }) => {
    const holds = ref.periods ?? ref.holds;
    return !periods || !holds || holds.some((period) => periods.has(period));
  });
  // Where no wanted period has come a statement still needs columns to read.
  return read.length > 0 ? read : all.slice(-1);
}
