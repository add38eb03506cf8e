import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '../../src/query/request.ts';

/** A folder with a question, and what it must become at every step of its way. */
export interface GoldenCase {
  readonly name: string;
  readonly request: Request;
  /** The text of one of its files; empty where there is none yet. */
  readonly read: (file: GoldenFile) => string;
  readonly write: (file: GoldenFile, text: string) => void;
}

/** `oracle.sql` is written by hand; the other four by `UPDATE_GOLDEN=1`, and read before they are kept. */
export type GoldenFile = 'plan.txt' | 'duckdb.sql' | 'clickhouse.sql' | 'answer.csv' | 'oracle.sql';

const folder = join(import.meta.dirname, 'cases');

export const goldenWorkspace = join(import.meta.dirname, 'workspace');

export function goldenCases(): GoldenCase[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({
      name,
      request: JSON.parse(readFileSync(join(folder, name, 'request.json'), 'utf8')) as Request,
      read: (file) => {
        const path = join(folder, name, file);
        return existsSync(path) ? readFileSync(path, 'utf8') : '';
      },
      write: (file, text) => writeFileSync(join(folder, name, file), text),
    }));
}
