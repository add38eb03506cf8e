import { readEdition } from '../catalog/editions.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Answer } from '../query/answer.ts';
import type { Request } from '../query/request.ts';
import { type AskContext, ask } from '../serve/ask.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import { withRevised } from '../serve/revised.ts';
import type { Workspace } from '../serve/workspace.ts';
import { shelfOf, visibilityOf } from './opened.ts';

/**
 * An answer with a flag on what was final in the edition before and has moved since. Only a cube that says what is
 * preliminary says what is final, so only there the edition before is asked, of the same periods.
 */
export async function markRevised(
  workspace: Workspace,
  { cube, manifest }: OpenEdition,
  now: Answer,
  request: Request,
  context: AskContext,
): Promise<Checked<Answer>> {
  if (!cube.preliminary) return { value: now, diagnostics: [] };
  const before = await editionBefore(workspace, manifest);
  if (hasErrors(before.diagnostics)) return { diagnostics: before.diagnostics };
  if (!before.value) return { value: now, diagnostics: [] };
  if (filesOf(before.value) === filesOf(manifest)) return { value: now, diagnostics: [] };
  const opened = await openEdition(before.value, workspace);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  const { order: _order, top: _top, ...rest } = request;
  const answered = await ask(opened.value, { ...rest, period: now.period }, context);
  // What the edition before cannot be asked, it has said nothing of.
  return { value: answered.value ? withRevised(now, answered.value) : now, diagnostics: [] };
}

const filesOf = ({ tables }: EditionManifest): string =>
  tables.flatMap(({ parts }) => parts.map(({ file }) => file.sha256)).join();

/** The newest one before an edition that has not been taken back; null where there is none. */
async function editionBefore(
  workspace: Workspace,
  { cube, number }: EditionManifest,
): Promise<{ readonly value: EditionManifest | null } & Pick<Checked<EditionManifest>, 'diagnostics'>> {
  const shelf = await shelfOf(workspace);
  if (!shelf.value) return { value: null, diagnostics: shelf.diagnostics };
  const { retractions } = await visibilityOf(workspace, cube);
  const takenBack = new Set(retractions.map(({ edition }) => edition));
  for (let before = number - 1; before > 0; before -= 1) {
    if (takenBack.has(before)) continue;
    const read = await readEdition(workspace.editionStore, cube, before, shelf.value.trust);
    return { value: read.value?.manifest ?? null, diagnostics: read.diagnostics };
  }
  return { value: null, diagnostics: [] };
}
