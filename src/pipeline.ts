/**
 * The way through, in order.
 *
 *   definitions   kpi-definitions/ cubes/ data/classifications/
 *                    -> readDefinitions -> buildModel (formulas parsed, names, units, rules)      = SemanticModel
 *   production    delivery -> ingestDelivery (recognise, claim rows, check, write, commit)        = Snapshot
 *                 model + snapshots -> inputsOf -> planCells -> lowerCells -> printSql -> engine  = CubeVersion
 *                 version -> reconcile -> claim the next number                                   = Edition
 *   question      request -> bindQuery -> routeQuery -> planQuery -> lowerFact -> printSql
 *                    -> engine (components as Arrow) -> finish (formula, status, coverage)         = Answer
 *
 * Files and SQL are met at the ends only; all between is pure.
 */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { findEdition, publishedCubes, readEditions } from './catalog/editions.ts';
import { readReceipts } from './catalog/receipts.ts';
import { readSnapshots } from './catalog/snapshots.ts';
import type { EditionManifest, Receipt, ReconciliationResult, Snapshot, Table } from './catalog/types.ts';
import { diagnostic } from './diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { didYouMean } from './diagnostics/nearName.ts';
import { buildModel } from './model/buildModel.ts';
import type { SemanticModel } from './model/types.ts';
import { hasNewParts, publishCube } from './publish/publishCube.ts';
import { type PublishedCube, type PublishRun, reportOf, startRun } from './publish/run.ts';
import type { Answer } from './query/answer.ts';
import { requestTexts } from './query/place.ts';
import type { Request } from './query/request.ts';
import { type AskContext, ask, prepareQuery } from './serve/ask.ts';
import {
  countDifferences,
  type DifferenceCount,
  type DifferentCell,
  differentCells,
} from './serve/difference.ts';
import { type Explanation, explainFigure, printStatements } from './serve/explain.ts';
import { type OpenEdition, openEdition } from './serve/openEdition.ts';
import { reconcile } from './serve/reconcile.ts';
import { rebuild, type VerifiedEdition, verifyFiles } from './serve/verify.ts';
import { openWorkspace, readDefinitionFiles, type Workspace } from './serve/workspace.ts';
import type { Dialect } from './sql/dialect.ts';
import type { Delivery } from './supply/delivery.ts';
import { deliveryFolder } from './supply/deliveryFolder.ts';
import type { IngestContext } from './supply/ingest.ts';
import type { SynthesizedFile } from './supply/synthesize/writeDeliveries.ts';
import { version } from './version.ts';

// --- the outside -----------------------------------------------------------------------------------

/** What a run is handed from outside; no room looks for it itself. */
export interface Outside {
  /** The workspace, absolute. */
  readonly root: string;
  readonly now: () => Date;
  /** This process and a way to see whether another lives, for sweeping what killed runs left. */
  readonly process: { readonly id: number; readonly isAlive: (id: number) => boolean };
  readonly progress: (step: { readonly text: string; readonly done?: number; readonly of?: number }) => void;
}

/** A value, what is to be said, and the texts that places point into. */
export interface Outcome<T> extends Checked<T> {
  readonly texts: ReadonlyMap<string, string>;
}

