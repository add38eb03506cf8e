import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { structureTables } from '../../src/build/structureTable.ts';
import { objectPath } from '../../src/catalog/objects.ts';
import type { Store } from '../../src/catalog/store.ts';
import type { CellTable, EditionManifest, ObjectRef, Table, TableColumn } from '../../src/catalog/types.ts';
import type { AnyDefinition, DefinitionFile, Definitions } from '../../src/definitions/definition.ts';
import { readDefinition } from '../../src/definitions/readDefinition.ts';
import type { Checked } from '../../src/diagnostics/diagnostic.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { buildModel } from '../../src/model/buildModel.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import { planCells } from '../../src/plan/planCells.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { type AskContext, ask } from '../../src/serve/ask.ts';
import type { OpenEdition } from '../../src/serve/openEdition.ts';
import { lowerCells } from '../../src/sql/lowerCells.ts';
import type { World, WorldQuestion, WorldSource } from './world.ts';
import { whereText } from './world.ts';
import { worldDefinitions } from './worldDefinitions.ts';

const parse = await loadParser();

/** One DuckDB and one folder for a whole test file, so that hundreds of small worlds go through fast. */
export interface CubeHarness {
  readonly build: (world: World, rows?: RowOrder) => Promise<BuiltWorld>;
  readonly close: () => void;
}

/** The order in which rows lie in the snapshots; none of it may matter. */
export type RowOrder = (rows: WorldSource['rows']) => WorldSource['rows'];

/** A world as an edition: definitions bound, cells made, files lying there. */
export interface BuiltWorld {
  readonly world: World;
  readonly model: SemanticModel;
  readonly edition: OpenEdition;
  readonly context: AskContext;
  readonly ask: (question: WorldQuestion, more?: Partial<Request>) => Promise<Checked<Answer>>;
}

