/**
 * Where the catalogue's files lie. Small on purpose: an object store with conditional writes can do all of
 * it. Paths are relative to the store, with forward slashes. Every write is whole and durable when its
 * promise resolves, or it throws a `StoreError` and nothing of it is visible.
 */
export interface Store {
  /** What messages call the store: `data/snapshots`, never a path of the machine. */
  readonly name: string;
  /** False if something lies there already, durably; of several writers exactly one gets true. */
  readonly createExclusive: (path: string, bytes: Uint8Array) => Promise<boolean>;
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** The same bytes piece by piece, for what need not lie in memory whole. */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>;
  readonly exists: (path: string) => Promise<boolean>;
  /** Makes the name of a file durable that another writer may have given it a moment ago. */
  readonly settle: (path: string) => Promise<void>;
  /** When a file was written, by the store's own clock; null where there is none. It orders nothing. */
  readonly modified: (path: string) => Promise<Date | null>;
  /** Names of the files directly in a folder, sorted; empty where there is no such folder. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** Names of the folders directly in a folder, sorted, without the store's own, which begin with a dot. */
  readonly folders: (folder: string) => Promise<readonly string[]>;
  readonly remove: (path: string) => Promise<void>;
  /** Gives a file another name, in place of what had it. */
  readonly move: (from: string, to: string) => Promise<void>;
  /** A local file for an engine to write; what has not been adopted when `use` ends is thrown away. */
  readonly withTemporary: <T>(extension: string, use: (temporaryPath: string) => Promise<T>) => Promise<T>;
  /** Makes a temporary file part of the store, like `createExclusive`. The temporary name is gone afterwards. */
  readonly adopt: (temporaryPath: string, path: string) => Promise<boolean>;
  /** For an engine that reads files by name. */
  readonly localPath: (path: string) => string;
}

/** The environment's fault: no space, no right, a failing disk. */
export class StoreError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(path: string, code: string, cause: unknown) {
    super(`${describe(code)}: ${path}`, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.path = path;
  }
}

const described: Readonly<Record<string, string>> = {
  ENOSPC: 'There is no space left to write',
  EDQUOT: 'The quota leaves no space to write',
  EIO: 'The disk failed on',
  EROFS: 'The file system is read-only at',
  EACCES: 'There is no right to use',
  EPERM: 'The operation is not permitted on',
  ENOTSUP: 'The file system has no hard links, which an exclusive create needs, at',
  EXDEV: 'The folders of one store must lie on one file system',
};

const describe = (code: string): string => described[code] ?? `The file system answered ${code} for`;
