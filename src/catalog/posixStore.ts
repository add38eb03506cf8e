import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { invariant } from '../diagnostics/invariant.ts';
import { type Store, StoreError } from './store.ts';

/** What the store asks of the operating system; tests hand in one that fails. */
export type FileCalls = Pick<
  typeof nodeFiles,
  'open' | 'link' | 'rename' | 'unlink' | 'mkdir' | 'readdir' | 'readFile' | 'stat'
>;

/** Who writes: the owner's name stands in every temporary file, so that leftovers are known for what they are. */
export interface Processes {
  readonly own: number;
  readonly isAlive: (id: number) => boolean;
  readonly now: () => Date;
}

export interface PosixStore extends Store {
  /** Names of temporary files of processes that are gone. */
  readonly leftovers: () => Promise<readonly string[]>;
  /** Removes temporary files of processes that are gone; returns how many. To be called at start. */
  readonly sweep: () => Promise<number>;
}

/** Temporary files lie in one folder of the store, on its file system, so that a sweep reads one folder. */
const temporaryFolder = '.tmp';
/** Process numbers are used again, and other machines have their own; no write takes a day. */
const forgottenAfter = 24 * 60 * 60 * 1000;

/**
 * A folder of a POSIX file system. New files are written under a temporary name, synced, and get their
 * name by link(2), which fails where the name is taken; then the folder is synced. An fsync that failed is
 * never tried again: the kernel may have dropped the pages and would say "fine" the second time.
 */
