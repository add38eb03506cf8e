import type { Checked } from '../diagnostics/diagnostic.ts';
import type { AnyDefinition, DefinitionFile } from './definition.ts';
import { definitionIn, type YamlReader } from './definitionIn.ts';
import { readPlainYaml } from './plainYaml.ts';
import { readYaml } from './readYaml.ts';

/** As plain YAML where it is that, by the parser of all YAML where it is not. */
export const readEitherYaml: YamlReader = (source) => {
  const plain = readPlainYaml(source.text);
  return plain === null ? readYaml(source) : { value: plain, diagnostics: [] };
};

/** One file: its definition if nothing is wrong with it, and everything that is. */
export const readDefinition = (source: DefinitionFile): Checked<AnyDefinition> =>
  definitionIn(source, readEitherYaml);
