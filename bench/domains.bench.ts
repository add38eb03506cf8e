import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { currentParts } from '../src/catalog/sourceState.ts';
import type { EditionManifest, ObjectRef, Snapshot } from '../src/catalog/types.ts';
import type { SemanticModel } from '../src/model/types.ts';
import { keep, measuredProcess, summary, type Use } from './support.ts';

/**
 * What does building a domain cube cost against one hand-written DuckDB statement that makes the same cells? On a
 * made-up country, taken in once. Beside `flis publish` a script with one COPY of `domains/<cube>.sql`, on the same
 * snapshots, with as many threads and as much memory: no definitions read, no hash checked, no coverage, no frozen
 * model, no signed edition. Both must give the same total of every component in every period before a time is kept.
 */
const scale = process.env.SCALE ?? '0.1';
const months = process.env.MONTHS ?? '12';
const runs = Number(process.env.RUNS ?? 3);
const memory = process.env.FLIS_MEMORY ?? '4GB';
/** Only the question whether both say the same. */
const onlyCheck = process.env.ONLY === 'check';
/** A workspace that is kept from one run to the next, since taking in a country takes longest. */
const kept = process.env.WORKSPACE ?? null;

const project = process.cwd();
const flis = join(project, 'dist', 'flis.js');
const byHandFolder = join(project, 'bench', 'domains');
const written = readdirSync(byHandFolder)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length));
const cubes = (process.env.CUBES?.split(',') ?? written).filter((cube) =>
  existsSync(join('cubes', `${cube}.yaml`)),
);

const environment = { ...process.env, FLIS_MEMORY: memory };
const execute = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [flis, ...args], {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** A country taken in: definitions of this checkout, snapshots, and no deliveries left to look at. */
function workspaceWithSnapshots(): string {
  const root = kept ?? mkdtempSync(join(tmpdir(), 'flis-bench-'));
  for (const folder of ['kpi-definitions', 'cubes', 'data/classifications']) {
    rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const folder of ['kpi-definitions', 'data/classifications'])
    cpSync(folder, join(root, folder), { recursive: true });
  for (const file of readdirSync('cubes'))
    if (file.endsWith('.yaml')) cpSync(join('cubes', file), join(root, 'cubes', file));
  if (existsSync(join(root, 'data', 'snapshots'))) return root;
  const deliveries = join(root, 'in');
  execute('synthesize', '--scale', scale, '--months', months, '--to', deliveries, '--root', root);
  const files = [join('data', 'deliveries'), deliveries].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => /\.(csv|parquet)$/.test(file))
      .map((file) => join(folder, file)),
  );
  execute('ingest', ...files, '--root', root);
  rmSync(deliveries, { recursive: true });
  return root;
}

const objectIn = (folder: string, { sha256 }: Pick<ObjectRef, 'sha256'>): string =>
  join(folder, 'objects', sha256.slice(0, 2), sha256);

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** The present rows of a source, as a statement by hand would read them. */
function presentRows(root: string, model: SemanticModel, id: string): string {
  const source = model.sources[id];
  if (!source) throw new Error(`there is no source ${id}`);
  const store = join(root, 'data', 'snapshots');
  const manifests = readdirSync(join(store, id)).filter((file) => file.endsWith('.json'));
  const snapshots = manifests.map((file) => readJson<Snapshot>(join(store, id, file)));
  const parts = currentParts(snapshots, source);
  const whole = parts.filter(({ periods }) => periods === null);
  const files = (of: readonly { readonly snapshot: Snapshot }[]) =>
    of.map(({ snapshot }) => `'${objectIn(store, snapshot.file)}'`).join(', ');
  if (whole.length === parts.length) return `read_parquet([${files(parts)}])`;
  const selects = parts.map(
    (part) =>
      `select * from read_parquet([${files([part])}])${part.periods ? ` where periode in (${part.periods.map((period) => `'${period}'`).join(', ')})` : ''}`,
  );
  return `(${selects.join(' union all ')})`;
}

/** A program with one statement and nothing else. */
function byHand(root: string, cube: string, model: SemanticModel): { program: string; output: string } {
  const output = join(root, `${cube}-by-hand.parquet`);
  const written = readFileSync(join(byHandFolder, `${cube}.sql`), 'utf8');
  const sql = written.replaceAll(/\{\{(.+?)\}\}/g, (_, id: string) => presentRows(root, model, id));
  const statement = `copy (\n${sql}\n) to '${output}' (format parquet, compression zstd)`;
  return { program: scriptOf(root, cube, statement), output };
}

