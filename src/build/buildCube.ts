import { canonicalJson } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import { adoptFile, objectPath, putObject, type VerifiedObjects, verifiedPath } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import type {
  CellTable,
  EditionInput,
  EditionManifest,
  ObjectRef,
  Snapshot,
  Table,
} from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { isPlace } from '../formula/isPlace.ts';
import { deliveredBeneath } from '../model/relations.ts';
import { heldPeriods } from '../model/rowPeriods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { factSources, planCells } from '../plan/planCells.ts';
import { lowerCells } from '../sql/lowerCells.ts';
import type { Places } from '../sql/places.ts';
import { freezeModel } from './freeze.ts';
import { periodsOf } from './inputs.ts';
import { buildPresence } from './presence.ts';
import { proveKeys } from './proveKeys.ts';
import { structureTables } from './structureTable.ts';

/** What building needs of the outside. */
export interface BuildContext {
  readonly engine: Engine;
  /** `data/snapshots` and `cubes/published`. */
  readonly snapshotStore: Store;
  readonly editionStore: Store;
  readonly verified: VerifiedObjects;
  /** Version of this program; another one may make other bytes. */
  readonly builder: string;
}

/** The files of a cube version: all that an edition names, before it is one. */
export type CubeVersion = Pick<EditionManifest, 'model' | 'dimensions' | 'tables' | 'presence'>;

/**
 * Snapshots to a cube version. Every table that the edition before made of the same parts by the
 * same plan is taken over as it is.
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
  const places = await inputPlaces(inputs, context, held);
  if (!places.value) return { diagnostics: places.diagnostics };
  const tables: CellTable[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const id of factSources(model, cube)) {
    const source = model.sources[id];
    const periods = held(id);
    if (!source || periods.length === 0) continue;
    const beneath = new Set(deliveredBeneath(id, model.sources));
    const read = inputs.filter((input) => beneath.has(input.source));
    const plan = planCells(model, cube, source);
    const made = sha256(
      new TextEncoder().encode(
        canonicalJson({
          plan: JSON.stringify(plan, withoutSpans),
          inputs: read.map((input) => ({
            source: input.source,
            snapshots: input.snapshots.map(({ sha256: file, periods: of }) => ({ file, periods: of })),
          })),
          periods,
          builder: context.builder,
          engine: context.engine.version,
        }),
      ),
    );
    const old = before?.tables.find((table) => table.source === id && table.made === made);
    if (old) {
      tables.push(old);
      continue;
    }
    const unproved = plan.rows ? await proveKeys(plan.rows, places.value, context.engine) : [];
    diagnostics.push(...unproved);
    if (unproved.length === 0) tables.push(await buildTable(plan, made, periods, places.value, context));
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const presence = await buildPresence(model, inputs, places.value, before, context);
  const dimensions: { dimension: string; file: ObjectRef }[] = [];
  for (const [dimension, table] of structureTables(model, cube.dimensions))
    dimensions.push({ dimension, file: await writeStructure(table, context) });
  return {
    value: {
      model: await putObject(context.editionStore, freezeModel(model, cube)),
      dimensions,
      tables,
      ...(presence.length > 0 ? { presence } : {}),
    },
    diagnostics: [],
  };
}

const withoutSpans = (key: string, value: unknown): unknown => (isPlace(key, value) ? undefined : value);

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

/** Checks every snapshot file before the engine opens it, and says where it lies. */
export async function inputPlaces(
  inputs: readonly EditionInput[],
  context: Pick<BuildContext, 'snapshotStore' | 'verified'>,
  held: Places['held'] = () => [],
): Promise<Checked<Places>> {
  const diagnostics: Diagnostic[] = [];
  for (const { snapshots } of inputs) {
    for (const ref of snapshots) {
      diagnostics.push(...(await verifiedPath(context.snapshotStore, ref, context.verified)).diagnostics);
    }
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const fileOf = (ref: ObjectRef) => context.snapshotStore.localPath(objectPath(ref));
  const value: Places = {
    snapshot: (source) =>
      inputs
        .filter((input) => input.source === source)
        .flatMap((input) => input.snapshots.map((ref) => ({ file: fileOf(ref), periods: ref.periods }))),
    held,
    cells: () => [],
    structure: () => '',
  };
  return { value, diagnostics };
}

/** Cells of one source, a file per year, so that a delivery touches few files and a question reads few. */
async function buildTable(
  plan: CellsPlan,
  made: string,
  periods: readonly string[],
  places: Places,
  context: BuildContext,
): Promise<CellTable> {
  const parts: CellTable['parts'][number][] = [];
  for (const year of new Set(periods.map((period) => period.slice(0, 4)))) {
    const query = lowerCells(
      plan,
      places,
      periods.filter((period) => period.startsWith(year)),
    );
    const { rows, file } = await context.editionStore.withTemporary('.parquet', async (path) => ({
      rows: await context.engine.writeQuery(query, path),
      file: await adoptFile(context.editionStore, path),
    }));
    parts.push({ partition: year, rows, file });
  }
  return {
    source: plan.source,
    made,
    dimensions: plan.dimensions.map(({ column }) => column),
    levelColumns: plan.dimensions.flatMap(({ column, leveled }) => (leveled ? [column] : [])),
    periods,
    states: plan.states.map(({ state, aggregate, decimals }) => ({ state, aggregate, decimals })),
    parts,
  };
}

async function writeStructure(table: Table, context: BuildContext): Promise<ObjectRef> {
  return context.editionStore.withTemporary('.parquet', async (path) => {
    await context.engine.writeTable(table, path);
    return adoptFile(context.editionStore, path);
  });
}