async function withWorkspace<T>(
  outside: Outside,
  work: (workspace: Workspace) => Promise<T>,
  dataRoot = outside.root,
): Promise<T> {
  const { id, isAlive } = outside.process;
  const workspace = openWorkspace(outside.root, { own: id, isAlive, now: outside.now }, dataRoot);
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

// --- definitions -----------------------------------------------------------------------------------

/** Definitions of a workspace to its model; with every diagnostic there is. */
export async function loadModel(workspace: Workspace): Promise<Outcome<SemanticModel>> {
  const { readDefinitions } = await import('./definitions/readDefinitions.ts');
  const files = await readDefinitionFiles(workspace.root);
  const model = buildModel(readDefinitions(files), await workspace.parser());
  return { ...model, texts: new Map(files.map(({ file, text }) => [file, text])) };
}

export interface CheckReport {
  readonly counts: Readonly<Record<'classification' | 'dimension' | 'source' | 'kpi' | 'cube', number>>;
}

/** All definitions checked; `paths` limits what is told to files at or below them, not what is read. */
export async function check(outside: Outside, paths: readonly string[]): Promise<Outcome<CheckReport>> {
  return withWorkspace(outside, async (workspace) => {
    const { value, diagnostics, texts } = await loadModel(workspace);
    const wanted = paths.map((path) => relative(outside.root, path).replaceAll('\\', '/'));
    const told = diagnostics.filter(
      ({ span }) =>
        wanted.length === 0 ||
        wanted.some((path) => path === '' || span?.file === path || span?.file.startsWith(`${path}/`)),
    );
    const unknown = wanted.filter(
      (path) =>
        path !== '' && ![...texts.keys()].some((file) => file === path || file.startsWith(`${path}/`)),
    );
    const missing = unknown.map((path) =>
      diagnostic(
        'no-such-file',
        `There is no definition at "${path}".`,
        hintOf(didYouMean(path, texts.keys())),
      ),
    );
    const counts = {
      classification: Object.keys(value?.classifications ?? {}).length,
      dimension: Object.keys(value?.dimensions ?? {}).length,
      source: Object.keys(value?.sources ?? {}).length,
      kpi: Object.keys(value?.kpis ?? {}).length,
      cube: Object.keys(value?.cubes ?? {}).length,
    };
    return {
      ...(hasErrors([...told, ...missing]) ? {} : { value: { counts } }),
      diagnostics: [...told, ...missing],
      texts,
    };
  });
}

const hintOf = (hint: string | undefined) => (hint === undefined ? {} : { hint });

// --- production ------------------------------------------------------------------------------------

/** A question needs none of this, and a cold start is mostly the loading of code. */
const production = () => Promise.all([import('./supply/ingest.ts'), import('./supply/listDeliveries.ts')]);

async function ingestContext(
  workspace: Workspace,
  model: SemanticModel,
  outside: Outside,
): Promise<IngestContext> {
  const engine = await workspace.engine('build');
  return {
    sources: Object.values(model.sources),
    classifications: model.classifications,
    dimensions: model.dimensions,
    store: workspace.snapshotStore,
    writeTable: engine.writeTable,
    readForeignParquet: engine.readForeignParquet,
    now: outside.now,
  };
}

/** Deliveries named on the command line, one by one, each to its snapshots or a refusal that says why. */
export async function ingest(
  outside: Outside,
  files: readonly string[],
  options: { readonly source: string | null; readonly received: string | null },
): Promise<Outcome<readonly Receipt[]>> {
  return withWorkspace(outside, async (workspace) => {
    const { value: model, diagnostics: found, texts } = await loadModel(workspace);
    if (!model) return { diagnostics: found, texts };
    const diagnostics: Diagnostic[] = [];
    const only = options.source === null ? null : (model.sources[options.source] ?? null);
    if (options.source !== null && only === null) {
      const span = { file: '--source', start: 0, end: options.source.length };
      diagnostics.push(
        diagnostic('unknown-source', `There is no source named "${options.source}".`, {
          span,
          ...hintOf(didYouMean(options.source, Object.keys(model.sources))),
        }),
      );
    }
    if (options.received !== null && Number.isNaN(Date.parse(options.received))) {
      const span = { file: '--received', start: 0, end: options.received.length };
      diagnostics.push(
        diagnostic('bad-time', `"${options.received}" is not a time.`, {
          span,
          hint: 'write it like 2026-08-19T05:03:20Z',
        }),
      );
    }
    const optionTexts = new Map([
      ...texts,
      ['--source', options.source ?? ''],
      ['--received', options.received ?? ''],
    ]);
    if (hasErrors(diagnostics)) return { diagnostics, texts: optionTexts };
    await workspace.snapshotStore.sweep();
    const [{ ingestDelivery }] = await production();
    const context = await ingestContext(workspace, model, outside);
    const receipts: Receipt[] = [];
    for (const file of files) {
      outside.progress({ text: `reading ${basename(file)}`, done: receipts.length, of: files.length });
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) {
        diagnostics.push(diagnostic('no-such-file', `There is no file "${file}" that can be read.`));
        continue;
      }
      const received = options.received === null ? null : new Date(options.received).toISOString();
      const delivery: Delivery = {
        name: basename(file),
        label: file,
        bytes,
        received,
        sender: null,
        synthetic: false,
      };
      const result = await ingestDelivery(delivery, context, only);
      diagnostics.push(...result.diagnostics);
      if (result.receipt) receipts.push(result.receipt);
    }
    return { value: receipts, diagnostics, texts: optionTexts };
  });
}

