import { adoptFile, putObject, type VerifiedObjects } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import type {
  CellPart,
  CellTable,
  EditionInput,
  EditionManifest,
  Lattice,
  ObjectRef,
  Snapshot,
  Table,
} from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { heldPeriods } from '../model/rowPeriods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { factSources, planCells } from '../plan/planCells.ts';
import type { Places } from '../sql/places.ts';
import { freezeModel } from './freeze.ts';
import { inputPlaces, inputsRead } from './inputPlaces.ts';
import { periodsOf } from './inputs.ts';
import { batchesOf, type Holding, holdingOfAll, readOfParts, type WantedPart, wantedTable } from './parts.ts';
import { buildPresence } from './presence.ts';
import { proveKeys } from './proveKeys.ts';
import { buildSets, type SetsContext } from './sets.ts';
import { structureTables } from './structureTable.ts';
import { type WrittenParts, writeParts } from './writeParts.ts';

/** What building needs of the outside. */
export interface BuildContext {
  readonly engine: Engine;
  /** `data/snapshots` and `cubes/published`. */
  readonly snapshotStore: Store;
  readonly editionStore: Store;
  readonly verified: VerifiedObjects;
  /** Version of this program; another one may make other bytes. */
  readonly builder: string;
  /** Where it is kept who is counted in each cell, and by which key; left out or null: nowhere. */
  readonly sets?: ((cube: string) => Promise<SetsContext | null>) | null;
  /** Whose choice of rollups holds where there is no edition before; left out: it is made anew. */
  readonly latticesOf?: Pick<EditionManifest, 'tables'>;
}

/** The files of a cube version: all that an edition names, before it is one. */
export type CubeVersion = Pick<EditionManifest, 'model' | 'dimensions' | 'tables' | 'presence'>;

/**
 * Snapshots to a cube version. Every part of a table that the edition before made of the same snapshots by the
 * same plan is taken over as it is, and only what the others are made of is read.
 */
export async function buildCube(
  model: SemanticModel,
  cube: Cube,
  inputs: readonly EditionInput[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  before: EditionManifest | null,
  context: BuildContext,
): Promise<Checked<CubeVersion>> {
  const held = heldOf(model, inputs, snapshots);
  const holding = holdingOfAll(inputs, snapshots);
  const tables: CellTable[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const id of factSources(model, cube)) {
    const source = model.sources[id];
    const periods = held(id);
    if (!source || periods.length === 0) continue;
    const plan = planCells(model, cube, source);
    const maker = { builder: context.builder, engine: context.engine.version };
    const old = before?.tables.find((table) => table.source === id);
    const wanted = wantedTable(plan, periods, holding, maker, old);
    const chosen = old ?? context.latticesOf?.tables.find((table) => table.source === id);
    // A choice that was made stays, so that parts that nothing happened to stay.
    const lattice = (chosen?.made === wanted.made ? chosen.lattice : null) ?? null;
    const parts = await makeParts(plan, wanted.parts, lattice, inputs, { holding, held }, context);
    diagnostics.push(...parts.diagnostics);
    if (!parts.value) continue;
    const table = tableOf(plan, periods, wanted.made, parts.value);
    const counts = plan.states.some(({ aggregate }) => aggregate === 'distinct');
    const people = counts ? ((await context.sets?.(cube.id)) ?? null) : null;
    const made = { plan, made: wanted.made, wanted: wanted.parts, inputs, holding, held, before: old };
    const sets = people ? await buildSets(made, people, context) : { value: [], diagnostics: [] };
    diagnostics.push(...sets.diagnostics);
    tables.push(sets.value && sets.value.length > 0 ? { ...table, sets: sets.value } : table);
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const presence = await buildPresence(model, inputs, snapshots, before, context);
  if (!presence.value) return { diagnostics: presence.diagnostics };
  const dimensions: { dimension: string; file: ObjectRef }[] = [];
  for (const [dimension, table] of structureTables(model, cube.dimensions))
    dimensions.push({ dimension, file: await writeStructure(table, context) });
  return {
    value: {
      model: await putObject(context.editionStore, freezeModel(model, cube)),
      dimensions,
      tables,
      ...(presence.value.length > 0 ? { presence: presence.value } : {}),
    },
    diagnostics: [],
  };
}

/** Which periods each source holds by the inputs; of rows it follows from what they are made of. */
function heldOf(
  model: SemanticModel,
  inputs: readonly EditionInput[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
): (source: string) => readonly string[] {
  const delivered = (source: string): readonly string[] => {
    const input = inputs.find((each) => each.source === source);
    return input ? periodsOf(input, snapshots.get(source) ?? []) : [];
  };
  return (source) => heldPeriods(model, source, delivered);
}

/** The parts of a table in order: those that are as they were, and the others made anew. */
async function makeParts(
  plan: CellsPlan,
  wanted: readonly WantedPart[],
  given: Lattice | null,
  inputs: readonly EditionInput[],
  { holding, held }: { readonly holding: Holding; readonly held: Places['held'] },
  context: BuildContext,
): Promise<Checked<WrittenParts>> {
  let lattice = given;
  const made = new Map<string, CellPart>();
  for (const { partition, kept } of wanted) if (kept) made.set(partition, kept);
  const missing = wanted.filter(({ kept }) => kept === null);
  for (const batch of batchesOf(missing, inputs, holding)) {
    const read = inputsRead(inputs, holding, readOfParts(batch));
    const places = await inputPlaces(read, context, held);
    if (!places.value) return { diagnostics: places.diagnostics };
    const periods = batch.flatMap((part) => part.periods);
    const unproved = plan.rows ? await proveKeys(plan.rows, periods, places.value, context.engine) : [];
    if (unproved.length > 0) return { diagnostics: unproved };
    const written = await writeParts(plan, batch, places.value, lattice, context);
    lattice = written.lattice;
    for (const part of written.parts) made.set(part.partition, part);
  }
  const parts = wanted.flatMap(({ partition }) => made.get(partition) ?? []);
  return { value: { parts, lattice }, diagnostics: [] };
}

const tableOf = (
  plan: CellsPlan,
  periods: readonly string[],
  made: string,
  { parts, lattice }: WrittenParts,
): CellTable => ({
  source: plan.source,
  made,
  dimensions: plan.dimensions.map(({ column }) => column),
  levelColumns: plan.dimensions.flatMap(({ column, leveled }) => (leveled ? [column] : [])),
  periods,
  states: plan.states.map(({ state, aggregate, decimals }) => ({ state, aggregate, decimals })),
  parts,
  ...(lattice ? { lattice } : {}),
});

async function writeStructure(table: Table, context: BuildContext): Promise<ObjectRef> {
  return context.editionStore.withTemporary('.parquet', async (path) => {
    await context.engine.writeTable(table, path);
    return adoptFile(context.editionStore, path);
  });
}
