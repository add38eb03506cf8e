import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputsOf } from '../build/inputs.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { deliveredSource } from '../model/deliveredSource.ts';
import { lookUp } from '../model/lookUp.ts';
import { dimensionsNeeded } from '../model/rules/grainOfCubes.ts';
import type { Cube, Kpi, SemanticModel, Source } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';
import type { Answer } from '../query/answer.ts';
import { requestTexts } from '../query/place.ts';
import type { Request } from '../query/request.ts';
import { ask, prepareQuery } from '../serve/ask.ts';
import { type CountedMeasure, countRows } from '../serve/counts.ts';
import { type Explanation, explainFigure } from '../serve/explain.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { Workspace } from '../serve/workspace.ts';
import { deliveryFolder } from '../supply/deliveryFolder.ts';
import { matchesPattern } from '../supply/fileNames.ts';
import { listDeliveries } from '../supply/listDeliveries.ts';
import { sidecarEnding } from '../supply/readSidecar.ts';
import { kpiText, namedKpi } from './define.ts';
import type { NationalRequest } from './national.ts';
import { askContext } from './opened.ts';
import { loadDefinitions, type Outcome, type Outside, snapshotsOf, withWorkspace } from './outside.ts';
import { buildTrial, withTrial } from './trial.ts';

export interface TryQuestion {
  readonly kpi: string;
  /** Code of a kommune; null: the country. */
  readonly kommune: string | null;
  /** A further filter, for figures that are only told apart by something else. */
  readonly where: string | null;
  readonly period: string | null;
}

/** One KPI as it stands in its file, run on what has been delivered. */
export interface TriedKpi {
  readonly kpi: Kpi;
  /** Sources that had been delivered nothing of, and were made up, or taken from deliveries that wait. */
  readonly madeUp: readonly string[];
  /** Sources that nothing could be had of. */
  readonly missing: readonly string[];
  readonly explanation: Explanation;
  readonly counts: readonly CountedMeasure[];
  /** The country; null where that cannot be asked, with the reason. */
  readonly national: Answer | null;
  readonly nationalReason: string | null;
  /** One row a kommune; null where the KPI knows none. */
  readonly spread: Answer | null;
}

/** What stands above this room and is needed here: taking in deliveries, and making them up. */
export interface Makers {
  readonly publish: (
    outside: Outside,
    options: {
      readonly cubes: readonly string[];
      readonly period: null;
      readonly dryRun: boolean;
      readonly together: boolean;
      readonly gates: boolean;
    },
  ) => Promise<{ readonly diagnostics: readonly Diagnostic[] }>;
  readonly synthesize: (
    outside: Outside,
    options: { readonly like: string; readonly releases: number; readonly to: string; readonly seed: number },
  ) => Promise<unknown>;
  readonly synthesizeNational: (outside: Outside, request: NationalRequest) => Promise<unknown>;
}

/** Compiles and runs one KPI, publishing nothing: on snapshots at hand, on made-up ones where there are none. */
export async function tryKpi(
  outside: Outside,
  question: TryQuestion,
  makers: Makers,
): Promise<Outcome<TriedKpi>> {
  return withWorkspace(outside, async (workspace) => {
    const loaded = await loadDefinitions(workspace);
    const named = namedKpi(question.kpi, loaded);
    const texts = new Map([...loaded.texts, [kpiText(question.kpi), question.kpi] as const]);
    const id = named.found[0]?.record.kpi;
    if (!loaded.model || id === undefined)
      return { diagnostics: [...loaded.diagnostics, ...named.diagnostics], texts };
    const beside = { file: trialFile, text: trialCube(loaded.model, id) };
    const { model, diagnostics } = await loadDefinitions(workspace, [beside]);
    const cube = model?.cubes[trialName];
    if (!model || !cube) return { diagnostics, texts };
    const held = await snapshotsOf(workspace, cube.sources);
    const absent = cube.sources.filter((source) => (held.value?.get(source)?.length ?? 0) === 0);
    const run = (dataRoot: string) =>
      withTrial(outside, (trial) => runTrial(trial, model, cube, id, absent, question), dataRoot);
    const outcome =
      absent.length === 0
        ? await run(outside.root)
        : await withMadeUp(outside, model, absent, beside, makers, run);
    return { ...outcome, texts: new Map([...texts, ...outcome.texts]) };
  });
}

