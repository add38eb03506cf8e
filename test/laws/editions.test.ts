import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectPath } from '../../src/catalog/objects.ts';
import type { EditionManifest, ObjectRef } from '../../src/catalog/types.ts';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { approve, check, publish } from '../../src/pipeline.ts';
import { miniWorkspace } from '../support/definitions.ts';
import { type SmallWorld, shownRows, smallWorld } from '../support/smallWorld.ts';
import { outsideOf } from '../support/workspace.ts';
import { longer, patience, tally } from './support.ts';

const kpiFile = 'kpi-definitions/test/antal.yaml';
const listFile = 'data/classifications/koen.yaml';
const files: readonly DefinitionFile[] = [
  ...miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file)),
  {
    file: 'kpi-definitions/sources/test.ting.yaml',
    text: `source: test.ting
label: { da: Ting, en: Things }
supplier: test
frequency: M
delivery: full
file: { names: ["ting_*.csv"], format: csv, header: [kommune, maaned, koen, antal] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune }
  maaned: { type: period, from: maaned }
  koen: { type: code, from: koen, dimension: koen }
  antal: { type: integer, from: antal }
key: [kommune, maaned, koen]
`,
  },
  {
    file: kpiFile,
    text: `kpi: test.antal
version: 1
status: draft
valid_from: "2020"
label: { da: Antal, en: Number }
unit: person
decimals: 0
direction: neutral
formula: antal
missing: { parts: skip, coverage: 0, operand: require_all }
measures:
  antal: { source: test.ting, sum: antal, unit: person, over_time: sum }
`,
  },
  {
    file: 'cubes/test.yaml',
    text: 'cube: test\nlabel: { da: Test, en: Test }\nkpis: [antal]\ndimensions: [kommune, koen]\nwait_for: [test.ting]\n',
  },
];

const delivery = (values: readonly number[]): string =>
  [
    'kommune,maaned,koen,antal',
    ...values.map((value, at) => `${['101', '400'][at % 2]},2026M0${at + 1},1,${value}`),
    '',
  ].join('\n');

const changes = ['nothing', 'delivery', 'definition', 'list'] as const;

const question = { cube: 'test', kpis: ['antal'], by: ['kommune', 'maaned'], period: '2026' };

/** Whole file, by what an edition calls it. */
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** What an edition stands on: snapshots in the one store; its model, structures, cells and presence in the other. */
function named(
  { published: { paths } }: SmallWorld,
  manifest: EditionManifest,
): [ref: ObjectRef, path: string][] {
  const own: readonly ObjectRef[] = [
    manifest.model,
    ...manifest.dimensions.map(({ file }) => file),
    ...manifest.tables.flatMap(({ parts }) => parts.map(({ file }) => file)),
    ...(manifest.presence ?? []).map(({ file }) => file),
  ];
  const given = manifest.inputs.flatMap(({ snapshots }) => snapshots);
  return [
    ...own.map((ref): [ObjectRef, string] => [ref, paths.edition(objectPath(ref))]),
    ...given.map((ref): [ObjectRef, string] => [ref, paths.snapshot(objectPath(ref))]),
  ];
}

function make(change: (typeof changes)[number], step: number, root: string, value: number): void {
  const rewrite = (file: string, from: RegExp, to: string) =>
    writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(from, to));
  switch (change) {
    case 'nothing':
      return;
    case 'delivery': {
      const name = join(root, 'data', 'deliveries', `ting_${step + 2}.csv`);
      writeFileSync(name, delivery([value, step, 7]));
      writeFileSync(`${name}.receipt.yaml`, `received: "2026-02-0${step + 1}T08:00:00Z"\nsender: test\n`);
      return;
    }
    case 'definition':
      rewrite(kpiFile, /^formula: .*$/m, `formula: antal * ${step + 2}`);
      return;
    case 'list':
      rewrite(listFile, /en: [A-Z]\w*/, `en: Sex${step}`);
  }
}

/** Law 12: everything has a version. */
describe('an edition', () => {
  it(
    'is a new one exactly when something that it names is new, and an old one says what it said',
    async () => {
      const acts = fc.array(fc.tuple(fc.constantFrom(...changes), fc.nat(50)), {
        minLength: 4,
        maxLength: 5,
      });
      let questions = 0;
      await fc.assert(
        fc.asyncProperty(acts, async (all) => {
          const world = await smallWorld(files, { 'ting_1.csv': delivery([1, 2, 3]) });
          const { published } = world;
          const said: string[][] = [];
          const ask = async (number: number) => {
            const { value } = await published.ask(await published.open('test', number), question);
            questions += 1;
            return value ? shownRows(value) : [];
          };
          said.push(await ask(1));
          for (const [step, [change, value]] of all.entries()) {
            make(change, step, published.root, value);
            const at = `2026-11-24T1${step}:00:00Z`;
            const outcome = await publish(outsideOf(published.root, at), {
              cubes: [],
              period: null,
              dryRun: false,
            });
            expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
            if (change !== 'nothing') said.push(await ask(said.length + 1));
            const editions = await published.editions('test');
            expect([change, editions.map(({ number }) => number)]).toEqual([
              change,
              said.map((_, number) => number + 1),
            ]);
          }
          const editions = await published.editions('test');
          for (const [at, manifest] of editions.entries()) {
            expect([at, await ask(at + 1)]).toEqual([at, said[at]]);
            for (const [{ sha256 }, path] of named(world, manifest)) expect(hashOf(path)).toBe(sha256);
          }
          const chained = editions.map(({ model, inputs, dimensions }) =>
            JSON.stringify([model, inputs, dimensions]),
          );
          expect(new Set(chained).size).toBe(chained.length);
          await world.close();
        }),
        { numRuns: Math.ceil(2 * longer) },
      );
      tally(questions, Math.ceil(2 * longer), 0);
    },
    patience,
  );
});

describe('a definition in force', () => {
  it('is never edited: whatever of it changes that computes a figure is told, and nothing is published of it', async () => {
    const world = await smallWorld(files, { 'ting_1.csv': delivery([1, 2, 3]) });
    const outside = outsideOf(world.published.root);
    expect((await approve(outside, { kpis: ['antal'], all: false })).diagnostics).toEqual([]);
    const file = join(world.published.root, kpiFile);
    const whole = readFileSync(file, 'utf8');
    const edits = [
      'formula: antal * 2',
      'unit: borger',
      'decimals: 1',
      'direction: higher_is_better',
      'valid_from: "2021"',
    ];
    for (const edit of edits) {
      const [key = ''] = edit.split(':');
      writeFileSync(file, whole.replace(new RegExp(`^${key}: .*$`, 'm'), edit));
      const found = (await check(outside, [])).diagnostics.filter(({ severity }) => severity === 'error');
      expect([edit, found.map(({ code }) => code)]).toEqual([
        edit,
        expect.arrayContaining(['approved-changed']),
      ]);
      const { diagnostics } = await publish(outside, { cubes: [], period: null, dryRun: false });
      expect(diagnostics.map(({ code }) => code)).toContain('approved-changed');
    }
    writeFileSync(file, whole);
    expect(await world.published.editions('test')).toHaveLength(1);
    await world.close();
  });
});
