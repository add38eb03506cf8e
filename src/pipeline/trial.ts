import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCube } from '../build/buildCube.ts';
import { periodsOf } from '../build/inputs.ts';
import type { EditionInput, EditionManifest } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { comparePeriods } from '../model/periods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import type { Workspace } from '../serve/workspace.ts';
import { version } from '../version.ts';
import { type Outside, snapshotsOf, withWorkspace } from './outside.ts';

/** A workspace whose snapshots are the real ones and whose editions nobody will ever see. */
export async function withTrial<T>(
  outside: Outside,
  work: (workspace: Workspace) => Promise<T>,
  dataRoot = outside.root,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'flis-trial-'));
  try {
    return await withWorkspace(outside, work, dataRoot, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A cube built as it would be published, of these inputs, and open to be asked; it is no edition. */
export async function buildTrial(
  workspace: Workspace,
  model: SemanticModel,
  cube: Cube,
  inputs: readonly EditionInput[],
  period: string | null = null,
): Promise<Checked<OpenEdition>> {
  const snapshots = await snapshotsOf(
    workspace,
    inputs.map(({ source }) => source),
  );
  if (!snapshots.value) return { diagnostics: snapshots.diagnostics };
  const engine = await workspace.engine('build');
  const { snapshotStore, editionStore, verified } = workspace;
  const context = { engine, snapshotStore, editionStore, verified, builder: version };
  const built = await buildCube(model, cube, inputs, snapshots.value, null, context);
  if (!built.value) return { diagnostics: built.diagnostics };
  const held = inputs.flatMap((input) => periodsOf(input, snapshots.value?.get(input.source) ?? []));
  const first = inputs.find(({ source }) => source === cube.waitFor[0]);
  const own = first ? periodsOf(first, snapshots.value.get(first.source) ?? []) : held.sort(comparePeriods);
  const manifest: EditionManifest = {
    format: 2,
    cube: cube.id,
    number: 0,
    id: 'trial',
    previous: null,
    publishedAt: '',
    period: period ?? own.at(-1) ?? '',
    inputHash: '',
    builder: version,
    engine: engine.version,
    synthetic: inputs.some(({ synthetic }) => synthetic),
    inputs,
    ...built.value,
    reconciliations: [],
  };
  return openEdition(manifest, workspace);
}