export interface PublishReport {
  readonly dryRun: boolean;
  readonly receipts: readonly Receipt[];
  readonly cubes: readonly PublishedCube[];
}

/**
 * The month's work: deliveries that have not been taken yet, in order of receipt, and after each one an
 * edition of every cube that it changed. A dry run does the same in a copy of the stores.
 */
export async function publish(
  outside: Outside,
  options: { readonly cubes: readonly string[]; readonly period: string | null; readonly dryRun: boolean },
): Promise<Outcome<PublishReport>> {
  if (!options.dryRun) return publishIn(outside, options, outside.root);
  const copy = await mkdtemp(join(tmpdir(), 'flis-dry-run-'));
  try {
    for (const folder of ['data/snapshots', 'cubes/published']) {
      await cp(join(outside.root, folder), join(copy, folder), { recursive: true }).catch(
        (error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
        },
      );
    }
    return await publishIn(outside, options, copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function publishIn(
  outside: Outside,
  options: { readonly cubes: readonly string[]; readonly period: string | null; readonly dryRun: boolean },
  dataRoot: string,
): Promise<Outcome<PublishReport>> {
  return withWorkspace(
    outside,
    async (workspace) => {
      const { value: model, diagnostics: found, texts } = await loadModel(workspace);
      if (!model) return { diagnostics: found, texts };
      const unknown = options.cubes
        .filter((cube) => !model.cubes[cube])
        .map((cube) => unknownCube(cube, Object.keys(model.cubes)));
      if (unknown.length > 0) return { diagnostics: unknown, texts };
      const [{ ingestDelivery }, { listDeliveries }] = await production();
      await workspace.snapshotStore.sweep();
      await workspace.editionStore.sweep();

      const diagnostics: Diagnostic[] = [...found];
      const receipts: Receipt[] = [];
      const run = startRun(options.cubes.length > 0 ? options.cubes : Object.keys(model.cubes));
      const waiting = await listDeliveries(
        deliveryFolder(join(outside.root, 'data', 'deliveries'), 'data/deliveries'),
      );
      diagnostics.push(...waiting.diagnostics);
      const context = await ingestContext(workspace, model, outside);
      const publishCubes = (which: 'delivered' | 'all') =>
        publishChanged(outside, workspace, model, run, which, options.period);
      // What a run took and was killed before publishing has an edition of its own, before anything newer.
      diagnostics.push(...(await publishCubes('delivered')));
      for (const [position, delivery] of (waiting.value ?? []).entries()) {
        outside.progress({
          text: `reading ${delivery.name}`,
          done: position,
          of: waiting.value?.length ?? 0,
        });
        const bytes = await readFile(join(outside.root, 'data', 'deliveries', delivery.path));
        const result = await ingestDelivery({ ...delivery, label: delivery.file, bytes }, context);
        if (result.alreadyReceived) continue;
        diagnostics.push(...result.diagnostics);
        if (result.receipt) receipts.push(result.receipt);
        if (result.snapshots.length > 0) diagnostics.push(...(await publishCubes('delivered')));
        if (hasErrors(run.faults)) break;
      }
      diagnostics.push(...(await publishCubes('all')));
      const value: PublishReport = { dryRun: options.dryRun, receipts, cubes: reportOf(run, model) };
      return {
        ...(hasErrors(run.faults) ? {} : { value }),
        diagnostics,
        texts: new Map([...texts, ...waiting.texts]),
      };
    },
    dataRoot,
  );
}

/** Tries the cubes of which something new has been delivered, or all, since definitions may have changed. */
async function publishChanged(
  outside: Outside,
  workspace: Workspace,
  model: SemanticModel,
  run: PublishRun,
  which: 'delivered' | 'all',
  period: string | null,
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const id of run.results.keys()) {
    const cube = model.cubes[id];
    if (!cube) continue;
    const snapshots = await snapshotsOf(workspace, cube.sources);
    const editions = await readEditions(workspace.editionStore, id);
    diagnostics.push(...snapshots.diagnostics, ...editions.diagnostics);
    if (!snapshots.value || hasErrors(editions.diagnostics)) continue;
    const current = editions.value?.at(-1) ?? null;
    if (which === 'delivered' && !hasNewParts(model, cube, snapshots.value, current)) continue;
    outside.progress({ text: `building ${id}` });
    const { snapshotStore, editionStore, verified } = workspace;
    const engine = await workspace.engine('build');
    const result = await publishCube(model, cube, snapshots.value, {
      engine,
      snapshotStore,
      editionStore,
      verified,
      builder: version,
      now: outside.now,
      period,
      reconcile: (draft) =>
        reconcileVersion(draft, {
          stores: { snapshotStore, editionStore, verified },
          engine: async () => engine,
          parse: null,
        }),
    });
    diagnostics.push(...result.diagnostics);
    if (result.value) run.results.get(id)?.push(result.value);
  }
  run.faults.push(...diagnostics);
  return diagnostics;
}

async function reconcileVersion(
  draft: EditionManifest,
  context: AskContext,
): Promise<Checked<readonly ReconciliationResult[]>> {
  const version = await openEdition(draft, context.stores);
  return version.value ? reconcile(version.value, context) : { diagnostics: version.diagnostics };
}

async function snapshotsOf(
  workspace: Workspace,
  sources: readonly string[],
): Promise<Checked<ReadonlyMap<string, readonly Snapshot[]>>> {
  const receipts = await readReceipts(workspace.snapshotStore);
  const diagnostics: Diagnostic[] = [...receipts.diagnostics];
  const snapshots = new Map<string, readonly Snapshot[]>();
  for (const source of sources) {
    const read = await readSnapshots(workspace.snapshotStore, source, receipts.value ?? []);
    diagnostics.push(...read.diagnostics);
    snapshots.set(source, read.value ?? []);
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: snapshots, diagnostics };
}

// --- questions -------------------------------------------------------------------------------------

function unknownCube(cube: string, known: readonly string[]): Diagnostic {
  const hint = didYouMean(cube, known) ?? (known.length > 0 ? `there are ${known.join(', ')}` : undefined);
  return diagnostic('unknown-cube', `There is no cube named "${cube}".`, {
    span: { file: 'CUBE', start: 0, end: cube.length },
    ...hintOf(hint),
  });
}

/** Editions of a cube, told apart from a cube that nobody has heard of. */
async function editionsOf(workspace: Workspace, cube: string): Promise<Checked<readonly EditionManifest[]>> {
  const editions = await readEditions(workspace.editionStore, cube);
  if ((editions.value?.length ?? 0) > 0 || hasErrors(editions.diagnostics)) return editions;
  const defined = (await readDefinitionFiles(workspace.root))
    .filter(({ file }) => file.startsWith('cubes/'))
    .map(({ file }) => basename(file).replace(/\.ya?ml$/, ''));
  const known = [...new Set([...(await publishedCubes(workspace.editionStore)), ...defined])];
  if (known.includes(cube)) return editions;
  return { diagnostics: [unknownCube(cube, known)] };
}

async function openNamed(
  workspace: Workspace,
  cube: string,
  name: string | null,
): Promise<Checked<OpenEdition>> {
  const editions = await editionsOf(workspace, cube);
  if (!editions.value || hasErrors(editions.diagnostics)) return { diagnostics: editions.diagnostics };
  const found = findEdition(cube, editions.value, name);
  if (!found.value) return { diagnostics: found.diagnostics };
  return openEdition(found.value, workspace);
}

async function askContext(workspace: Workspace, request: Pick<Request, 'where'>): Promise<AskContext> {
  return {
    stores: workspace,
    engine: () => workspace.engine('ask'),
    parse: request.where === undefined ? null : await workspace.parser(),
  };
}

const textsOf = (request: Request, edition: string | null): ReadonlyMap<string, string> =>
  new Map([...requestTexts(request), ['--edition', edition ?? '']]);

/** A question to an edition; the newest one where none is named. */
export async function query(
  outside: Outside,
  request: Request,
  edition: string | null,
): Promise<Outcome<Answer>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = textsOf(request, edition);
    // The engine takes longest to load, so it starts while manifests are read; a fault there is told when it is used.
    workspace.engine('ask').catch(() => undefined);
    const opened = await openNamed(workspace, request.cube, edition);
    if (!opened.value) return { diagnostics: opened.diagnostics, texts };
    return { ...(await ask(opened.value, request, await askContext(workspace, request))), texts };
  });
}

