import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalBytes, parsedJson } from './canonicalJson.ts';
import { codeOf, orNull as orNone, writeDurably } from './durably.ts';
import { hasShape, type Shape } from './shape.ts';

/**
 * The highest that this reader has seen of a cube, so that nobody can show it less later. It lies in the
 * workspace, `.flis/seen/<cube>.json`, and not in the store: whoever sets the store back must not set it back too.
 */
export interface Seen {
  readonly format: 1;
  readonly number: number;
  readonly sha256: string;
  readonly retractions: number;
}

export interface Memory {
  readonly recall: (cube: string) => Promise<Checked<Seen | null>>;
  /** Says where it could not: a reader without the right to write has no memory. */
  readonly remember: (cube: string, seen: Seen) => Promise<readonly Diagnostic[]>;
}

const shape: Shape = { format: 'number', number: 'number', sha256: 'text', retractions: 'number' };

export const seenFile = (cube: string): string => `.flis/seen/${cube}.json`;

export function memoryIn(root: string): Memory {
  const pathOf = (cube: string) => join(root, seenFile(cube));
  return {
    recall: async (cube) => {
      const bytes = await orNone(readFile(pathOf(cube)));
      if (bytes === null) return { value: null, diagnostics: [] };
      const seen = parsedJson(bytes);
      if (hasShape(seen, shape)) return { value: seen as Seen, diagnostics: [] };
      const message = `The file ${seenFile(cube)}, which says what was seen of "${cube}", cannot be read.`;
      const hint = 'restore it, or remove it, if you know that the store holds all that was published';
      return { diagnostics: [diagnostic('memory-damaged', message, { hint })] };
    },
    remember: async (cube, seen) => {
      const path = pathOf(cube);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeDurably(path, canonicalBytes(seen), 'rename', 0o644);
        return [];
      } catch (error) {
        if (!noRight.has(codeOf(error))) throw error;
        const message = `There is no right to write ${seenFile(cube)}, so it cannot be told if less is shown later.`;
        return [diagnostic('not-remembered', message)];
      }
    },
  };
}

const noRight: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS']);
