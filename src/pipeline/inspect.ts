import { editionNumbers, findEdition, publishedCubes, type SignedEdition } from '../catalog/editions.ts';
import type { Retraction } from '../catalog/retractions.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { timeAsked, visibleEditions, type WhichEdition } from '../catalog/visible.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Request } from '../query/request.ts';
import { prepareQuery } from '../serve/ask.ts';
import {
  countDifferences,
  type DifferenceCount,
  type DifferentCell,
  differentCells,
} from '../serve/difference.ts';
import { type ExplainedBeside, explainedBeside } from '../serve/explain/beside.ts';
import { type Explanation, explainFigure, printStatements } from '../serve/explain.ts';
import { rebuild, type VerifiedEdition, verifyFiles } from '../serve/verify.ts';
import { verifyTotals } from '../serve/verifyTotals.ts';
import type { Workspace } from '../serve/workspace.ts';
import type { Dialect } from '../sql/dialect.ts';
import { version } from '../version.ts';
import { askContext, openNamed, signedEditionsOf, textsOf, visibilityOf } from './opened.ts';
import { type Outcome, type Outside, snapshotsOf, withWorkspace } from './outside.ts';
import { keptSets } from './people.ts';

/** What is published, oldest first; with `asOf` only what anybody could see at that time. */
export async function editions(
  outside: Outside,
  cube: string | null,
  options: { readonly asOf?: string } = {},
): Promise<Outcome<readonly ListedEdition[]>> {
  return withWorkspace(outside, async (workspace) => {
    const { asOf } = options;
    const texts = new Map([
      ['CUBE', cube ?? ''],
      ['--as-of', asOf ?? ''],
    ]);
    const time = asOf === undefined ? null : timeAsked('--as-of', asOf, 'last');
    if (time && time.value === undefined) return { diagnostics: time.diagnostics, texts };
    const all: ListedEdition[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const each of cube === null ? await publishedCubes(workspace.editionStore) : [cube]) {
      const read = await signedEditionsOf(workspace, each);
      diagnostics.push(...read.diagnostics);
      if (!read.value) return { diagnostics, texts };
      const manifests = read.value.map(({ manifest }) => manifest);
      const known = await visibilityOf(workspace, each);
      const visible = time?.value === undefined ? manifests : visibleEditions(manifests, time.value, known);
      all.push(...listed(read.value, visible, known.retractions));
    }
    return { value: all, diagnostics, texts };
  });
}

/** A published edition, who signed it, and that it was taken back. */
export interface ListedEdition extends EditionManifest {
  /** Name of the key. */
  readonly signedBy: string;
  readonly retraction: Retraction | null;
}

function listed(
  signed: readonly SignedEdition[],
  visible: readonly EditionManifest[],
  retractions: readonly Retraction[],
): readonly ListedEdition[] {
  return signed
    .filter(({ manifest }) => visible.includes(manifest))
    .map(({ manifest, key }) => ({
      ...manifest,
      signedBy: key.name,
      retraction: retractions.find(({ edition }) => edition === manifest.number) ?? null,
    }));
}

/** The statements of a question as a person can run them, values written in. */
export async function sql(
  outside: Outside,
  request: Request,
  options: { readonly edition: WhichEdition; readonly dialect: string },
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
    return { value: (await import('../engine/duckdb/dialect.ts')).duckDbDialect, diagnostics: [] };
  if (name === 'clickhouse')
    return { value: (await import('../engine/clickhouse/dialect.ts')).clickHouseDialect, diagnostics: [] };
  const span = { file: '--dialect', start: 0, end: name.length };
  const hint = didYouMean(name, ['duckdb', 'clickhouse']) ?? 'there are duckdb and clickhouse';
  return {
    diagnostics: [diagnostic('unknown-dialect', `There is no SQL dialect named "${name}".`, { span, hint })],
  };
}

export interface ExplainQuestion {
  readonly cube: string;
  readonly kpi: string;
  readonly where: string | null;
  readonly period: string | null;
  readonly hierarchy: string | null;
  readonly edition: WhichEdition;
  /** How many source rows to tell of each component; left out: rows are neither counted nor told. */
  readonly rows?: number;
}

/** One figure followed down: formula, components, rows, plan in words, SQL, and the deliveries it stands on. */
export async function explain(outside: Outside, question: ExplainQuestion): Promise<Outcome<Explanation>> {
  return withWorkspace(outside, (workspace) => explainIn(workspace, question, question.edition));
}