export async function editions(
  outside: Outside,
  cube: string | null,
): Promise<Outcome<readonly EditionManifest[]>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map([['CUBE', cube ?? '']]);
    if (cube !== null) return { ...(await editionsOf(workspace, cube)), texts };
    const all: EditionManifest[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const each of await publishedCubes(workspace.editionStore)) {
      const read = await readEditions(workspace.editionStore, each);
      all.push(...(read.value ?? []));
      diagnostics.push(...read.diagnostics);
    }
    return { value: all, diagnostics, texts };
  });
}

/** The statements of a question as a person can run them, values written in. */
export async function sql(
  outside: Outside,
  request: Request,
  options: { readonly edition: string | null; readonly dialect: string },
): Promise<Outcome<string>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map([...textsOf(request, options.edition), ['--dialect', options.dialect]]);
    const dialect = await dialectNamed(options.dialect);
    if (!dialect.value) return { diagnostics: dialect.diagnostics, texts };
    const chosen = dialect.value;
    const opened = await openNamed(workspace, request.cube, options.edition);
    if (!opened.value) return { diagnostics: opened.diagnostics, texts };
    const prepared = await prepareQuery(opened.value, request, await askContext(workspace, request));
    if (!prepared.value) return { diagnostics: prepared.diagnostics, texts };
    return {
      value: printStatements(prepared.value.statements, chosen),
      diagnostics: prepared.diagnostics,
      texts,
    };
  });
}

