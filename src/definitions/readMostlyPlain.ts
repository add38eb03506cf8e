import type { DefinitionFile, Definitions } from './definition.ts';
import { definitionsIn } from './definitionsIn.ts';
import { readPlainYaml } from './plainYaml.ts';

/** All definitions; the parser of all YAML, a quarter megabyte of code, is loaded where some text is not plain. */
export async function readMostlyPlain(files: readonly DefinitionFile[]): Promise<Definitions> {
  const texts = new Map(files.map((source) => [source, readPlainYaml(source.text)]));
  const isPlain = [...texts.values()].every((written) => written !== null);
  const { readYaml } = isPlain ? { readYaml: null } : await import('./readYaml.ts');
  return definitionsIn(files, (source) => {
    const written = texts.get(source) ?? null;
    return written === null && readYaml ? readYaml(source) : { value: written ?? undefined, diagnostics: [] };
  });
}
