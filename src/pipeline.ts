/**
 * The way through, in order.
 *
 *   definitions   kpi-definitions/ cubes/ data/classifications/
 *                    -> readDefinitions -> buildModel (formulas parsed, names, units, rules)      = SemanticModel
 *   production    delivery -> ingestDelivery (recognise, claim rows, check, write, commit)        = Snapshot
 *                 model + snapshots -> inputsOf -> planCells (rows made of rows are steps of it)
 *                    -> lowerCells -> printSql -> engine; who delivered beside them               = CubeVersion
 *                 version -> reconcile -> gates -> claim the next number                           = Edition
 *   question      request -> bindQuery (formulas become uses of measures, each with its periods)
 *                    -> routeQuery -> planQuery -> lowerPlan -> printSql
 *                    -> engine (components as Arrow) -> finish (formula, status, coverage)         = Answer
 *
 * Files and SQL are met at the ends only; all between is pure.
 */
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, open as openFile, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readEdition, readLatestEdition } from './catalog/editions.ts';
import { remember, standingOf } from './catalog/shelf.ts';
import type { EditionManifest, Receipt, ReconciliationResult } from './catalog/types.ts';
import type { WhichEdition } from './catalog/visible.ts';
import { diagnostic } from './diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { didYouMean } from './diagnostics/nearName.ts';
import { lookUp } from './model/lookUp.ts';
import { isDelivered } from './model/relations.ts';
import type { SemanticModel } from './model/types.ts';
import { onDemand } from './pipeline/onDemand.ts';
import { askContext, openNamed, textsOf, unknownCube } from './pipeline/opened.ts';
import {
  hintOf,
  loadModel,
  type Outcome,
  type Outside,
  snapshotsOf,
  withWorkspace,
} from './pipeline/outside.ts';
import { asksOfPast, type Past } from './pipeline/past.ts';
import type { Signing } from './pipeline/signing.ts';
import type { TriedKpi, TryQuestion } from './pipeline/tryKpi.ts';
import type { Approval } from './publish/gates/overrule.ts';
import type { PublishedCube, PublishRun } from './publish/run.ts';
import type { Answer } from './query/answer.ts';
import type { Request } from './query/request.ts';
import { type AskContext, ask } from './serve/ask.ts';
import { openEdition } from './serve/openEdition.ts';
import type { Workspace } from './serve/workspace.ts';
import type { Delivery } from './supply/delivery.ts';
import { deliveryFolder } from './supply/deliveryFolder.ts';
import type { IngestContext } from './supply/ingest.ts';
import type { WaitingDelivery } from './supply/listDeliveries.ts';
import type { Sidecar } from './supply/readSidecar.ts';
import { version } from './version.ts';

// Beside the way, and loaded when it is called for: writing definitions and putting them into force,
export type { AccountLine, AccountsReport } from './pipeline/accounts.ts';
export const accounts = onDemand(() => import('./pipeline/accounts.ts'), 'accounts');
export type { Catalogue, CatalogueVersion } from './pipeline/catalogue.ts';
export const catalogue = onDemand(() => import('./pipeline/catalogue.ts'), 'catalogue');
export const approve = onDemand(() => import('./pipeline/define.ts'), 'approve');
export type { CubeImpact } from './pipeline/impact.ts';
export const impact = onDemand(() => import('./pipeline/impact.ts'), 'impact');
const newKpiFiles = () => import('./pipeline/newKpi.ts');
export const flisRecords = onDemand(newKpiFiles, 'flisRecords');
export const newKpi = onDemand(newKpiFiles, 'newKpi');
export const readRecord = onDemand(newKpiFiles, 'readRecord');

// looking at what is published, and making things up,
export type { Difference, ExplainQuestion } from './pipeline/inspect.ts';

