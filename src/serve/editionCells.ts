import type { Block } from '../catalog/block.ts';
import { verifiedPath } from '../catalog/objects.ts';
import type { CellTable } from '../catalog/types.ts';
import { type Structures, structuresOf } from '../cells/axis.ts';
import { blockOf } from '../cells/blockOf.ts';
import { type TableInMemory, tableInMemory } from '../cells/memory.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { aggregates } from '../model/aggregates.ts';
import type { SemanticModel } from '../model/types.ts';
import { periodColumn } from '../sql/cellStates.ts';
import { ascending, column, output, parquet, query, select } from '../sql/make.ts';
import type { OpenEdition, ServeStores } from './openEdition.ts';
import { readBlock } from './readBlock.ts';

/** The cells of an edition in memory; those of a source are read when they are first asked for. */
export interface EditionCells {
  readonly model: SemanticModel;
  readonly structures: Structures;
  readonly tables: ReadonlyMap<string, TableInMemory>;
  /** Reads and checks what is not there yet; of a source that the edition holds nothing of there is nothing to read. */
  readonly load: (sources: Iterable<string>) => Promise<Checked<true>>;
  /** Forgets the cells of a source, until they are asked for again. */
  readonly drop: (source: string) => void;
}

export function editionCells(
  edition: OpenEdition,
  stores: ServeStores,
  engine: () => Promise<Engine>,
): EditionCells {
  const tables = new Map<string, TableInMemory>();
  const loading = new Map<string, Promise<Checked<TableInMemory>>>();
  const loadOne = (table: CellTable): Promise<Checked<TableInMemory>> => {
    const known = loading.get(table.source) ?? readTable(table, stores, engine);
    loading.set(table.source, known);
    return known;
  };
  return {
    model: edition.model,
    structures: structuresOf(edition.model),
    tables,
    load: async (sources) => {
      const diagnostics: Diagnostic[] = [];
      for (const source of sources) {
        const table = edition.manifest.tables.find((each) => each.source === source);
        if (!table || tables.has(source)) continue;
        const read = await loadOne(table);
        diagnostics.push(...read.diagnostics);
        if (read.value) tables.set(source, read.value);
        // What failed may be mended before the next question.
        else loading.delete(source);
      }
      return hasErrors(diagnostics) ? { diagnostics } : { value: true, diagnostics };
    },
    drop: (source) => {
      tables.delete(source);
      loading.delete(source);
    },
  };
}

async function readTable(
  table: CellTable,
  stores: ServeStores,
  engine: () => Promise<Engine>,
): Promise<Checked<TableInMemory>> {
  const read = table.parts.every(({ block }) => block !== undefined)
    ? await readBlocks(table, stores)
    : await readParquet(table, stores, await engine());
  if (!read.value) return { diagnostics: read.diagnostics };
  return { value: tableInMemory(table.source, read.value, largeStates(read.value)), diagnostics: [] };
}

async function readBlocks(
  { source, parts }: CellTable,
  { editionStore }: ServeStores,
): Promise<Checked<readonly Block[]>> {
  const diagnostics: Diagnostic[] = [];
  const blocks: Block[] = [];
  for (const { partition, block } of parts) {
    if (!block) continue;
    const read = await readBlock(editionStore, source, partition, block);
    diagnostics.push(...read.diagnostics);
    if (read.value) blocks.push(read.value);
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: blocks, diagnostics };
}

/** Editions from before there were blocks. */
async function readParquet(
  table: CellTable,
  { editionStore, verified }: ServeStores,
  engine: Engine,
): Promise<Checked<readonly Block[]>> {
  const diagnostics: Diagnostic[] = [];
  const files: string[] = [];
  for (const { file } of table.parts) {
    const checked = await verifiedPath(editionStore, file, verified);
    diagnostics.push(...checked.diagnostics);
    if (checked.value !== undefined) files.push(checked.value);
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const columns = table.dimensions.flatMap((name) =>
    table.levelColumns.includes(name) ? [`${name}_level`, name] : [name],
  );
  const states = table.states.flatMap(({ state, aggregate }) => [
    state,
    ...(aggregates[aggregate as keyof typeof aggregates].squares ? [`${state}_squares`] : []),
    ...['known', 'suppressed', 'not_applicable'].map((suffix) => `${state}_${suffix}`),
  ]);
  const cells = select({
    select: [periodColumn, ...columns, ...states].map((name) => output(column('cell', name), name)),
    from: parquet(files),
    alias: 'cell',
    orderBy: [ascending(column('cell', periodColumn))],
  });
  return { value: [blockOf(table, columns, await engine.query(query(cells)))], diagnostics };
}

/** States whose values together, all of one sign, could leave what a double keeps exactly. */
function largeStates(blocks: readonly Block[]): Set<string> {
  const magnitudes = new Map<string, number>();
  for (const { grains } of blocks)
    for (const { state, values } of grains[0]?.states ?? []) {
      let sum = magnitudes.get(state) ?? 0;
      for (const value of values) sum += Math.abs(Number(value));
      magnitudes.set(state, sum);
    }
  return new Set([...magnitudes].flatMap(([state, sum]) => (sum < 2 ** 52 ? [] : [state])));
}
