import { basename } from 'node:path';
import {
  findEdition,
  publishedCubes,
  readEdition,
  readSignedEditions,
  type SignedEdition,
} from '../catalog/editions.ts';
import { readTrust } from '../catalog/keyFolder.ts';
import { type Retraction, readRetractions } from '../catalog/retractions.ts';
import { newestEdition, remember, type Shelf, standingOf } from '../catalog/shelf.ts';
import { nobody } from '../catalog/trust.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { chooseEdition, type Visibility, visibleEditions, type WhichEdition } from '../catalog/visible.ts';
import { type DiagnosticCode, diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { requestTexts } from '../query/place.ts';
import type { Request } from '../query/request.ts';
import type { AskContext } from '../serve/ask.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import { readDefinitionFiles, type Workspace } from '../serve/workspace.ts';
import { hintOf } from './outside.ts';

export function unknownCube(cube: string, known: readonly string[]): Diagnostic {
  const hint = didYouMean(cube, known) ?? (known.length > 0 ? `there are ${known.join(', ')}` : undefined);
  return diagnostic('unknown-cube', `There is no cube named "${cube}".`, {
    span: { file: 'CUBE', start: 0, end: cube.length },
    ...hintOf(hint),
  });
}

/** What lies in a workspace of editions, and what is known about them. */
export async function shelfOf(workspace: Workspace): Promise<Checked<Shelf>> {
  const trust = await readTrust(workspace.keys);
  if (!trust.value) return { diagnostics: trust.diagnostics };
  const { editionStore, memory, now } = workspace;
  return { value: { store: editionStore, trust: trust.value, memory, now: now() }, diagnostics: [] };
}

/**
 * Editions of a cube, told apart from a cube that nobody has heard of. That the newest of them may not be the
 * newest there is, is a warning here: it concerns only who asks for that one.
 */
export async function editionsOf(
  workspace: Workspace,
  cube: string,
): Promise<Checked<readonly EditionManifest[]>> {
  const signed = await signedEditionsOf(workspace, cube);
  if (!signed.value) return { diagnostics: signed.diagnostics };
  return { value: signed.value.map(({ manifest }) => manifest), diagnostics: signed.diagnostics };
}

/** The same, with who signed each. */
export async function signedEditionsOf(
  workspace: Workspace,
  cube: string,
): Promise<Checked<readonly SignedEdition[]>> {
  const shelf = await shelfOf(workspace);
  if (!shelf.value) return { diagnostics: shelf.diagnostics };
  const standing = await standingOf(shelf.value, cube);
  const read = await readSignedEditions(workspace.editionStore, cube, shelf.value.trust);
  const editions = read.value ?? [];
  const wrong = [...read.diagnostics, ...standing.wrong, ...standing.wrongRetractions];
  if (editions.length === 0 && !hasErrors(wrong)) {
    const known = await knownCubes(workspace);
    if (!known.includes(cube)) return { diagnostics: [unknownCube(cube, known)] };
  }
  const last = editions.at(-1);
  const said = last && !hasErrors(wrong) ? await remember(shelf.value, cube, last, standing) : [];
  const unclaimed = standing.unclaimed.map((each) => (freshness.has(each.code) ? asWarning(each) : each));
  return { value: editions, diagnostics: [...wrong, ...unclaimed, ...said] };
}

const freshness: ReadonlySet<DiagnosticCode> = new Set([
  'claim-missing',
  'claim-expired',
  'claim-ahead',
  'key-out-of-use',
] as const);

const asWarning = (said: Diagnostic): Diagnostic => ({ ...said, severity: 'warning' });

/** Cubes that are published or written, by name. */
async function knownCubes(workspace: Workspace): Promise<readonly string[]> {
  const defined = (await readDefinitionFiles(workspace.root))
    .filter(({ file }) => file.startsWith('cubes/'))
    .map(({ file }) => basename(file).replace(/\.ya?ml$/, ''));
  return [...new Set([...(await publishedCubes(workspace.editionStore)), ...defined])];
}

/** What is known of a cube's editions beside themselves; that something is wrong with it is told elsewhere. */
export async function visibilityOf(workspace: Workspace, cube: string): Promise<KnownVisibility> {
  const trust = await readTrust(workspace.keys);
  const retractions = await readRetractions(workspace.editionStore, cube, trust.value ?? nobody);
  return visibilityIn(workspace, retractions.value ?? []);
}

interface KnownVisibility extends Visibility {
  readonly retractions: readonly Retraction[];
}

const visibilityIn = (workspace: Workspace, retractions: readonly Retraction[]): KnownVisibility => ({
  now: workspace.now().toISOString(),
  retractions,
});

export async function openNamed(
  workspace: Workspace,
  cube: string,
  which: WhichEdition,
): Promise<Checked<OpenEdition>> {
  const chosen = await chooseWhich(workspace, cube, which);
  if (!chosen.value) return { diagnostics: chosen.diagnostics };
  const { manifest, ...standing } = chosen.value;
  const opened = await openEdition(manifest, workspace);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  return { value: { ...opened.value, ...standing }, diagnostics: chosen.diagnostics };
}

/** Which edition is meant, and how it stands, without opening it. */
export async function chooseWhich(
  workspace: Workspace,
  cube: string,
  which: WhichEdition,
): Promise<Checked<Chosen>> {
  const chosen = await (which === null
    ? chooseNewest(workspace, cube)
    : typeof which === 'string'
      ? chooseNamed(workspace, cube, which)
      : chooseAmongAll(workspace, cube, which));
  if (!chosen.value) return { diagnostics: chosen.diagnostics };
  const { passedOver, retraction } = chosen.value;
  return { ...chosen, diagnostics: [...chosen.diagnostics, ...takenBack(retraction, passedOver)] };
}

/** Beside the note in the answer, which a file of figures alone has no place for. */
function takenBack(
  retraction: Retraction | null = null,
  passedOver: readonly Retraction[] = [],
): readonly Diagnostic[] {
  const said = ({ id, at, by, reason }: Retraction) =>
    `${id} was taken back on ${at.slice(0, 10)} by ${by}: ${reason.replace(/[.!?]*$/, '')}.`;
  return [
    ...(retraction ? [`The edition ${said(retraction)}`] : []),
    ...passedOver.map((each) => `The newer edition ${said(each)}`),
  ].map((message) => diagnostic('edition-retracted', message));
}

/** An edition that was found, and how it stands among the others. */
export interface Chosen extends Pick<OpenEdition, 'passedOver' | 'retraction'> {
  readonly manifest: EditionManifest;
}

/** Opens no more than it must: the newest, and what is newer but not for everybody. */
async function chooseNewest(workspace: Workspace, cube: string): Promise<Checked<Chosen>> {
  const shelf = await shelfOf(workspace);
  if (!shelf.value) return { diagnostics: shelf.diagnostics };
  const standing = await standingOf(shelf.value, cube);
  const visibility = visibilityIn(workspace, standing.retractions);
  const isVisible = ({ manifest }: SignedEdition) => visibleEditions([manifest], null, visibility).length > 0;
  const newest = await newestEdition(shelf.value, cube, standing, isVisible);
  if (newest.value === undefined) return { diagnostics: newest.diagnostics };
  if (newest.value === null) {
    const known = await knownCubes(workspace);
    const none = findEdition(cube, [], null).diagnostics;
    return { diagnostics: known.includes(cube) ? none : [unknownCube(cube, known)] };
  }
  const { edition, passedOver } = newest.value;
  const takenBack = passedOver.flatMap(({ manifest }) => retractionOf(manifest, standing.retractions) ?? []);
  return {
    value: { manifest: edition.manifest, passedOver: takenBack, retraction: null },
    diagnostics: newest.diagnostics,
  };
}

/** Who names an edition gets it, whatever is the newest; that it was taken back is told beside it. */
async function chooseNamed(workspace: Workspace, cube: string, name: string): Promise<Checked<Chosen>> {
  const shelf = await shelfOf(workspace);
  if (!shelf.value) return { diagnostics: shelf.diagnostics };
  const { numbers, retractions, wrongRetractions } = await standingOf(shelf.value, cube);
  if (hasErrors(wrongRetractions)) return { diagnostics: wrongRetractions };
  const one = await readNamed(shelf.value, cube, numbers, name);
  if (!one.value) {
    if (one.diagnostics.length > 0) return { diagnostics: one.diagnostics };
    return chooseAmongAll(workspace, cube, name);
  }
  const manifest = one.value;
  const held = heldBack(workspace, manifest);
  if (held) return { diagnostics: [held] };
  return {
    value: { manifest, passedOver: [], retraction: retractionOf(manifest, retractions) },
    diagnostics: [],
  };
}

/** An edition by its number or whole id, from the newest back, so that most names cost one file. */
async function readNamed(
  { store, trust }: Shelf,
  cube: string,
  numbers: readonly number[],
  name: string,
): Promise<Checked<EditionManifest>> {
  const asked = numbers.filter((number) => String(number) === name);
  for (const number of asked.length > 0 ? asked : [...numbers].reverse()) {
    const read = await readEdition(store, cube, number, trust);
    if (!read.value) return { diagnostics: read.diagnostics };
    const { manifest } = read.value;
    if (asked.length > 0 || manifest.id === name) return { value: manifest, diagnostics: [] };
  }
  return { diagnostics: [] };
}

async function chooseAmongAll(
  workspace: Workspace,
  cube: string,
  which: Exclude<WhichEdition, null>,
): Promise<Checked<Chosen>> {
  const editions = await editionsOf(workspace, cube);
  if (!editions.value || hasErrors(editions.diagnostics)) return { diagnostics: editions.diagnostics };
  const visibility = await visibilityOf(workspace, cube);
  const found = chooseEdition(cube, editions.value, which, visibility);
  if (!found.value) return { diagnostics: found.diagnostics };
  const held = heldBack(workspace, found.value);
  if (held) return { diagnostics: [held] };
  const retraction = retractionOf(found.value, visibility.retractions);
  return { value: { manifest: found.value, passedOver: [], retraction }, diagnostics: [] };
}

/** Not even by its name is an edition given out before its time, unless the publisher looks at it. */
function heldBack(workspace: Workspace, { id, release }: EditionManifest): Diagnostic | null {
  const until = release?.embargoUntil ?? null;
  if (workspace.embargoed || until === null || until <= workspace.now().toISOString()) return null;
  return diagnostic('edition-embargoed', `The edition ${id} is held back until ${until}.`, {
    span: { file: '--edition', start: 0, end: id.length },
    hint: 'who publishes it may look at it with --embargoed',
  });
}

function retractionOf({ number }: EditionManifest, retractions: readonly Retraction[]): Retraction | null {
  return retractions.find(({ edition }) => edition === number) ?? null;
}

export async function askContext(workspace: Workspace, request: Pick<Request, 'where'>): Promise<AskContext> {
  return {
    stores: workspace,
    engine: () => workspace.engine('ask'),
    parse: request.where === undefined ? null : await workspace.parser(),
  };
}

export const textsOf = (request: Request, which: WhichEdition): ReadonlyMap<string, string> =>
  new Map([...requestTexts(request), ...whichTexts(which)]);

function whichTexts(which: WhichEdition): readonly (readonly [string, string])[] {
  if (which === null || typeof which === 'string') return [['--edition', which ?? '']];
  return [['--as-of', which.asOf]];
}