const trialName = 'flis_trial';
const trialFile = `cubes/${trialName}.yaml`;

/** A cube of the KPI alone, with kommuner and whatever it does not add over. */
function trialCube(model: SemanticModel, kpi: string): string {
  const measures = measuresOfVersions(model, kpi);
  const sources = measures.flatMap((id) => model.sources[model.measures[id]?.source ?? ''] ?? []);
  const hasKommune = sources.some(({ columns }) =>
    columns.some((column) => column.kind === 'code' && column.dimension === 'kommune'),
  );
  const dimensions = new Set([...(hasKommune ? ['kommune'] : []), ...dimensionsNeeded(model, kpi)]);
  const first = sources.flatMap(({ id }) => deliveredSource(model, id) ?? [])[0];
  return JSON.stringify({
    cube: trialName,
    label: { da: 'Prøve', en: 'Trial' },
    kpis: [kpi],
    dimensions: [...dimensions],
    wait_for: first ? [first.id] : [],
  });
}

async function runTrial(
  trial: Workspace,
  model: SemanticModel,
  cube: Cube,
  id: string,
  absent: readonly string[],
  question: TryQuestion,
): Promise<Outcome<TriedKpi>> {
  const { kommune, where, period } = question;
  const conditions = [
    ...(kommune === null ? [] : [`kommune == ${JSON.stringify(kommune)}`]),
    ...(where === null ? [] : [where]),
  ];
  const asked = requestFor(id, conditions, period);
  const texts = requestTexts(asked);
  const snapshots = await snapshotsOf(trial, cube.sources);
  if (!snapshots.value) return { diagnostics: snapshots.diagnostics, texts };
  const inputs = inputsOf(model, cube, snapshots.value);
  if (inputs.length === 0) {
    const message = `Nothing has been delivered of ${cube.sources.join(', ')}, and nothing could be made up.`;
    const hint = 'put a delivery into data/deliveries, or take one in: flis ingest FILE';
    return { diagnostics: [diagnostic('nothing-to-try', message, { hint })], texts };
  }
  const built = await buildTrial(trial, model, cube, inputs);
  const kpi = lookUp(model.kpis, id);
  if (!built.value || !kpi) return { diagnostics: built.diagnostics, texts };
  const edition = built.value;
  const { duckDbDialect } = await import('../engine/duckdb/dialect.ts');
  const context = await askContext(trial, { where: 'true' });
  const explained = await explainFigure(edition, asked, duckDbDialect, context);
  if (!explained.value) return { diagnostics: explained.diagnostics, texts };
  const at = explained.value.answer.period;
  const prepared = await prepareQuery(edition, { ...asked, period: at }, context);
  const country = await ask(edition, requestFor(id, where === null ? [] : [where], at), context);
  const spread = await spreadOf(edition, id, where, at, context);
  const present = new Set(inputs.map(({ source }) => source));
  return {
    value: {
      kpi,
      madeUp: absent.filter((source) => present.has(source)),
      missing: cube.sources.filter((source) => !present.has(source)),
      explanation: explained.value,
      counts: prepared.value ? await countRows(edition, prepared.value, context) : [],
      national: country.value ?? null,
      nationalReason: country.diagnostics[0]?.message ?? null,
      spread,
    },
    diagnostics: explained.diagnostics,
    texts,
  };
}

function requestFor(kpi: string, conditions: readonly string[], period: string | null): Request {
  return {
    cube: trialName,
    kpis: [kpi],
    by: [],
    ...(conditions.length === 0 ? {} : { where: conditions.join(' and ') }),
    ...(period === null ? {} : { period }),
  };
}

