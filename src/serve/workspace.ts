import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { availableParallelism, hostname, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { approvalFolder } from '../catalog/approvals.ts';
import type { KeyPlaces } from '../catalog/keyFolder.ts';
import { giveBack, type HeldLease, type Holder, sweepLeases, takeLease } from '../catalog/leases.ts';
import type { VerifiedObjects } from '../catalog/objects.ts';
import { type PosixStore, type Processes, posixStore } from '../catalog/posixStore.ts';
import { readOnce } from '../catalog/readOnce.ts';
import { type Memory, memoryIn } from '../catalog/seen.ts';
import type { DefinitionFile } from '../definitions/definition.ts';
import type { Engine } from '../engine/engine.ts';
import type { FormulaParser } from '../formula/parse.ts';

/** A folder with `kpi-definitions/`, `cubes/` and `data/`, and what this process has open of it. */
export interface Workspace {
  readonly root: string;
  readonly now: () => Date;
  /** Whether an edition may be opened by its name before its time: its publisher's right. */
  readonly embargoed: boolean;
  readonly snapshotStore: PosixStore;
  readonly editionStore: PosixStore;
  /** Who is counted in each cell, and the keys for it: no part of what readers get. */
  readonly restrictedStore: PosixStore;
  readonly verified: VerifiedObjects;
  /** Where private keys and the trust root lie. */
  readonly keys: KeyPlaces;
  /** What has been seen of each cube. */
  readonly memory: Memory;
  /** Opened on first use; one that may write also reads. */
  readonly engine: (purpose: 'ask' | 'build') => Promise<Engine>;
  readonly parser: () => Promise<FormulaParser>;
  /** Who this process is to others that use the stores. */
  readonly holder: Holder;
  /** Before anything is written: sweeps what killed runs left, and keeps collectors away until it is closed. */
  readonly startWriting: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WorkspaceOptions {
  /** Holds the stores; the workspace itself where nothing is said, and another folder for a dry run. */
  readonly dataRoot?: string;
  /** Holds the editions; what is only tried has them somewhere else than the other store. */
  readonly editionRoot?: string;
  /** Holds the private keys; `keys/` of the workspace where nothing is said. */
  readonly keys?: string;
  /** Folders beside the stores that the engine may read. */
  readonly readable?: readonly string[];
  /** Whether an edition may be opened by its name before its time. */
  readonly embargoed?: boolean;
  /** How much memory the engine may use, `4GB`; half of what the machine has where nothing is said. */
  readonly memory?: string;
}

/** Opens nothing yet but the two stores. */
export function openWorkspace(
  root: string,
  processes: Processes,
  {
    dataRoot = root,
    editionRoot = dataRoot,
    keys = join(root, 'keys'),
    readable = [],
    embargoed = false,
    memory = halfOfTheMachine(),
  }: WorkspaceOptions = {},
): Workspace {
  const snapshotFolder = join(dataRoot, 'data', 'snapshots');
  const editionFolder = join(editionRoot, 'cubes', 'published');
  const restrictedFolder = join(editionRoot, 'data', 'restricted');
  const engines = new Map<string, Promise<Engine>>();
  const open = async (purpose: 'ask' | 'build'): Promise<Engine> => {
    const { openDuckDb } = await import('../engine/duckdb/driver.ts');
    const folders = [snapshotFolder, editionFolder, ...(purpose === 'build' ? [restrictedFolder] : [])];
    if (purpose === 'build') {
      await mkdir(restrictedFolder, { recursive: true, mode: 0o700 });
      for (const folder of folders) await mkdir(folder, { recursive: true });
    }
    return openDuckDb({
      folders: [...folders, ...readable],
      ...(purpose === 'build' ? { writable: folders } : {}),
      temporaryFolder: join(tmpdir(), `flis-${processes.own}`),
      threads: availableParallelism(),
      memoryLimit: memory,
    });
  };
  let parser: Promise<FormulaParser> | null = null;
  const snapshotStore = readOnce(posixStore(snapshotFolder, 'data/snapshots', processes));
  const editionStore = readOnce(posixStore(editionFolder, 'cubes/published', processes));
  const restrictedStore = readOnce(posixStore(restrictedFolder, 'data/restricted', processes));
  const holder: Holder = {
    ...processes,
    host: hostname(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  const held: { readonly store: PosixStore; readonly lease: HeldLease }[] = [];
  return {
    root,
    now: processes.now,
    embargoed,
    snapshotStore,
    editionStore,
    restrictedStore,
    holder,
    startWriting: async () => {
      await mkdir(restrictedFolder, { recursive: true, mode: 0o700 });
      for (const store of [snapshotStore, editionStore, restrictedStore]) {
        await store.sweep();
        await sweepLeases(store, holder);
        held.push({ store, lease: await takeLease(store, holder, { purpose: 'write', objects: null }) });
      }
    },
    verified: new Set(),
    keys: { root, folder: keys },
    memory: memoryIn(root),
    engine: (purpose) => {
      const opened = engines.get(purpose) ?? open(purpose);
      engines.set(purpose, opened);
      return opened;
    },
    parser: () => {
      parser ??= import('../formula/parse.ts').then(({ loadParser }) => loadParser());
      return parser;
    },
    close: async () => {
      for (const { store, lease } of held.splice(0)) await giveBack(store, lease);
      for (const engine of engines.values()) (await engine).close();
    },
  };
}

const halfOfTheMachine = (): string => `${Math.max(512, Math.floor(totalmem() / 2 / 1024 / 1024))}MB`;

/** Every YAML file of the definitions, sorted, with paths relative to the workspace. */
export async function readDefinitionFiles(root: string): Promise<DefinitionFile[]> {
  const files = [
    ...(await yamlUnder(root, 'kpi-definitions', true)),
    ...(await yamlUnder(root, 'cubes', false)),
    ...(await yamlUnder(root, 'data/classifications', true)),
  ];
  // One by one and waiting: a thousand small files take a third of the time that they take at once.
  return files.sort().map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** What was approved of KPIs, a file each; none where nothing ever was. */
export async function readApprovalFiles(root: string): Promise<DefinitionFile[]> {
  const files = await filesUnder(root, approvalFolder, /\.json$/, false);
  return Promise.all(
    files.sort().map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
}

const yamlUnder = (root: string, folder: string, deep: boolean): Promise<string[]> =>
  filesUnder(root, folder, /\.ya?ml$/, deep);

async function filesUnder(root: string, folder: string, wanted: RegExp, deep: boolean): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const below = deep
    ? await Promise.all(
        entries
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => filesUnder(root, `${folder}/${name}`, wanted, true)),
      )
    : [];
  const here = entries
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map(({ name }) => `${folder}/${name}`);
  return [...here, ...below.flat()];
}