const inspect = () => import('./pipeline/inspect.ts');
export const diff = onDemand(inspect, 'diff');
export const editions = onDemand(inspect, 'editions');
export const explain = onDemand(inspect, 'explain');
export const explainBeside = onDemand(inspect, 'explainBeside');
export const sql = onDemand(inspect, 'sql');
export const verify = onDemand(inspect, 'verify');
export const ledger = onDemand(() => import('./pipeline/ledger.ts'), 'ledger');
export type { ReportQuestion } from './pipeline/ledgerReport.ts';
export const ledgerReport = onDemand(() => import('./pipeline/ledgerReport.ts'), 'ledgerReport');
export type { RevisionQuestion } from './pipeline/revisions.ts';
export const revisions = onDemand(() => import('./pipeline/revisions.ts'), 'revisions');
const make = () => import('./pipeline/make.ts');
export const synthesize = onDemand(make, 'synthesize');
export const synthesizeNational = onDemand(make, 'synthesizeNational');
export const writeParquet = onDemand(make, 'writeParquet');

// who signs, what is taken back, and what lies on the disk.
export type { ChangedKeys, ListedKey, NewKeyOptions, RevokeOptions } from './pipeline/keys.ts';

const keys = () => import('./pipeline/keys.ts');
export const listKeys = onDemand(keys, 'listKeys');
export const newKey = onDemand(keys, 'newKey');
export const revokeKey = onDemand(keys, 'revokeKey');
export const rotateKey = onDemand(keys, 'rotateKey');
export type { Retracted, RetractQuestion } from './pipeline/retract.ts';
export const retract = onDemand(() => import('./pipeline/retract.ts'), 'retract');
export type { FsckReport } from './pipeline/storage.ts';

const storage = () => import('./pipeline/storage.ts');
export const fsck = onDemand(storage, 'fsck');
export const gc = onDemand(storage, 'gc');

export { loadModel, type Outcome, type Outside } from './pipeline/outside.ts';
export type { Past } from './pipeline/past.ts';
export type { TriedKpi, TryQuestion } from './pipeline/tryKpi.ts';

// --- definitions -----------------------------------------------------------------------------------

export type { CheckReport } from './pipeline/check.ts';
export const check = onDemand(() => import('./pipeline/check.ts'), 'check');

// --- production ------------------------------------------------------------------------------------

/** A question needs none of this, and a cold start is mostly the loading of code. */
const supplying = () => Promise.all([import('./supply/ingest.ts'), import('./supply/listDeliveries.ts')]);
async function publishing() {
  const [run, publishCube, signing, gates, reconcile, people] = await Promise.all([
    import('./publish/run.ts'),
    import('./publish/publishCube.ts'),
    import('./pipeline/signing.ts'),
    import('./pipeline/gates.ts'),
    import('./serve/reconcile.ts'),
    import('./pipeline/people.ts'),
  ]);
  return { ...run, ...publishCube, ...signing, ...gates, ...reconcile, ...people };
}

async function ingestContext(
  workspace: Workspace,
  model: SemanticModel,
  outside: Outside,
): Promise<IngestContext> {
  const engine = await workspace.engine('build');
  const { parquetEngine } = await import('./pipeline/parquetEngine.ts');
  return {
    sources: Object.values(model.sources).filter(isDelivered),
    classifications: model.classifications,
    dimensions: model.dimensions,
    store: workspace.snapshotStore,
    writeTable: engine.writeTable,
    parquet: await parquetEngine(engine),
    now: outside.now,
  };
}