function scriptOf(root: string, name: string, statement: string): string {
  const program = join(root, `${name}-by-hand.mjs`);
  const client = join(project, 'node_modules', '@duckdb', 'node-api', 'lib', 'index.js');
  writeFileSync(
    program,
    `import api from ${JSON.stringify(client)};
const options = ${JSON.stringify({ threads: String(availableParallelism()), memory_limit: memory, temp_directory: join(root, 'spilled') })};
const connection = await (await api.DuckDBInstance.create(':memory:', options)).connect();
await connection.run(${JSON.stringify(statement)});
`,
  );
  return program;
}

function newestEdition(root: string, cube: string): EditionManifest {
  const folder = join(root, 'cubes', 'published', cube, 'editions');
  const newest = readdirSync(folder)
    .filter((file) => /^\d{8}\.json$/.test(file))
    .sort()
    .at(-1);
  const { payload } = readJson<{ readonly payload: string }>(join(folder, newest ?? ''));
  return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')).predicate as EditionManifest;
}

/** Component and period to its total, and in how many cells it is not 0. */
type Totals = ReadonlyMap<string, string>;

async function totalsOf(from: string, columns: readonly (readonly [string, string])[]): Promise<Totals> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const totals = new Map<string, string>();
  for (const [component, column] of columns) {
    const found = await connection.runAndReadAll(
      `select periode, cast(sum("${column}") as decimal(38, 4)), count(*) filter ("${column}" <> 0) from ${from} group by 1 having count(*) filter ("${column}" <> 0) > 0`,
    );
    for (const [period, total, cells] of found.getRows())
      totals.set(`${component} ${String(period)}`, `${String(total)} in ${String(cells)} cells`);
  }
  connection.closeSync();
  instance.closeSync();
  return totals;
}

async function columnsOf(file: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(`describe select * from read_parquet('${file}')`);
  const columns = found.getRows().map(([name]) => String(name));
  connection.closeSync();
  instance.closeSync();
  return columns.filter((column) => column.includes('.'));
}

interface Comparison {
  readonly components: number;
  readonly compared: number;
  /** Of the cube but not of the statement: the race is unfair to us where there are any. */
  readonly notByHand: readonly string[];
  readonly totals: number;
}

/** Every component that is written by hand is one of the cube, and both say the same of it in every period. */
async function compare(
  root: string,
  edition: EditionManifest,
  model: SemanticModel,
  output: string,
): Promise<Comparison> {
  const store = join(root, 'cubes', 'published');
  const written = await columnsOf(output);
  const measures = Object.values(model.measures);
  const tables = new Map(edition.tables.map((table) => [table.source, table]));
  const stateOf = new Map(measures.map(({ id, source, state }) => [id, `${source} ${state}`]));
  const covered = new Set(written.map((id) => stateOf.get(id)));
  const wanted = measures.filter(({ source }) => tables.has(source));
  const ours = new Map<string, string>();
  for (const id of written) {
    const measure = model.measures[id];
    const table = measure && tables.get(measure.source);
    if (!measure) throw new Error(`${edition.cube} makes no component ${id}`);
    // Rows that hold no period yet have no cells, and by hand there must be none either.
    if (!table) continue;
    const files = table.parts.map(({ file }) => `'${objectIn(store, file)}'`);
    for (const [key, total] of await totalsOf(`read_parquet([${files.join(', ')}])`, [[id, measure.state]]))
      ours.set(key, total);
  }
  const theirs = await totalsOf(
    `read_parquet('${output}')`,
    written.map((id) => [id, id]),
  );
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (key) => ours.get(key) !== theirs.get(key),
  );
  if (different.length > 0) {
    const shown = different
      .slice(0, 20)
      .map((key) => `${key}: ${ours.get(key) ?? 'nothing'}, by hand ${theirs.get(key) ?? 'nothing'}`);
    throw new Error(`${edition.cube} differs in ${different.length} totals\n${shown.join('\n')}`);
  }
  return {
    components: new Set(wanted.map(({ id }) => stateOf.get(id))).size,
    compared: written.length,
    notByHand: [
      ...new Map(
        wanted
          .filter(({ id }) => !covered.has(stateOf.get(id)))
          .map(({ id }) => [stateOf.get(id), id] as const),
      ).values(),
    ],
    totals: ours.size,
  };
}

