import { describe, expect, it } from 'vitest';
import * as pipeline from '../../src/pipeline.ts';
import { textOf } from '../support/sources.ts';
import { ran } from '../support/surroundings.ts';
import { bundledWorkspace } from '../support/workspace.ts';

const page = textOf('docs/editions.md');
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .map((line) => wordsOf(line.replace(/^flis /, '')));

/** Words as a shell takes them: double quotes hold one together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('docs/editions.md', () => {
  it('has commands that work in their order, in a workspace that has published nothing', async () => {
    const folder = bundledWorkspace();
    const said: string[] = [];
    for (const words of commands) {
      const { code, output, errors } = await ran(words, { folder, pipeline });
      expect([words.join(' '), code, errors.includes('error')]).toEqual([words.join(' '), 0, false]);
      said.push(`${output}${errors}`);
    }
    expect(said[0]).toContain('Made the key publisher-');
    expect(said.at(-2)).toContain('was taken back on 2026-08-19 by anna: To kommuner var byttet om.');
    expect(said.at(-1)).toContain('was taken back on 2026-08-19 by anna: To kommuner var byttet om.');
  });

  it('names only files, codes and options that there are', () => {
    const codes = textOf('src/diagnostics/codes.ts');
    const named = [...page.matchAll(/^\| .* \| (.*) \|$/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)])
      .map(([, code = '']) => code);
    expect(named.length).toBeGreaterThan(8);
    for (const code of named) expect(codes).toContain(`'${code}'`);
  });
});
