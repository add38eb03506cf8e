import { resolve } from 'node:path';
import { duckDbDialect } from './dialect.ts';

export interface DuckDbOptions {
  /** Folders whose files may be read; nothing outside them can be. */
  readonly folders: readonly string[];
  /** Folders in which files may also be written. None: the engine writes nothing. */
  readonly writable?: readonly string[];
  /** Where sorts and groupings larger than memory lie while they run. */
  readonly temporaryFolder: string;
  readonly threads: number;
  /** `1GB`, `500MB`. */
  readonly memoryLimit: string;
}

/** What must be known when DuckDB starts. */
export function startOptions(options: DuckDbOptions): Record<string, string> {
  return {
    threads: String(options.threads),
    memory_limit: options.memoryLimit,
    temp_directory: resolve(options.temporaryFolder),
  };
}

/**
 * The settings that take DuckDB's hands off everything else, in an order that matters: folders are
 * named before access is taken away, and the lock comes last. DuckDB 1.5 adds the temporary folder
 * to the allowed ones by itself, and knows no folder that may be read but not written: that one the
 * driver keeps, by running nothing but SELECT where it does not write.
 */
export function lockdown(options: DuckDbOptions): readonly string[] {
  const folders = [...options.folders, ...(options.writable ?? [])].map((folder) => resolve(folder));
  return [
    `set allowed_directories = [${[...new Set(folders)].map(duckDbDialect.text).join(', ')}]`,
    "set max_temp_directory_size = '50GB'",
    'set preserve_insertion_order = true',
    'set autoinstall_known_extensions = false',
    'set autoload_known_extensions = false',
    'set allow_community_extensions = false',
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
}