async function dialectNamed(name: string): Promise<Checked<Dialect>> {
  if (name === 'duckdb')
    return { value: (await import('./engine/duckdb/dialect.ts')).duckDbDialect, diagnostics: [] };
  if (name === 'clickhouse')
    return { value: (await import('./engine/clickhouse/dialect.ts')).clickHouseDialect, diagnostics: [] };
  const span = { file: '--dialect', start: 0, end: name.length };
  const hint = didYouMean(name, ['duckdb', 'clickhouse']) ?? 'there are duckdb and clickhouse';
  return {
    diagnostics: [diagnostic('unknown-dialect', `There is no SQL dialect named "${name}".`, { span, hint })],
  };
}

// --- explaining ------------------------------------------------------------------------------------

export interface ExplainQuestion {
  readonly cube: string;
  readonly kpi: string;
  readonly where: string | null;
  readonly period: string | null;
  readonly hierarchy: string | null;
  readonly edition: string | null;
}

/** One figure followed down: formula, components, plan in words, SQL, and the snapshots it stands on. */
export async function explain(outside: Outside, question: ExplainQuestion): Promise<Outcome<Explanation>> {
  return withWorkspace(outside, async (workspace) => {
    const { cube, kpi, where, period, hierarchy, edition } = question;
    const request: Request = {
      cube,
      kpis: [kpi],
      by: [],
      ...(where === null ? {} : { where }),
      ...(period === null ? {} : { period }),
      ...(hierarchy === null ? {} : { hierarchy }),
    };
    const texts = textsOf(request, edition);
    const opened = await openNamed(workspace, cube, edition);
    const dialect = await dialectNamed('duckdb');
    if (!opened.value || !dialect.value) return { diagnostics: opened.diagnostics, texts };
    return {
      ...(await explainFigure(opened.value, request, dialect.value, await askContext(workspace, request))),
      texts,
    };
  });
}

// --- comparing and verifying -----------------------------------------------------------------------

export interface Difference {
  readonly cube: string;
  readonly from: string;
  readonly to: string;
  readonly summary: readonly DifferenceCount[];
  readonly cells: readonly DifferentCell[];
}

