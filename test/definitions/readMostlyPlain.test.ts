import { describe, expect, it } from 'vitest';
import type { DefinitionFile, Definitions } from '../../src/definitions/definition.ts';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import { readMostlyPlain } from '../../src/definitions/readMostlyPlain.ts';
import { miniWorkspace } from '../support/definitions.ts';

/** What can be compared: places are found by functions. */
const said = (definitions: Definitions) => JSON.stringify(definitions);

const broken: DefinitionFile = { file: 'cubes/broken.yaml', text: 'cube: "broken\n' };
const unusual: DefinitionFile = {
  file: 'kpi-definitions/dimensions/unusual.yaml',
  text: 'dimension: unusual\nlabel: { da: "Us\\u00e6dvanlig", en: Unusual }\nhierarchies:\n  ? unusual\n  : [koen]\n',
};

describe('definitions of which nearly all are plain', () => {
  it.each([
    ['all plain', miniWorkspace],
    ['one that only the parser of all YAML can read', [...miniWorkspace, unusual]],
    ['one that is no YAML', [broken, ...miniWorkspace]],
  ])('are read as they are one by one: %s', async (_, files) => {
    expect(said(await readMostlyPlain(files))).toBe(said(readDefinitions(files)));
  });

  it('say what is wrong with a text that is no YAML', async () => {
    const { diagnostics, cubes } = await readMostlyPlain([broken]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-syntax']);
    expect(cubes).toEqual([]);
  });

  it('hold what stands in an unusual text', async () => {
    const { dimensions } = await readMostlyPlain([unusual]);
    expect(dimensions.map(({ record }) => record.label.da)).toEqual(['Usædvanlig']);
  });
});