export async function openHarness(): Promise<CubeHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'flis-laws-'));
  const engine = await openDuckDb({
    folders: [],
    writable: [folder],
    temporaryFolder: join(folder, 'temporary'),
    threads: 1,
    memoryLimit: '500MB',
  });
  const files = fileNames(folder);
  const structures = new Map<string, ObjectRef>();
  const writeStructure = async (table: Table): Promise<ObjectRef> => {
    const key = JSON.stringify(table);
    const known = structures.get(key);
    if (known) return known;
    const file = files.next();
    await engine.writeTable(table, files.path(file));
    structures.set(key, file);
    return file;
  };
  return {
    build: (world, order = (rows) => rows) => buildWorld(world, order, { engine, files, writeStructure }),
    close: () => {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The model of a world that nothing is wrong with. */
export function worldModel(world: World): SemanticModel {
  const { value, diagnostics } = buildModel(definitionsOf(worldDefinitions(world)), parse);
  if (!value) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return value;
}

/** What was read of each text; most code lists are the same in every world, and reading takes longest. */
const alreadyRead = new Map<string, AnyDefinition>();

function definitionsOf(files: readonly DefinitionFile[]): Definitions {
  const read = files.map((file): AnyDefinition => {
    const known = alreadyRead.get(file.text);
    if (known) return known;
    const { value, diagnostics } = readDefinition(file);
    if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    alreadyRead.set(file.text, value);
    return value;
  });
  return {
    classifications: read.filter((one) => one.kind === 'classification'),
    dimensions: read.filter((one) => one.kind === 'dimension'),
    sources: read.filter((one) => one.kind === 'source'),
    selections: read.filter((one) => one.kind === 'selection'),
    partitions: read.filter((one) => one.kind === 'partition'),
    rows: read.filter((one) => one.kind === 'rows'),
    prices: read.filter((one) => one.kind === 'prices'),
    kpis: read.filter((one) => one.kind === 'kpi'),
    cubes: read.filter((one) => one.kind === 'cube'),
    diagnostics: [],
    unread: [],
  };
}

interface Workshop {
  readonly engine: Engine;
  readonly files: Files;
  readonly writeStructure: (table: Table) => Promise<ObjectRef>;
}

async function buildWorld(
  world: World,
  order: RowOrder,
  { engine, files, writeStructure }: Workshop,
): Promise<BuiltWorld> {
  const model = worldModel(world);
  const cube = model.cubes.proeve;
  if (!cube) throw new Error('the world has its cube');

  const snapshots = new Map<string, ObjectRef>();
  const dimensions: EditionManifest['dimensions'][number][] = [];
  const tables: CellTable[] = [];
  for (const id of cube.sources) {
    const contract = model.sources[id];
    const source = world.sources.find((each) => each.id === id);
    if (!contract || !source || source.rows.length === 0) continue;
    const snapshot = files.next();
    await engine.writeTable(snapshotOf(source, order(source.rows)), files.path(snapshot));
    snapshots.set(id, snapshot);
    tables.push(await writeCells(engine, model, id, source, snapshot, files));
  }
  for (const [dimension, table] of structureTables(model, cube.dimensions))
    dimensions.push({ dimension, file: await writeStructure(table) });

  const newest = periodsOf(world.sources.find(({ id }) => id === world.cube.waitFor)).at(-1);
  const manifest: EditionManifest = {
    format: 2,
    cube: cube.id,
    number: 1,
    id: 'proeve-1',
    previous: null,
    publishedAt: '2026-01-01T00:00:00.000Z',
    period: newest ?? '2026M01',
    inputHash: '',
    builder: 'test',
    engine: 'test',
    synthetic: false,
    inputs: [...snapshots].map(([source, ref]) => ({
      source,
      synthetic: false,
      snapshots: [{ number: 1, receipt: 1, received: '', ...ref, periods: null }],
    })),
    model: { sha256: '', size: 0 },
    dimensions,
    tables,
    reconciliations: [],
  };
  const edition: OpenEdition = { manifest, model, cube };
  const store = storeOf(files);
  const context: AskContext = {
    stores: { snapshotStore: store, editionStore: store, verified: files.written },
    engine: async () => engine,
    parse,
  };
  return {
    world,
    model,
    edition,
    context,
    ask: (question, more = {}) => ask(edition, requestOf(question, more), context),
  };
}

export function requestOf(question: WorldQuestion, more: Partial<Request> = {}): Request {
  const where = whereText(question.where);
  return {
    cube: 'proeve',
    kpis: question.kpis,
    by: question.by,
    period: question.period,
    hierarchy: question.hierarchy,
    ...(where === undefined ? {} : { where }),
    ...more,
  };
}

const periodsOf = (source: WorldSource | undefined): string[] =>
  [...new Set(source?.rows.map(({ period }) => period))].sort();

async function writeCells(
  engine: Engine,
  model: SemanticModel,
  id: string,
  source: WorldSource,
  snapshot: ObjectRef,
  files: Files,
): Promise<CellTable> {
  const contract = model.sources[id];
  const cube = model.cubes.proeve;
  if (!contract || !cube) throw new Error('the model has its source');
  const plan = planCells(model, cube, contract);
  const places = {
    snapshot: () => [{ file: files.path(snapshot), periods: null }],
    cells: () => [],
    held: () => [],
    structure: () => '',
  };
  const periods = periodsOf(source);
  const parts: CellTable['parts'][number][] = [];
  for (const year of new Set(periods.map((period) => period.slice(0, 4)))) {
    const file = files.next();
    const ofYear = periods.filter((period) => period.startsWith(year));
    await engine.writeQuery(lowerCells(plan, places, ofYear), files.path(file));
    parts.push({ partition: year, rows: 0, file });
  }
  return {
    source: id,
    made: '',
    dimensions: plan.dimensions.map(({ column }) => column),
    levelColumns: plan.dimensions.flatMap(({ column, leveled }) => (leveled ? [column] : [])),
    periods,
    states: plan.states.map(({ state, aggregate, decimals }) => ({ state, aggregate, decimals })),
    parts,
  };
}

function snapshotOf(source: WorldSource, rows: WorldSource['rows']): Table {
  const text = (name: string, values: (string | null)[]): TableColumn => ({ name, type: 'text', values });
  return {
    rows: rows.length,
    columns: [
      ...source.codes.flatMap(({ dimension, levels }) => [
        text(
          dimension,
          rows.map(({ codes }) => codes[dimension]?.code ?? null),
        ),
        ...(levels.length > 1
          ? [
              text(
                `${dimension}_level`,
                rows.map(({ codes }) => codes[dimension]?.level ?? null),
              ),
            ]
          : []),
      ]),
      text(
        'slags',
        rows.map(({ slags }) => slags),
      ),
      text(
        'periode',
        rows.map(({ period }) => period),
      ),
      ...source.numbers.flatMap(({ name, decimals }) => numberColumns(name, decimals, rows)),
      { name: '_row', type: 'integer', values: rows.map((_, row) => row + 2) },
    ],
  };
}

function numberColumns(name: string, decimals: number, rows: WorldSource['rows']): TableColumn[] {
  const values = rows.map((row) => row.values[name] ?? null);
  const amounts = values.map((value) => (typeof value === 'bigint' ? value : null));
  const statuses = values.map((value) => (typeof value === 'bigint' ? null : value));
  return [
    decimals > 0
      ? { name, type: 'decimal', decimals, values: amounts }
      : { name, type: 'integer', values: amounts.map((value) => (value === null ? null : Number(value))) },
    { name: `${name}_status`, type: 'text', values: statuses },
  ];
}

// --- files -----------------------------------------------------------------------------------------

interface Files {
  readonly next: () => ObjectRef;
  readonly path: (ref: ObjectRef) => string;
  readonly fromPath: (path: string) => string;
  readonly written: Set<string>;
}

/** Files by number in place of hash: what lies here was written a moment ago by this very test. */
function fileNames(folder: string): Files {
  let count = 0;
  const written = new Set<string>();
  const fromPath = (path: string) => join(folder, `${path.split('/').at(-1)}.parquet`);
  const path = (ref: ObjectRef) => fromPath(objectPath(ref));
  return {
    next: () => {
      count += 1;
      const ref = { sha256: String(count).padStart(64, '0'), size: 0 };
      written.add(path(ref));
      return ref;
    },
    path,
    fromPath,
    written,
  };
}

function storeOf(files: Files): Store {
  const absent = (): never => {
    throw new Error('a question only asks where files lie');
  };
  return {
    name: 'test',
    createExclusive: absent,
    replace: absent,
    read: absent,
    stream: absent,
    exists: absent,
    settle: absent,
    modified: absent,
    // No delivery ever came here, so that an explanation has none to tell of.
    list: async () => [],
    folders: absent,
    remove: absent,
    move: absent,
    withTemporary: absent,
    adopt: absent,
    localPath: files.fromPath,
  };
}