/** Which cells differ between two editions; the current one where `to` is null. */
export async function diff(
  outside: Outside,
  cube: string,
  from: string,
  to: string | null,
): Promise<Outcome<Difference>> {
  return withWorkspace(outside, async (workspace) => {
    const textsWith = (edition: string | null) => textsOf({ cube, kpis: [], by: [] }, edition);
    const left = await openNamed(workspace, cube, from);
    if (!left.value) return { diagnostics: left.diagnostics, texts: textsWith(from) };
    const texts = textsWith(to);
    const right = await openNamed(workspace, cube, to);
    if (!right.value) return { diagnostics: right.diagnostics, texts };
    const cells = await differentCells(left.value, right.value, await askContext(workspace, {}));
    if (!cells.value) return { diagnostics: cells.diagnostics, texts };
    return {
      value: {
        cube,
        from: left.value.manifest.id,
        to: right.value.manifest.id,
        summary: countDifferences(cells.value),
        cells: cells.value,
      },
      diagnostics: [],
      texts,
    };
  });
}

/** Every file of every edition against its hash; with `rebuild` also that the inputs give the files again. */
export async function verify(
  outside: Outside,
  options: { readonly cube: string | null; readonly edition: string | null; readonly rebuild: boolean },
): Promise<Outcome<readonly VerifiedEdition[]>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map([
      ['CUBE', options.cube ?? ''],
      ['--edition', options.edition ?? ''],
    ]);
    const cubes = options.cube === null ? await publishedCubes(workspace.editionStore) : [options.cube];
    const value: VerifiedEdition[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const cube of cubes) {
      const read = await editionsOf(workspace, cube);
      diagnostics.push(...read.diagnostics);
      const one = options.edition === null ? null : findEdition(cube, read.value ?? [], options.edition);
      if (one) diagnostics.push(...one.diagnostics);
      for (const manifest of one ? [one.value].flatMap((each) => each ?? []) : (read.value ?? [])) {
        outside.progress({ text: `verifying ${cube} ${manifest.id}` });
        const verified = await verifyFiles(manifest, workspace);
        diagnostics.push(...verified.diagnostics);
        const again = options.rebuild && !hasErrors(verified.diagnostics);
        const context = {
          engine: await workspace.engine('build'),
          builder: version,
          snapshotsOf: (sources: readonly string[]) => snapshotsOf(workspace, sources),
        };
        value.push(
          again
            ? { ...verified.value, rebuilt: await rebuild(manifest, workspace, context) }
            : verified.value,
        );
      }
    }
    return { value, diagnostics, texts };
  });
}

// --- made-up deliveries ----------------------------------------------------------------------------

const shapes = ['star'] as const;

/** Writes deliveries of the shape of real ones, every name marked, with a receipt beside each. */
export async function synthesize(
  outside: Outside,
  options: { readonly like: string; readonly releases: number; readonly to: string; readonly seed: number },
): Promise<Outcome<readonly SynthesizedFile[]>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map([['--like', options.like]]);
    if (!(shapes as readonly string[]).includes(options.like)) {
      const span = { file: '--like', start: 0, end: options.like.length };
      const hint = didYouMean(options.like, shapes) ?? `there is ${shapes.join(', ')}`;
      return {
        diagnostics: [
          diagnostic('unknown-shape', `Nothing can be made up like "${options.like}".`, { span, hint }),
        ],
        texts,
      };
    }
    const { value: model, diagnostics, texts: definitions } = await loadModel(workspace);
    if (!model) return { diagnostics, texts: definitions };
    const { writeStarDeliveries } = await import('./supply/synthesize/writeDeliveries.ts');
    const value = await writeStarDeliveries(options, model.classifications.kommune?.members ?? []);
    return { value, diagnostics: [], texts };
  });
}

/** A table as a Parquet file at a path of the caller's. */
export async function writeParquet(table: Table, path: string): Promise<void> {
  const { openDuckDb } = await import('./engine/duckdb/driver.ts');
  const folder = dirname(path);
  const engine = await openDuckDb({
    folders: [folder],
    writable: [folder],
    temporaryFolder: folder,
    threads: 1,
    memoryLimit: '1GB',
  });
  try {
    await engine.writeTable(table, path);
  } finally {
    engine.close();
  }
}
