import type { DefinitionFile, Definitions } from './definition.ts';
import { definitionsIn } from './definitionsIn.ts';
import { readEitherYaml } from './readDefinition.ts';

export const readDefinitions = (files: readonly DefinitionFile[]): Definitions =>
  definitionsIn(files, readEitherYaml);