/** What stands beside a delivery; nothing where there is no such file. */
async function sidecarOf(file: string): Promise<Checked<Sidecar>> {
  const { readSidecar, sidecarEnding } = await import('./supply/readSidecar.ts');
  const path = `${file}${sidecarEnding}`;
  if (!(await isReadableFile(path))) return { diagnostics: [] };
  return readSidecar(path, await readFile(path, 'utf8'));
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
    const delivered = Object.fromEntries(
      Object.entries(model.sources).filter(([, source]) => isDelivered(source)),
    );
    const only = options.source === null ? null : (lookUp(delivered, options.source) ?? null);
    if (options.source !== null && only === null) {
      const span = { file: '--source', start: 0, end: options.source.length };
      diagnostics.push(
        diagnostic('unknown-source', `There is no source named "${options.source}".`, {
          span,
          ...hintOf(didYouMean(options.source, Object.keys(delivered))),
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
    await workspace.startWriting();
    const [{ ingestDelivery }] = await supplying();
    const context = await ingestContext(workspace, model, outside);
    const receipts: Receipt[] = [];
    for (const file of files) {
      outside.progress({ text: `reading ${basename(file)}`, done: receipts.length, of: files.length });
      if (!(await isReadableFile(file))) {
        diagnostics.push(diagnostic('no-such-file', `There is no file "${file}" that can be read.`));
        continue;
      }
      const beside = await sidecarOf(file);
      diagnostics.push(...beside.diagnostics);
      // Taken at the wrong time it could undo a newer one.
      if (hasErrors(beside.diagnostics)) continue;
      const delivery: Delivery = {
        name: basename(file),
        label: file,
        open: () => createReadStream(file),
        received:
          options.received === null
            ? (beside.value?.received ?? null)
            : new Date(options.received).toISOString(),
        sender: beside.value?.sender ?? null,
        synthetic: beside.value?.synthetic ?? false,
      };
      const result = await ingestDelivery(delivery, context, only);
      diagnostics.push(...result.diagnostics);
      if (result.receipt) receipts.push(result.receipt);
    }
    return { value: receipts, diagnostics, texts: optionTexts };
  });
}

/** Opened for a moment, since rights are best asked of the system by using them. */
async function isReadableFile(path: string): Promise<boolean> {
  const handle = await openFile(path, 'r').catch(() => null);
  const isFile = (await handle?.stat())?.isFile() === true;
  await handle?.close();
  return isFile;
}

export interface PublishReport {
  readonly dryRun: boolean;
  /** The key that was made for a workspace without one, and where its private half lies. */
  readonly newKey: { readonly name: string; readonly folder: string } | null;
  readonly receipts: readonly Receipt[];
  readonly cubes: readonly PublishedCube[];
}

export interface PublishOptions {
  readonly cubes: readonly string[];
  readonly period: string | null;
  readonly dryRun: boolean;
  /** One edition of all that waits, instead of one for each time of receipt. */
  readonly together?: boolean;
  /** What blocks and is published all the same. */
  readonly approvals?: readonly Approval[];
  /** False where nothing is meant for readers. */
  readonly gates?: boolean;
}

/**
 * The month's work: deliveries that have not been taken yet, in order of receipt, and after those of one time
 * an edition of every cube that they changed. A dry run does the same in a copy of the stores.
 */
export async function publish(outside: Outside, options: PublishOptions): Promise<Outcome<PublishReport>> {
  if (!options.dryRun) return publishIn(outside, options, outside.root);
  const copy = await mkdtemp(join(tmpdir(), 'flis-dry-run-'));
  try {
    for (const folder of ['data/snapshots', 'cubes/published']) {
      // What others are just writing, and who they are, is no part of the copy.
      const filter = (path: string) => !basename(path).startsWith('.');
      await cp(join(outside.root, folder), join(copy, folder), { recursive: true, filter }).catch(
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
  options: PublishOptions,
  dataRoot: string,
): Promise<Outcome<PublishReport>> {
  return withWorkspace(
    outside,
    async (workspace) => {
      const { value: model, diagnostics: found, texts } = await loadModel(workspace);
      if (!model) return { diagnostics: found, texts };
      const unknown = options.cubes
        .filter((cube) => !lookUp(model.cubes, cube))
        .map((cube) => unknownCube(cube, Object.keys(model.cubes)));
      if (unknown.length > 0) return { diagnostics: unknown, texts };
      const { gateFaults, passingSigning, reportOf, signingOf, startRun } = await publishing();
      const signed = await (options.dryRun ? passingSigning : signingOf)(workspace, outside.now());
      if (!signed.value) return { diagnostics: [...found, ...signed.diagnostics], texts };
      const signing = signed.value;
      const [{ ingestDelivery }, { listDeliveries }] = await supplying();
      await workspace.startWriting();

      const diagnostics: Diagnostic[] = [...found, ...signed.diagnostics];
      const receipts: Receipt[] = [];
      const run = startRun(
        options.cubes.length > 0 ? options.cubes : Object.keys(model.cubes),
        options.approvals,
      );
      const waiting = await listDeliveries(
        deliveryFolder(join(outside.root, 'data', 'deliveries'), 'data/deliveries'),
      );
      diagnostics.push(...waiting.diagnostics);
      const context = await ingestContext(workspace, model, outside);
      const publishCubes = (which: 'delivered' | 'all') =>
        publishChanged(outside, workspace, signing, model, run, which, options);
      // What a run took and was killed before publishing has an edition of its own, before anything newer.
      diagnostics.push(...(await publishCubes('delivered')));
      let isNew = false;
      for (const [position, delivery] of (waiting.value ?? []).entries()) {
        outside.progress({
          text: `reading ${delivery.name}`,
          done: position,
          of: waiting.value?.length ?? 0,
        });
        const path = join(outside.root, 'data', 'deliveries', delivery.path);
        const open = () => createReadStream(path);
        const result = await ingestDelivery({ ...delivery, label: delivery.file, open }, context);
        if (!result.alreadyReceived) {
          diagnostics.push(...result.diagnostics);
          if (result.receipt) receipts.push(result.receipt);
        }
        isNew ||= !result.alreadyReceived && result.snapshots.length > 0;
        if (!isNew || options.together || isOfOneTime(delivery, waiting.value?.[position + 1])) continue;
        isNew = false;
        diagnostics.push(...(await publishCubes('delivered')));
        if (hasErrors(run.faults)) break;
      }
      diagnostics.push(...(await publishCubes('all')));
      const value: PublishReport = {
        dryRun: options.dryRun,
        newKey: signing.made === null ? null : { name: signing.made, folder: outside.keys ?? 'keys' },
        receipts,
        cubes: reportOf(run, model),
      };
      const approved = (options.approvals ?? []).map(({ gate }) => gate).join();
      return {
        ...(hasErrors(run.faults) ? {} : { value }),
        diagnostics: [...diagnostics, ...gateFaults(run)],
        texts: new Map([...texts, ...waiting.texts, ['--approve', approved]]),
      };
    },
    dataRoot,
  );
}

/** What came at one moment is one delivery in several files, and what is between them was never anybody's. */
function isOfOneTime(delivery: WaitingDelivery, next: WaitingDelivery | undefined): boolean {
  return next !== undefined && delivery.received !== null && next.received === delivery.received;
}

/** Tries the cubes of which something new has been delivered, or all, since definitions may have changed. */
async function publishChanged(
  outside: Outside,
  workspace: Workspace,
  { trust, signer, memory }: Signing,
  model: SemanticModel,
  run: PublishRun,
  which: 'delivered' | 'all',
  options: PublishOptions,
): Promise<readonly Diagnostic[]> {
  const { askGates, blockedIn, hasNewParts, keepResult, newSets, publishCube } = await publishing();
  const diagnostics: Diagnostic[] = [];
  for (const id of run.results.keys()) {
    const cube = model.cubes[id];
    if (!cube) continue;
    const snapshots = await snapshotsOf(workspace, cube.sources);
    const latest = await readLatestEdition(workspace.editionStore, id, trust);
    // Where the store holds less than it did, a new edition would take the place of one that is out.
    const shelf = { store: workspace.editionStore, trust, memory, now: outside.now() };
    const standing = await standingOf(shelf, id);
    const wrong = [...latest.diagnostics, ...standing.wrong, ...standing.wrongRetractions];
    diagnostics.push(...snapshots.diagnostics, ...wrong);
    if (!snapshots.value || hasErrors(wrong)) continue;
    const current = latest.value?.last?.manifest ?? null;
    if (which === 'delivered' && !hasNewParts(model, cube, snapshots.value, current)) continue;
    outside.progress({ text: `building ${id}` });
    const { snapshotStore, editionStore, verified } = workspace;
    const engine = await workspace.engine('build');
    const context: AskContext = {
      stores: { snapshotStore, editionStore, verified },
      engine: async () => engine,
      parse: null,
    };
    const held = snapshots.value;
    const result = await publishCube(model, cube, held, {
      engine,
      snapshotStore,
      editionStore,
      verified,
      builder: version,
      sets: options.dryRun ? null : newSets(workspace),
      now: outside.now,
      trust,
      signer,
      period: options.period,
      reconcile: (draft) => reconcileVersion(draft, context),
      ...(options.gates === false
        ? {}
        : { gates: (draft, before) => askGates(draft, before, cube, held, context) }),
      approvals: run.approvals,
      alreadyBlocked: blockedIn(run, id),
    });
    diagnostics.push(...result.diagnostics);
    if (!result.value) continue;
    keepResult(run, id, result.value);
    const edition = result.value.kind === 'waiting' ? null : result.value.edition;
    if (!edition) continue;
    if (result.value.kind === 'unchanged' && standing.retractions.length > 0) {
      const { stillTakenBack } = await import('./pipeline/retract.ts');
      diagnostics.push(...stillTakenBack(edition, standing.retractions));
    }
    const last = await readEdition(workspace.editionStore, id, edition.number, trust);
    if (last.value) diagnostics.push(...(await remember(shelf, id, last.value, standing)));
  }
  run.faults.push(...diagnostics);
  return diagnostics;
}

async function reconcileVersion(
  draft: EditionManifest,
  context: AskContext,
): Promise<Checked<readonly ReconciliationResult[]>> {
  const { reconcile } = await publishing();
  const version = await openEdition(draft, context.stores);
  return version.value ? reconcile(version.value, context) : { diagnostics: version.diagnostics };
}

/** One KPI compiled and run, with nothing published. */
export async function tryKpi(outside: Outside, question: TryQuestion): Promise<Outcome<TriedKpi>> {
  const { tryKpi: tryKpiWith } = await import('./pipeline/tryKpi.ts');
  return tryKpiWith(outside, question, { publish, synthesize, synthesizeNational });
}

// --- questions -------------------------------------------------------------------------------------

/**
 * A question to an edition: to the newest one where none is named and no time is. With `past` only what changed
 * since a time, or every version of the figures.
 */
export async function query(
  outside: Outside,
  request: Request,
  edition: WhichEdition,
  past: Past = {},
): Promise<Outcome<Answer>> {
  return withWorkspace(outside, async (workspace) => {
    const { updatedAfter = '' } = past;
    const texts = new Map([...textsOf(request, edition), ['--updated-after', updatedAfter] as const]);
    // The engine takes longest to load, so it starts while manifests are read; a fault there is told when it is used.
    workspace.engine('ask').catch(() => undefined);
    const opened = await openNamed(workspace, request.cube, edition);
    if (!opened.value) return { diagnostics: opened.diagnostics, texts };
    const context = await askContext(workspace, request);
    const answered = await ask(opened.value, request, context);
    const diagnostics = [...opened.diagnostics, ...answered.diagnostics];
    if (!answered.value) return { ...answered, diagnostics, texts };
    if (!asksOfPast(past)) {
      if (!opened.value.cube.preliminary) return { ...answered, diagnostics, texts };
      const { markRevised } = await import('./pipeline/revised.ts');
      const marked = await markRevised(workspace, opened.value, answered.value, request, context);
      return { ...marked, diagnostics: [...diagnostics, ...marked.diagnostics], texts };
    }
    const { askPast } = await import('./pipeline/timeTravel.ts');
    return { ...(await askPast(workspace, answered.value, request, edition, past, context)), texts };
  });
}
