import { readReceipts } from '../catalog/receipts.ts';
import { readSnapshots } from '../catalog/snapshots.ts';
import type { Snapshot } from '../catalog/types.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { buildModel } from '../model/buildModel.ts';
import type { SemanticModel } from '../model/types.ts';
import { openWorkspace, readDefinitionFiles, type Workspace } from '../serve/workspace.ts';

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

/** Opens a workspace, and closes what was opened of it whatever happens. */
export async function withWorkspace<T>(
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

/** Definitions of a workspace to its model; with every diagnostic there is. */
export async function loadModel(workspace: Workspace): Promise<Outcome<SemanticModel>> {
  const { readDefinitions } = await import('../definitions/readDefinitions.ts');
  const files = await readDefinitionFiles(workspace.root);
  const model = buildModel(readDefinitions(files), await workspace.parser());
  return { ...model, texts: new Map(files.map(({ file, text }) => [file, text])) };
}

/** Every snapshot of some sources that is visible. */
export async function snapshotsOf(
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

/** A hint where there is one. */
export const hintOf = (hint: string | undefined) => (hint === undefined ? {} : { hint });
