import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorServer, startServer } from './server.ts';

const project = join(import.meta.dirname, '..', '..');
const script = join(
  import.meta.dirname,
  'node_modules',
  'yaml-language-server',
  'bin',
  'yaml-language-server',
);

let server: EditorServer;
beforeAll(async () => {
  server = await startServer(script, project);
});
afterAll(() => server.close());

const definitions = ['kpi-definitions', 'cubes', 'data/classifications'].flatMap((folder) =>
  (readdirSync(join(project, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(project, folder, file)),
);

describe('an editor', () => {
  it('finds nothing to underline in the definitions that the project brings', async () => {
    expect(definitions.length).toBeGreaterThan(60);
    for (const file of definitions) {
      expect([file, await server.open(file, readFileSync(file, 'utf8'))]).toEqual([file, []]);
    }
  });

  it('underlines a key that a KPI does not have, and a code without quotes', async () => {
    const file = join(project, 'kpi-definitions', 'beskaeftigelse', 'ny.yaml');
    const head = '# yaml-language-server: $schema=../schema/kpi.json\nkpi: beskaeftigelse.ny\n';
    const found = await server.open(file, `${head}retning: neutral\n`);
    expect(found.map(({ message }) => message)).toContain('Property retning is not allowed.');
    const cube = join(project, 'data', 'classifications', 'ny.yaml');
    const unquoted = await server.open(
      cube,
      '# yaml-language-server: $schema=../../kpi-definitions/schema/classification.json\nclassification: ny\nlabel: { da: Ny, en: New }\nmembers:\n  - { code: 0101, label: { da: A, en: A } }\n',
    );
    expect(unquoted).toMatchObject([
      { message: 'Incorrect type. Expected "string".', range: { start: { line: 4, character: 12 } } },
    ]);
  });

  it('offers the keys that a KPI can have', async () => {
    const file = join(project, 'kpi-definitions', 'beskaeftigelse', 'endnu_en.yaml');
    await server.open(
      file,
      '# yaml-language-server: $schema=../schema/kpi.json\nkpi: beskaeftigelse.endnu_en\n\n',
    );
    const offered = await server.complete(file, 2, 0);
    expect(offered).toEqual(expect.arrayContaining(['formula', 'unit', 'measures', 'direction', 'missing']));
  });
});
