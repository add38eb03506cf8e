import { basename } from 'node:path';
import { publishedCubes, readEditions } from '../catalog/editions.ts';
import { readTrust } from '../catalog/keyFolder.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { chooseEdition, type Visibility, type WhichEdition } from '../catalog/visible.ts';
import { diagnostic } from '../diagnostics/codes.ts';
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

/** Editions of a cube, told apart from a cube that nobody has heard of. */
export async function editionsOf(
  workspace: Workspace,
  cube: string,
): Promise<Checked<readonly EditionManifest[]>> {
  const trust = await readTrust(workspace.keys);
  if (!trust.value) return { diagnostics: trust.diagnostics };
  const editions = await readEditions(workspace.editionStore, cube, trust.value);
  if ((editions.value?.length ?? 0) > 0 || hasErrors(editions.diagnostics)) return editions;
  const defined = (await readDefinitionFiles(workspace.root))
    .filter(({ file }) => file.startsWith('cubes/'))
    .map(({ file }) => basename(file).replace(/\.ya?ml$/, ''));
  const known = [...new Set([...(await publishedCubes(workspace.editionStore)), ...defined])];
  if (known.includes(cube)) return editions;
  return { diagnostics: [unknownCube(cube, known)] };
}

/** What is known of a cube's editions beside themselves. */
export async function visibilityOf(workspace: Workspace, _cube: string): Promise<Visibility> {
  return { now: workspace.now().toISOString(), retractions: [] };
}

export async function openNamed(
  workspace: Workspace,
  cube: string,
  which: WhichEdition,
): Promise<Checked<OpenEdition>> {
  const editions = await editionsOf(workspace, cube);
  if (!editions.value || hasErrors(editions.diagnostics)) return { diagnostics: editions.diagnostics };
  const found = chooseEdition(cube, editions.value, which, await visibilityOf(workspace, cube));
  if (!found.value) return { diagnostics: found.diagnostics };
  return openEdition(found.value, workspace);
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