export function posixStore(
  root: string,
  name: string,
  processes: Processes,
  files: FileCalls = nodeFiles,
): PosixStore {
  let count = 0;
  /** Temporary files that this store has to remove: a name that is free again may be another store's by then. */
  const own = new Set<string>();
  /** Folders whose names this store knows to be durable. */
  const settled = new Set<string>();
  const ensure = (folder: string) => ensureFolder(files, root, folder, settled);
  const localPath = (path: string): string => {
    invariant(isInside(path), `"${path}" is a path inside the store`);
    return join(root, path);
  };
  const named = (path: string) => `${name}/${path}`;

  /** Gives a temporary file its name; false if another has it. The temporary name is gone either way. */
  const publish = async (temporary: string, path: string, how: 'link' | 'rename'): Promise<boolean> => {
    const target = localPath(path);
    try {
      await ensure(dirname(target));
      await files[how](temporary, target);
    } catch (error) {
      await files.unlink(temporary).catch(() => undefined);
      if (how !== 'link' || codeOf(error) !== 'EEXIST') throw error;
      // Whoever was faster may be killed before it syncs, and its name is relied on from here.
      await syncFolder(files, dirname(target));
      return false;
    }
    if (how === 'link') await files.unlink(temporary);
    await syncFolder(files, dirname(target));
    return true;
  };

  /** An empty file of our own: a leftover or another store of this process may have the first name. */
  const openTemporary = async (extension: string) => {
    // What is temporary need not last, but it must not be what makes the store's own folder.
    await ensure(root);
    await makeFolders(files, join(root, temporaryFolder));
    for (;;) {
      count += 1;
      const path = join(root, temporaryFolder, `${processes.own}-${count}${extension}`);
      try {
        return { path, handle: await files.open(path, 'wx') };
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
  };

  const writeTemporary = async (bytes: Uint8Array): Promise<string> => {
    const { path, handle } = await openTemporary('');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } catch (error) {
      await files.unlink(path).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
    return path;
  };

  const withTemporary = async <T>(extension: string, use: (path: string) => Promise<T>): Promise<T> => {
    const { path, handle } = await reporting(named(temporaryFolder), () => openTemporary(extension));
    own.add(path);
    await handle.close();
    try {
      return await use(path);
    } finally {
      if (own.delete(path)) await orNull(files.unlink(path));
    }
  };

  return {
    name,
    localPath,
    withTemporary,
    createExclusive: (path, bytes) =>
      reporting(named(path), async () => publish(await writeTemporary(bytes), path, 'link')),
    replace: (path, bytes) =>
      reporting(named(path), async () => {
        await publish(await writeTemporary(bytes), path, 'rename');
      }),
    adopt: (temporary, path) =>
      reporting(named(path), async () => {
        const handle = await files.open(temporary, 'r+');
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        own.delete(temporary);
        return publish(temporary, path, 'link');
      }),
    read: (path) => reporting(named(path), () => orNull(files.readFile(localPath(path)))),
    stream: (path) => streamOf(files, named(path), localPath(path)),
    exists: (path) =>
      reporting(named(path), async () => (await orNull(files.stat(localPath(path)))) !== null),
    settle: (path) => reporting(named(path), () => syncFolder(files, dirname(localPath(path)))),
    modified: (path) =>
      reporting(named(path), async () => (await orNull(files.stat(localPath(path))))?.mtime ?? null),
    list: (folder) => reporting(named(folder), () => entries(files, join(root, folder), 'file')),
    folders: (folder) => reporting(named(folder), () => entries(files, join(root, folder), 'folder')),
    remove: (path) =>
      reporting(named(path), async () => {
        if ((await orNull(files.unlink(localPath(path)))) !== null)
          await syncFolder(files, dirname(localPath(path)));
      }),
    move: (from, to) =>
      reporting(named(from), async () => {
        await ensure(dirname(localPath(to)));
        await files.rename(localPath(from), localPath(to));
        await syncFolder(files, dirname(localPath(to)));
      }),
    leftovers: () =>
      reporting(named(temporaryFolder), () => leftoversIn(files, join(root, temporaryFolder), processes)),
    sweep: () =>
      reporting(named(temporaryFolder), async () => {
        const names = await leftoversIn(files, join(root, temporaryFolder), processes);
        for (const left of names) await orNull(files.unlink(join(root, temporaryFolder, left)));
        return names.length;
      }),
  };
}

const isInside = (path: string): boolean =>
  path !== '' && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/**
 * Makes a folder and those above it durable: a name that was not synced may be gone after a power cut. Who
 * made a folder may have been killed before it synced, so each is synced once by every store that writes.
 */
async function ensureFolder(
  files: FileCalls,
  root: string,
  folder: string,
  settled: Set<string>,
): Promise<void> {
  const first = await makeFolders(files, folder);
  const top = first !== undefined && first.length < root.length ? first : root;
  for (let at = folder; at.length >= top.length; at = dirname(at)) {
    const isNew = first !== undefined && at.length >= first.length;
    if (!isNew && settled.has(at)) return;
    await syncFolder(files, dirname(at));
    settled.add(at);
  }
}

/**
 * Makes a folder and what is missing above it; gives the uppermost that was made. Node 20's own recursive
 * mkdir takes "no space" for success.
 */
async function makeFolders(files: FileCalls, folder: string): Promise<string | undefined> {
  try {
    await files.mkdir(folder);
    return folder;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
  }
  const first = await makeFolders(files, dirname(folder));
  const own = await makeFolders(files, folder);
  return first ?? own;
}

async function syncFolder(files: FileCalls, folder: string): Promise<void> {
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function entries(
  files: FileCalls,
  folder: string,
  kind: 'file' | 'folder',
): Promise<readonly string[]> {
  const found = (await orNull(files.readdir(folder, { withFileTypes: true }))) ?? [];
  return found
    .filter((entry) =>
      // Folders with a dot are the store's own: temporary files, leases.
      kind === 'file' ? entry.isFile() : entry.isDirectory() && !entry.name.startsWith('.'),
    )
    .map((entry) => entry.name)
    .sort();
}

async function leftoversIn(files: FileCalls, folder: string, processes: Processes): Promise<string[]> {
  const left: string[] = [];
  for (const name of await entries(files, folder, 'file')) {
    const status = await orNull(files.stat(join(folder, name)));
    if (status === null) continue;
    const owner = Number(name.split('-')[0]);
    const isForgotten = processes.now().getTime() - status.mtimeMs > forgottenAfter;
    if (!processes.isAlive(owner) || isForgotten) left.push(name);
  }
  return left;
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** Most files are small. The others are read in pieces so large that hashing them is what takes the time. */
const firstPiece = 1 << 16;
const furtherPiece = 1 << 20;

async function* streamOf(files: FileCalls, name: string, path: string): AsyncGenerator<Uint8Array> {
  const handle = await reporting(name, () => files.open(path, 'r'));
  try {
    for (let size = firstPiece; ; size = furtherPiece) {
      // A piece of its own each time: whoever asked may keep it.
      const piece = Buffer.allocUnsafe(size);
      const { bytesRead } = await reporting(name, () => handle.read(piece, 0, size, null));
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function reporting<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStoreError(path, error);
  }
}

function asStoreError(path: string, error: unknown): unknown {
  const code = codeOf(error);
  return code === undefined || error instanceof StoreError ? error : new StoreError(path, code, error);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