/** The same figure by two editions side by side; both are asked of the periods of the first. */
export async function explainBeside(
  outside: Outside,
  question: ExplainQuestion,
  against: string,
): Promise<Outcome<ExplainedBeside>> {
  return withWorkspace(outside, async (workspace) => {
    const of = await explainIn(workspace, question, question.edition);
    if (!of.value) return { diagnostics: of.diagnostics, texts: of.texts };
    const { period } = of.value.answer;
    const other = await explainIn(workspace, { ...question, period }, against);
    if (!other.value) return { diagnostics: other.diagnostics, texts: other.texts };
    const diagnostics = [...of.diagnostics, ...other.diagnostics];
    return { value: explainedBeside(of.value, other.value), diagnostics, texts: of.texts };
  });
}

async function explainIn(
  workspace: Workspace,
  question: ExplainQuestion,
  edition: WhichEdition,
): Promise<Outcome<Explanation>> {
  const { cube, kpi, where, period, hierarchy, rows = null } = question;
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
  const context = await askContext(workspace, request);
  return { ...(await explainFigure(opened.value, request, dialect.value, context, { rows })), texts };
}

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
    const proved = new Set<string>();
    const withTotals = async (files: Awaited<ReturnType<typeof verifyFiles>>, manifest: EditionManifest) => {
      if (hasErrors(files.diagnostics)) return files;
      const found = await verifyTotals(manifest, workspace, () => workspace.engine('ask'), proved);
      const problems = [...files.value.problems, ...found.map(({ message }) => message)];
      return { value: { ...files.value, problems }, diagnostics: [...files.diagnostics, ...found] };
    };
    // A rebuild writes what it makes.
    if (options.rebuild) await workspace.startWriting();
    for (const cube of cubes) {
      const read = await signedEditionsOf(workspace, cube);
      diagnostics.push(...read.diagnostics);
      const signed = read.value ?? [];
      const manifests = signed.map(({ manifest }) => manifest);
      const one = options.edition === null ? null : findEdition(cube, manifests, options.edition);
      if (one) diagnostics.push(...one.diagnostics);
      // What nobody vouches for is no edition, and is told of all the same.
      if (!one) value.push(...(await unreadOf(workspace, cube, signed)));
      for (const manifest of one ? [one.value].flatMap((each) => each ?? []) : manifests) {
        outside.progress({ text: `verifying ${cube} ${manifest.id}` });
        const verified = await withTotals(await verifyFiles(manifest, workspace), manifest);
        diagnostics.push(...verified.diagnostics);
        const again = options.rebuild && !hasErrors(verified.diagnostics);
        const said = { ...verified.value, ...standingIn(signed, manifest) };
        value.push(again ? await withRebuild(workspace, manifest, said) : said);
      }
    }
    return { value, diagnostics, texts };
  });
}

/** Who signed an edition, and whether it names the one that lies before it. */
function standingIn(
  signed: readonly SignedEdition[],
  { number, previous }: EditionManifest,
): Pick<VerifiedEdition, 'signedBy' | 'chain'> {
  const own = signed.find(({ manifest }) => manifest.number === number);
  const before = signed.find(({ manifest }) => manifest.number === number - 1);
  const expected = number === 1 ? null : before?.sha256;
  const chain = expected === undefined ? 'unknown' : previous === expected ? 'holds' : 'broken';
  return { signedBy: own?.key.name ?? null, chain };
}

/** Numbers that are taken by files which are no editions: what is wrong with them is told beside. */
async function unreadOf(
  workspace: Workspace,
  cube: string,
  signed: readonly SignedEdition[],
): Promise<readonly VerifiedEdition[]> {
  const read = new Set(signed.map(({ manifest }) => manifest.number));
  const numbers = await editionNumbers(workspace.editionStore, cube);
  return numbers
    .filter((number) => !read.has(number))
    .map((number) => ({
      cube,
      edition: `no. ${number}`,
      objects: 0,
      problems: ['Its file is not an edition that anybody vouches for.'],
      rebuilt: 'not_run',
      signedBy: null,
      chain: 'unknown',
    }));
}

async function withRebuild(
  workspace: Workspace,
  manifest: EditionManifest,
  verified: VerifiedEdition,
): Promise<VerifiedEdition> {
  const context = {
    engine: await workspace.engine('build'),
    builder: version,
    snapshotsOf: (sources: readonly string[]) => snapshotsOf(workspace, sources),
    sets: keptSets(workspace),
  };
  return { ...verified, rebuilt: await rebuild(manifest, workspace, context) };
}
