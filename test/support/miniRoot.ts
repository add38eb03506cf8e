import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import * as pipeline from '../../src/pipeline.ts';
import { miniWorkspace } from './definitions.ts';
import { type Ran, ran, type Stage } from './surroundings.ts';

/** The small workspace on disk, gone when the test ends, and the whole command line in it. */
export interface MiniRoot {
  readonly root: string;
  readonly flis: (args: readonly string[], stage?: Stage) => Promise<Ran>;
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  /** Writes a file again with one piece of it replaced. */
  readonly edit: (file: string, old: string, by: string) => void;
}

export function miniRoot(files: readonly DefinitionFile[] = miniWorkspace): MiniRoot {
  const root = mkdtempSync(join(tmpdir(), 'flis-mini-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const { file, text } of files) write(file, text);
  return {
    root,
    read,
    write,
    edit: (file, old, by) => {
      if (!read(file).includes(old)) throw new Error(`${file} has no "${old}"`);
      write(file, read(file).replace(old, by));
    },
    flis: (args, stage) => ran(args, { folder: root, pipeline, ...stage }),
  };
}

/** The codes that a run told of, in its order. */
export const codesIn = ({ errors }: Pick<Ran, 'errors'>): readonly string[] =>
  [...errors.matchAll(/ ?(?:error|warning|info)\[([a-z-]+)\]/g)].map(([, code]) => code ?? '');