/** Nothing published, so that no table is taken over. */
function forgetPublished(root: string): void {
  rmSync(join(root, 'cubes', 'published'), { recursive: true, force: true });
  // What was seen there is forgotten with it, or the publisher would take it for a store that was set back.
  rmSync(join(root, '.flis'), { recursive: true, force: true });
}

function publishAnew(root: string, cube: string): Use {
  forgetPublished(root);
  return measuredProcess(flis, ['publish', cube, '--root', root], environment);
}

/** The same without gates, which ask what has been built and build nothing: what a statement by hand is compared with. */
function buildAnew(root: string, cube: string): Use {
  forgetPublished(root);
  const program = join(root, 'build.mjs');
  const outside = `{ root: ${JSON.stringify(root)}, memory: ${JSON.stringify(memory)}, now: () => new Date(), process: { id: process.pid, isAlive: () => false }, progress: () => {} }`;
  writeFileSync(
    program,
    `import { publish } from ${JSON.stringify(join(project, 'dist', 'index.js'))};
const options = { cubes: [${JSON.stringify(cube)}], period: null, dryRun: false, gates: false };
const { value, diagnostics } = await publish(${outside}, options);
if (value?.cubes[0]?.outcome !== 'published') throw new Error(JSON.stringify(diagnostics));
`,
  );
  return measuredProcess(program, [], environment);
}

const use = (list: readonly Use[]) => ({
  milliseconds: summary(list.map(({ clock }) => clock)),
  processorMilliseconds: summary(list.map(({ processor }) => processor)),
  mostMegabytes: summary(list.map(({ megabytes }) => megabytes)),
});

const loadAverage = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
const ratio = (a: number, b: number): number => Math.round((a / b) * 100) / 100;

const root = workspaceWithSnapshots();
/** What starting Node and DuckDB costs whoever writes a script. */
const idle = measuredProcess(scriptOf(root, 'idle', 'select 1'), [], environment);
const measured: Record<string, unknown> = {};
const question =
  'What does building a domain cube cost against one hand-written statement that makes the same cells?';
let passed = 0;
let failed = 0;
for (const cube of cubes) {
  const first = publishAnew(root, cube);
  const edition = newestEdition(root, cube);
  const model = readJson<SemanticModel>(objectIn(join(root, 'cubes', 'published'), edition.model));
  const { program, output } = byHand(root, cube, model);
  try {
    const firstByHand = measuredProcess(program, [], environment);
    const compared = await compare(root, edition, model, output);
    passed += 1;
    console.log(
      `${cube}: ${compared.totals} totals of ${compared.compared} of ${compared.components} components are the same${compared.notByHand.length > 0 ? `; not by hand: ${compared.notByHand.join(', ')}` : ''}`,
    );
    if (onlyCheck) continue;
    const [published, hand] = [[first], [firstByHand]];
    const before = loadAverage();
    // What a publish costs that finds nothing new: the program, the definitions, the manifests.
    const unchanged = [measuredProcess(flis, ['publish', cube, '--root', root], environment)];
    const built = [buildAnew(root, cube)];
    for (let run = 1; run < runs; run += 1) {
      published.push(publishAnew(root, cube));
      built.push(buildAnew(root, cube));
      hand.push(measuredProcess(program, [], environment));
    }
    const [ours, building, nothingNew, theirs] = [use(published), use(built), use(unchanged), use(hand)];
    measured[cube] = {
      sources: edition.inputs.length,
      cells: edition.tables.flatMap(({ parts }) => parts).reduce((sum, { rows }) => sum + rows, 0),
      ...compared,
      publish: ours,
      publishWithoutGates: building,
      publishWithNothingNew: nothingNew,
      byHand: theirs,
      ratioOfProcessor: ratio(ours.processorMilliseconds.median, theirs.processorMilliseconds.median),
      /** Of what is left of both without what each costs with nothing to do: gates ask, and build nothing. */
      ratioOfBuilding: ratio(
        building.processorMilliseconds.median - nothingNew.processorMilliseconds.median,
        theirs.processorMilliseconds.median - idle.processor,
      ),
      ratioOfMemory: ratio(building.mostMegabytes.median, theirs.mostMegabytes.median),
      ratioOfClock: ratio(ours.milliseconds.median, theirs.milliseconds.median),
      loadAverage: [before, loadAverage()],
    };
    // After each cube, since all nine take an hour where others work on the machine.
    keep('domains', question, { scale, months, memory, idleByHand: idle, measured });
  } catch (error) {
    failed += 1;
    console.error(error instanceof Error ? error.message : error);
  }
}
if (kept === null) rmSync(root, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
