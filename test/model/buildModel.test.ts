import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import type { DefinitionFile, Definitions } from '../../src/definitions/definition.ts';
import { readDefinition } from '../../src/definitions/readDefinition.ts';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { buildModel } from '../../src/model/buildModel.ts';
import { diagnosticsOf, miniWorkspace, modelled, modelOf, withChange } from '../support/definitions.ts';
import { bundledFiles } from '../workspace/bundled.ts';

const parse = await loadParser();

describe('buildModel', () => {
  it('gives a model that is plain data, so that an edition can freeze it', () => {
    const model = modelOf();
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('gives no model where anything is wrong, and tells of everything', () => {
    const files = withChange(
      'cubes/arbejde.yaml',
      '[kommune, koen]',
      '[komune, koen]',
      withChange(
        'kpi-definitions/beskaeftigelse/ledige.yaml',
        'sum: fuldtidspersoner',
        'sum: personer',
        withChange('data/classifications/koen.yaml', '"2"', '"1"'),
      ),
    );
    const { value, diagnostics } = modelled(files);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['overlapping-validity', 'unknown-column', 'unknown-dimension']),
    );
  });

  it('gives a model with a warning', () => {
    const more = 'measures:\n  nok: { source: dst.folketal, sum: personer, unit: borger, over_time: last }\n';
    const { value, diagnostics } = modelled(
      withChange('kpi-definitions/beskaeftigelse/ledige.yaml', 'measures:\n', more),
    );
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(value).toBeDefined();
  });

  it('does not depend on the order of files', () => {
    const shuffled = fc.shuffledSubarray([...miniWorkspace], { minLength: miniWorkspace.length });
    fc.assert(
      fc.property(shuffled, (files) => {
        expect(modelOf(files)).toEqual(modelOf());
      }),
      { numRuns: 10 },
    );
  });

  it('has nothing to say of no definitions at all', () => {
    expect(diagnosticsOf([])).toEqual([]);
  });
});

// --- any field of any definition, exchanged for anything --------------------------------------------

type Path = readonly (string | number)[];

/** Every field, and every value in a list. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [path, ...[...steps].flatMap((step) => pathsOf(Reflect.get(value, step), [...path, step]))];
}

/** A copy with another value at a path; `undefined` takes the field away. */
function exchanged(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const inner = exchanged(Reflect.get(value, step), rest, by);
  if (Array.isArray(value))
    return value.flatMap((item, at) => (at === step ? (inner === undefined ? [] : [inner]) : [item]));
  return { ...value, [step]: inner };
}

/** Words that mean something somewhere, and some that mean nothing anywhere. */
const words = [
  ...[
    'kommune',
    'land',
    'region',
    'koen',
    'alder',
    'star.ledighed',
    'dst.folketal',
    'personer',
    'vaerdi',
    'ledige',
  ],
  ...[
    'beskaeftigelse.ledige',
    'folketal',
    'maaned',
    'uoplyst',
    'source_total',
    'sum',
    'none',
    'mean',
    'skip',
  ],
  ...['2026', '2026M07', '2026K3', '2026U53', '2026-02-30', '0000', '2027-01-01', 'Å_Primo', 'M', 'U', 'D'],
  ...['kr./borger', '1.000 kr.', 'person/0 borger', 'pct.', '101', '000', '081', '1'],
  ...[
    'ledige / folketal',
    'ledige * 1000',
    '-ledige',
    'ledige == 1',
    'lag(ledige, 1)',
    'koen in ["1"]',
    'a +',
    '1 / 0',
  ],
  ...[
    'koen >= "1" and personer / 2 > 1',
    'not koen',
    '',
    ' ',
    'constructor',
    '__proto__',
    'toString',
    'ø\u0000',
  ],
];
const values = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  fc.constantFrom(null, undefined, true, 0, -1, 0.5, 1e21, 1e-7, 101, [], {}, [[]], { a: 1 }),
  fc.constantFrom(
    ['kommune', 'kommune'],
    ['land'],
    ['101'],
    { weighted_by: 'folketal' },
    { kommune: 'none' },
  ),
  fc.string(),
);

interface Workspace {
  readonly files: readonly DefinitionFile[];
  readonly definitions: Definitions;
}

const workspaceOf = (files: readonly DefinitionFile[]): Workspace => ({
  files,
  definitions: readDefinitions(files),
});

/** The definitions with one file read anew; the others, which are as they were, are not read again. */
function withText({ definitions }: Workspace, changed: DefinitionFile): Definitions {
  const others = <T extends DefinitionFile>(all: readonly T[]) =>
    all.filter(({ file }) => file !== changed.file);
  const { value, diagnostics } = readDefinition(changed);
  const put = <T extends { kind: string; file: string; text: string }>(all: readonly T[], kind: string) =>
    value?.kind === kind ? [...others(all), value as unknown as T] : others(all);
  return {
    classifications: put(definitions.classifications, 'classification'),
    dimensions: put(definitions.dimensions, 'dimension'),
    sources: put(definitions.sources, 'source'),
    selections: put(definitions.selections, 'selection'),
    partitions: put(definitions.partitions, 'partition'),
    rows: put(definitions.rows, 'rows'),
    prices: put(definitions.prices, 'prices'),
    kpis: put(definitions.kpis, 'kpi'),
    cubes: put(definitions.cubes, 'cube'),
    unread: readDefinitions([changed]).unread,
    diagnostics,
  };
}

function holds(workspace: Workspace, numRuns: number): void {
  const paths = workspace.files.map(({ text }) => pathsOf(parseYaml(text)));
  const change = fc
    .nat(workspace.files.length - 1)
    .chain((at) => fc.tuple(fc.constant(at), fc.constantFrom(...(paths[at] ?? [])), values));
  fc.assert(
    fc.property(change, ([at, path, by]) => {
      const given = workspace.files[at];
      if (given === undefined) return;
      const text = stringify(exchanged(parseYaml(given.text), path, by) ?? '');
      const { value, diagnostics } = buildModel(withText(workspace, { file: given.file, text }), parse);
      expect(value === undefined).toBe(hasErrors(diagnostics));
      for (const { span, message } of diagnostics) {
        const length = span?.file === given.file ? text.length : lengthOf(workspace, span?.file);
        expect(message).toMatch(/^[^a-z].*\.$/s);
        expect(span && 0 <= span.start && span.start <= span.end && span.end <= length, message).toBe(true);
      }
    }),
    { numRuns },
  );
}

const lengthOf = ({ files }: Workspace, name: string | undefined): number =>
  files.find(({ file }) => file === name)?.text.length ?? -1;

describe('any field exchanged for anything', () => {
  it('is a model or diagnostics with their places, in the mini workspace', () => {
    holds(workspaceOf(miniWorkspace), 1_000);
  });

  it('is a model or diagnostics with their places, in the bundled one', () => {
    holds(workspaceOf(bundledFiles()), 150);
  });
});
