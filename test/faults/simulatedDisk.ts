import { dirname } from 'node:path';
import type { FileCalls } from '../../src/catalog/posixStore.ts';
import type { Random } from './random.ts';

/** A file by what it holds now, and what of it a power cut leaves for certain. */
interface Inode {
  bytes: Uint8Array;
  durable: Uint8Array;
  readonly modified: Date;
}

type Entry = { readonly kind: 'file'; readonly inode: Inode } | { readonly kind: 'folder' };

/** A change of one name that no sync of its folder has made durable yet. */
interface Change {
  readonly folder: string;
  readonly path: string;
  readonly entry: Entry | null;
}

export interface SimulatedDisk {
  readonly files: FileCalls;
  /** Calls so far. */
  readonly calls: () => number;
  /** The power goes: of what was not synced a random part is left, in any order, torn at 512 bytes. */
  readonly cut: (random: Random) => void;
  /** From this call on nothing is answered any more. */
  readonly dieAt: (call: number) => void;
}

export interface Faults {
  /** What a disk does that says "synced" and is not. */
  readonly lies?: boolean;
}

const block = 512;

/**
 * A file system in memory that forgets as badly as POSIX allows: the content of a file is kept by its own
 * sync only, a name by a sync of its folder only, and nothing else is in order. It begins with one folder.
 */
export function simulatedDisk(folder: string, { lies = false }: Faults = {}): SimulatedDisk {
  let names = new Map<string, Entry>(['/', ...foldersTo(folder)].map((path) => [path, { kind: 'folder' }]));
  let durable = new Map(names);
  let pending: Change[] = [];
  let calls = 0;
  let lastCall = Number.POSITIVE_INFINITY;

  const step = async (): Promise<void> => {
    calls += 1;
    if (calls >= lastCall) throw fault('EDEAD', 'the power is gone');
    // Others get their turn between any two calls.
    await Promise.resolve();
  };
  const change = (path: string, entry: Entry | null): void => {
    if (entry === null) names.delete(path);
    else names.set(path, entry);
    pending.push({ folder: dirname(path), path, entry });
  };
  const requireFolder = (path: string): void => {
    const entry = names.get(path);
    if (entry === undefined) throw fault('ENOENT', path);
    if (entry.kind !== 'folder') throw fault('ENOTDIR', path);
  };
  const fileAt = (path: string): Inode => {
    const entry = names.get(path);
    if (entry === undefined) throw fault('ENOENT', path);
    if (entry.kind === 'folder') throw fault('EISDIR', path);
    return entry.inode;
  };
  const apply = ({ path, entry }: Change): void => {
    if (entry === null) durable.delete(path);
    else durable.set(path, entry);
  };

  const fileHandle = (inode: Inode) => {
    let position = 0;
    return {
      writeFile: async (bytes: Uint8Array) => {
        await step();
        inode.bytes = Uint8Array.from(bytes);
      },
      read: async (into: Uint8Array, offset: number, length: number) => {
        await step();
        const piece = inode.bytes.subarray(position, position + length);
        into.set(piece, offset);
        position += piece.length;
        return { bytesRead: piece.length, buffer: into };
      },
      sync: async () => {
        await step();
        if (!lies) inode.durable = inode.bytes;
      },
      close: async () => undefined,
    };
  };
  const folderHandle = (path: string) => ({
    sync: async () => {
      await step();
      if (lies) return;
      for (const each of pending) if (each.folder === path) apply(each);
      pending = pending.filter(({ folder }) => folder !== path);
    },
    close: async () => undefined,
  });

  const files = {
    open: async (path: string, flags: string) => {
      await step();
      const entry = names.get(path);
      if (flags === 'wx') {
        if (entry !== undefined) throw fault('EEXIST', path);
        requireFolder(dirname(path));
        const inode: Inode = { bytes: nothing, durable: nothing, modified: new Date(calls) };
        change(path, { kind: 'file', inode });
        return fileHandle(inode);
      }
      return entry?.kind === 'folder' ? folderHandle(path) : fileHandle(fileAt(path));
    },
    link: async (from: string, to: string) => {
      await step();
      const inode = fileAt(from);
      requireFolder(dirname(to));
      if (names.has(to)) throw fault('EEXIST', to);
      change(to, { kind: 'file', inode });
    },
    rename: async (from: string, to: string) => {
      await step();
      const inode = fileAt(from);
      requireFolder(dirname(to));
      change(to, { kind: 'file', inode });
      change(from, null);
    },
    unlink: async (path: string) => {
      await step();
      fileAt(path);
      change(path, null);
    },
    mkdir: async (path: string) => {
      await step();
      if (names.has(path)) throw fault('EEXIST', path);
      requireFolder(dirname(path));
      change(path, { kind: 'folder' });
    },
    readdir: async (folder: string) => {
      await step();
      requireFolder(folder);
      return [...names].flatMap(([path, { kind }]) =>
        path !== '/' && dirname(path) === folder
          ? [
              {
                name: path.slice(path.lastIndexOf('/') + 1),
                isFile: () => kind === 'file',
                isDirectory: () => kind === 'folder',
              },
            ]
          : [],
      );
    },
    readFile: async (path: string) => {
      await step();
      return Buffer.from(fileAt(path).bytes);
    },
    stat: async (path: string) => {
      await step();
      const entry = names.get(path);
      if (entry === undefined) throw fault('ENOENT', path);
      const mtime = entry.kind === 'file' ? entry.inode.modified : new Date(0);
      return { mtime, mtimeMs: mtime.getTime() };
    },
  };

  const cut = (random: Random): void => {
    for (const each of pending) if (random() < 0.5) apply(each);
    // What lies in a folder whose own name was lost is lost with it.
    const kept = [...durable].filter(([path]) =>
      foldersTo(dirname(path)).every((folder) => durable.get(folder)?.kind === 'folder'),
    );
    const torn = new Map<Inode, Inode>();
    durable = new Map(
      kept.map(([path, entry]): [string, Entry] => {
        if (entry.kind === 'folder') return [path, entry];
        const inode = torn.get(entry.inode) ?? tearOf(entry.inode, random);
        torn.set(entry.inode, inode);
        return [path, { kind: 'file', inode }];
      }),
    );
    names = new Map(durable);
    pending = [];
    lastCall = Number.POSITIVE_INFINITY;
  };

  return {
    files: files as unknown as FileCalls,
    calls: () => calls,
    cut,
    dieAt: (call) => {
      lastCall = call;
    },
  };
}

const nothing = new Uint8Array();

/** Each block is the old one, the new one, or nothing; so is the length. */
function tearOf({ bytes, durable, modified }: Inode, random: Random): Inode {
  if (bytes === durable) return { bytes, durable, modified };
  const length = random() < 0.5 ? bytes.length : Math.floor(random() * (bytes.length + 1));
  const left = new Uint8Array(length);
  for (let at = 0; at < length; at += block) {
    const of = random();
    const from = of < 0.5 ? bytes : of < 0.75 ? durable : nothing;
    left.set(from.subarray(at, Math.min(at + block, length)), at);
  }
  return { bytes: left, durable: left, modified };
}

/** `/a`, `/a/b`, `/a/b/c`. */
function foldersTo(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
}

const fault = (code: string, what: string): Error => Object.assign(new Error(`${code}: ${what}`), { code });