async function spreadOf(
  edition: OpenEdition,
  kpi: string,
  where: string | null,
  period: string,
  context: Parameters<typeof ask>[2],
): Promise<Answer | null> {
  if (!edition.cube.dimensions.includes('kommune')) return null;
  const request = { ...requestFor(kpi, where === null ? [] : [where], period), by: ['kommune'] };
  const answered = await ask(edition, request, context);
  return answered.value && !hasErrors(answered.diagnostics) ? answered.value : null;
}

/**
 * A copy of the workspace in a folder of its own with what is missing put into it: deliveries that wait, and
 * made-up ones for the rest; published there, so that they are checked as real ones are.
 */
async function withMadeUp<T>(
  outside: Outside,
  model: SemanticModel,
  absent: readonly string[],
  cube: { readonly file: string; readonly text: string },
  makers: Makers,
  run: (dataRoot: string) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'flis-try-'));
  try {
    const copy = async (folder: string) => {
      await cp(join(outside.root, folder), join(root, folder), { recursive: true }).catch(
        (error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
        },
      );
    };
    for (const folder of ['kpi-definitions', 'data/classifications', 'data/snapshots']) await copy(folder);
    await mkdir(join(root, 'cubes'), { recursive: true });
    await writeFile(join(root, cube.file), cube.text);
    const deliveries = join(root, 'data', 'deliveries');
    await mkdir(deliveries, { recursive: true });
    const there = { ...outside, root };
    const sources = absent.flatMap((id) => model.sources[id] ?? []);
    const waiting = await waitingFor(outside.root, sources);
    for (const path of waiting.paths)
      for (const file of [path, `${path}${sidecarEnding}`]) await copy(join('data/deliveries', file));
    await makeUp(
      there,
      sources.filter(({ id }) => !waiting.sources.has(id)),
      deliveries,
      makers,
    );
    await makers.publish(there, { cubes: [], period: null, dryRun: false, together: true, gates: false });
    return await run(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Deliveries of some sources that wait to be taken in, by the names of their files. */
async function waitingFor(root: string, sources: readonly Source[]) {
  const listed = await listDeliveries(deliveryFolder(join(root, 'data', 'deliveries'), 'data/deliveries'));
  const paths: string[] = [];
  const found = new Set<string>();
  for (const { name, path } of listed.value ?? []) {
    const own = sources.filter(({ file }) => file.names.some((pattern) => matchesPattern(name, pattern)));
    if (own.length > 0) paths.push(path);
    for (const { id } of own) found.add(id);
  }
  return { paths, sources: found };
}

/** As many months as look a year back, and so much of the country that most kommuner hold somebody. */
const testBed = {
  scale: 0.003,
  months: 14,
  until: '2026M07',
  seed: 1,
  accounts: null,
  faults: false,
} as const;

async function makeUp(
  outside: Outside,
  sources: readonly Source[],
  to: string,
  makers: Makers,
): Promise<void> {
  const { domains } = await import('../engine/duckdb/national/source.ts');
  const isStar = ({ id }: Source) => id.startsWith('star.');
  if (sources.some(isStar))
    await makers.synthesize(outside, { like: 'star', releases: 1, to, seed: testBed.seed });
  const wanted = domains.filter((domain) => sources.some(({ id }) => id.startsWith(`${domain}.`)));
  if (wanted.length > 0) await makers.synthesizeNational(outside, { ...testBed, domains: wanted, to });
  // A domain is made up as a whole; what nobody asks for need not be read.
  const isAsked = (name: string) =>
    sources.some(({ file }) => file.names.some((pattern) => matchesPattern(name, pattern)));
  for (const name of await readdir(to))
    if (/_syntetisk\.parquet$/.test(name) && !isAsked(name))
      for (const file of [name, `${name}${sidecarEnding}`]) await rm(join(to, file), { force: true });
}
