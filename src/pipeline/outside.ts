import type { Approval } from '../catalog/approvals.ts';
import { readReceipts } from '../catalog/receipts.ts';
import { readSnapshots } from '../catalog/snapshots.ts';
import type { Snapshot } from '../catalog/types.ts';
import type { DefinitionFile, Definitions } from '../definitions/definition.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { SemanticModel } from '../model/types.ts';
import { openWorkspace, readApprovalFiles, readDefinitionFiles, type Workspace } from '../serve/workspace.ts';

/** What a run is handed from outside; no room looks for it itself. */
export interface Outside {
  /** The workspace, absolute. */
  readonly root: string;
  /** How much memory the engine may use, `4GB`; half of what the machine has where nothing is said. */
  readonly memory?: string;
  /** The folder of private keys, absolute; `keys/` of the workspace where nothing is said. */
  readonly keys?: string;
  /** Whether editions may be opened by name before their time: for who publishes them. */
  readonly embargoed?: boolean;
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
  editionRoot = dataRoot,
): Promise<T> {
  const workspace = workspaceOf(outside, dataRoot, editionRoot);
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

/** A workspace that whoever opens it closes. */
export function workspaceOf(
  { root, memory, keys, embargoed = false, now, process: own }: Outside,
  dataRoot = root,
  editionRoot = dataRoot,
): Workspace {
  return openWorkspace(
    root,
    { own: own.id, isAlive: own.isAlive, now },
    {
      dataRoot,
      editionRoot,
      ...(memory === undefined ? {} : { memory }),
      ...(keys === undefined ? {} : { keys }),
      embargoed,
    },
  );
}

/** Definitions of a workspace to its model; with every diagnostic there is. */
export async function loadModel(workspace: Workspace): Promise<Outcome<SemanticModel>> {
  const { model, diagnostics, texts } = await loadDefinitions(workspace);
  return { ...(hasErrors(diagnostics) || !model ? {} : { value: model }), diagnostics, texts };
}

/** Everything that is written in a workspace, and what it comes to. */
export interface LoadedDefinitions {
  readonly definitions: Definitions;
  readonly approvals: readonly Approval[];
  /** Null where the definitions have errors; those of approvals do not count here. */
  readonly model: SemanticModel | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** `beside`: files that are not on disk yet, in place of those of the same name. */
export async function loadDefinitions(
  workspace: Workspace,
  beside: readonly DefinitionFile[] = [],
): Promise<LoadedDefinitions> {
  // An edition brings its model with it, so that a question loads none of this.
  const [{ readMostlyPlain }, { buildModel }, { checkApprovals, readApprovals }] = await Promise.all([
    import('../definitions/readMostlyPlain.ts'),
    import('../model/buildModel.ts'),
    import('../catalog/approvals.ts'),
  ]);
  const written = await readDefinitionFiles(workspace.root);
  const others = new Set(beside.map(({ file }) => file));
  const files = [...written.filter(({ file }) => !others.has(file)), ...beside];
  const definitions = await readMostlyPlain(files);
  const model = buildModel(definitions, await workspace.parser());
  const approvalFiles = await readApprovalFiles(workspace.root);
  const approvals = readApprovals(approvalFiles);
  return {
    definitions,
    approvals: approvals.value ?? [],
    model: model.value ?? null,
    diagnostics: [
      ...model.diagnostics,
      ...approvals.diagnostics,
      ...checkApprovals(definitions, approvals.value ?? []),
    ],
    texts: new Map([...files, ...approvalFiles].map(({ file, text }) => [file, text])),
  };
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
