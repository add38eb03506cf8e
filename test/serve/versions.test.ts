import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { toPlain } from '../../src/model/rational.ts';
import { explain, impact } from '../../src/pipeline.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { soundValue } from '../support/published.ts';
import { type SmallWorld, smallWorld } from '../support/smallWorld.ts';
import { textOf } from '../support/sources.ts';
import { outsideOf } from '../support/workspace.ts';

const label = 'label: { da: Prøve, en: Trial }';

interface Written {
  readonly name: string;
  readonly version: number;
  readonly valid: string;
  readonly unit: string;
  readonly formula: string;
  readonly measures?: string;
}

const alle = 'alle: { source: proeve.ledighed, sum: antal, unit: person, over_time: sum }';
const kvinder = `kvinder: { source: proeve.ledighed, sum: antal, where: 'koen == "2"', unit: person, over_time: sum }`;
const beloeb = 'beloeb: { source: proeve.ledighed, sum: kroner, unit: kr., over_time: sum }';

const before = 'valid_from: 2025M01\nvalid_to: 2025M06';
const after = 'valid_from: 2025M07';

/** Unemployed are all before July 2025 and women from then on; amounts are shown in another scale. */
const kpis: readonly Written[] = [
  { name: 'antal', version: 1, valid: before, unit: 'person', formula: 'alle', measures: alle },
  { name: 'antal', version: 2, valid: after, unit: 'person', formula: 'kvinder', measures: kvinder },
  { name: 'udgift', version: 1, valid: before, unit: 'kr.', formula: 'beloeb', measures: beloeb },
  { name: 'udgift', version: 2, valid: after, unit: '1.000 kr.', formula: 'beloeb', measures: beloeb },
  {
    name: 'rullende',
    version: 1,
    valid: before,
    unit: 'person',
    formula: 'rolling(alle, 3)',
    measures: alle,
  },
  {
    name: 'rullende',
    version: 2,
    valid: after,
    unit: 'person',
    formula: 'rolling(alle, 3)',
    measures: alle.replace('sum: antal', `sum: antal, where: 'koen == "2"'`),
  },
  {
    name: 'maaneden_foer',
    version: 1,
    valid: 'valid_from: 2025M01',
    unit: 'person',
    formula: 'lag(antal, 1)',
  },
  { name: 'dobbelt', version: 1, valid: 'valid_from: 2025M01', unit: 'person', formula: 'antal * 2' },
  { name: 'pris', version: 1, valid: 'valid_from: 2025M01', unit: 'kr./person', formula: 'udgift / antal' },
];

const files: readonly DefinitionFile[] = [
  {
    file: 'data/classifications/kommune.yaml',
    text: `classification: kommune
${label}
source: Made up
members:
  - { code: "101", ${label} }
  - { code: "751", ${label} }
`,
  },
  {
    file: 'data/classifications/koen.yaml',
    text: `classification: koen
${label}
source: Made up
members:
  - { code: "1", ${label} }
  - { code: "2", ${label} }
`,
  },
  ...['kommune', 'koen'].map((id) => ({
    file: `kpi-definitions/dimensions/${id}.yaml`,
    text: `dimension: ${id}\n${label}\nhierarchies: { ${id}: [${id}] }\n`,
  })),
  {
    file: 'kpi-definitions/sources/ledighed.yaml',
    text: `source: proeve.ledighed
${label}
supplier: Made up
frequency: M
delivery: full
file: { names: ["ledige.csv"], format: csv, header: [K, S, P, A, B] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  koen: { type: code, from: S, dimension: koen, expect: all }
  periode: { type: period, from: P }
  antal: { type: integer, from: A }
  kroner: { type: decimal, from: B, decimals: 2 }
key: [periode, kommune, koen]
`,
  },
  ...kpis.map(({ name, version, valid, unit, formula, measures }) => ({
    file: `kpi-definitions/proeve/${name}_${version}.yaml`,
    text: `kpi: proeve.${name}
version: ${version}
status: draft
${valid}
${label}
unit: ${unit}
decimals: 1
direction: neutral
formula: ${formula}
missing: { parts: require_all, operand: require_all }
${measures === undefined ? '' : `measures:\n  ${measures}\n`}`,
  })),
  {
    file: 'cubes/proeve.yaml',
    text: `cube: proeve
${label}
kpis: [${[...new Set(kpis.map(({ name }) => name))].join(', ')}]
dimensions: [kommune, koen]
wait_for: [proeve.ledighed]
`,
  },
];

/** Of month m: in 101 ten times m men and m women, in 751 twenty men and five women; 100 kr. for each. */
const figures = [4, 5, 6, 7, 8, 9].flatMap((month) => [
  ['101', '1', month, 10 * month],
  ['101', '2', month, month],
  ['751', '1', month, 20],
  ['751', '2', month, 5],
]);
const delivery = [
  'K,S,P,A,B',
  ...figures.map(
    ([kommune, koen, month, antal]) => `${kommune},${koen},2025M0${month},${antal},${Number(antal) * 100}.00`,
  ),
].join('\n');

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(files, { 'ledige.csv': `${delivery}\n` });
});
afterAll(() => world.close());

const ask = (request: Partial<Request>) =>
  world.ask({ cube: 'proeve', kpis: [], by: ['maaned'], ...request });

/** Member, figure or status, and `b` where it is marked as a break. */
const shown = ({ rows }: Answer): string[] =>
  rows.map(({ members, cells }) =>
    [
      ...members,
      ...cells.map(
        ({ status, value, flags }) =>
          `${value ? toPlain(value, 6) : status}${flags.includes('break') ? ' b' : ''}`,
      ),
    ].join(' '),
  );

const of101 = { where: 'kommune == "101"' };

describe('a KPI of which there are several versions', () => {
  it.each(['cells', 'base'] as const)('is worked out by the one of the period, from %s', async (route) => {
    expect(shown(await ask({ kpis: ['antal'], ...of101, route }))).toEqual([
      '2025M04 44',
      '2025M05 55',
      '2025M06 66',
      '2025M07 7 b',
      '2025M08 8',
      '2025M09 9',
    ]);
  });

  it('is worked out by the one of the last day of a longer period, which is marked where both hold in it', async () => {
    expect(
      shown(await ask({ kpis: ['antal'], by: ['kvartal'], period: '2025K2..2025K3', ...of101 })),
    ).toEqual(['2025K2 165', '2025K3 24 b']);
    expect(shown(await ask({ kpis: ['antal'], by: ['kommune'], period: '2025M06..2025M07' }))).toEqual([
      '101 13 b',
      '751 10 b',
    ]);
  });

  it('is in the unit of the newest, whatever is asked beside it', async () => {
    const both = await ask({ kpis: ['udgift'], period: '2025M06..2025M07', ...of101 });
    expect(both.columns[0]?.unit).toBe('1.000 kr.');
    expect(shown(both)).toEqual(['2025M06 6.6', '2025M07 7.7 b']);
    const old = await ask({ kpis: ['udgift'], period: '2025M06', ...of101 });
    expect(old.columns[0]).toMatchObject({ unit: '1.000 kr.', version: 1 });
    expect(shown(old)).toEqual(['2025M06 6.6']);
  });

  it('has one definition for a whole window, which is marked as long as the change lies in it', async () => {
    expect(shown(await ask({ kpis: ['rullende'], period: '2025M06..2025M09', ...of101 }))).toEqual([
      '2025M06 165',
      '2025M07 18 b',
      '2025M08 21 b',
      '2025M09 24',
    ]);
  });

  it('is meant as it was in the period by the formulas that name it', async () => {
    const asked = { kpis: ['dobbelt', 'maaneden_foer', 'pris'], period: '2025M06..2025M08', ...of101 };
    expect(shown(await ask(asked))).toEqual([
      '2025M06 132 55 100',
      '2025M07 14 b 6 b 1100 b',
      '2025M08 16 7 1100',
    ]);
  });

  it('says which versions an answer is by, and where the definition changes', async () => {
    const { columns, notes } = await ask({ kpis: ['antal', 'dobbelt'] });
    expect(columns[0]).toMatchObject({
      version: 2,
      versions: [
        { version: 1, formula: 'alle', period: '2025M04..2025M06' },
        { version: 2, formula: 'kvinder', period: '2025M07..2025M09' },
      ],
    });
    expect(notes.map(({ text }) => text.en)).toEqual([
      'antal: new definition from 2025-07-01: version 2 in place of 1.',
      'dobbelt: new definition from 2025-07-01: a KPI in the formula was changed.',
    ]);
    const alone = await ask({ kpis: ['antal'], period: '2025M08' });
    expect(alone.columns[0]).not.toHaveProperty('versions');
    expect(alone.notes).toEqual([]);
  });

  it('is explained by the version of the period', async () => {
    const explained = async (period: string) => {
      const where = of101.where;
      const question = { cube: 'proeve', kpi: 'antal', where, period, hierarchy: null, edition: null };
      return soundValue(await explain(outsideOf(world.published.root), question));
    };
    const old = await explained('2025M06');
    expect(old.formula).toBe('alle');
    expect(old.components.map(({ measure, value }) => [measure, value && toPlain(value, 0)])).toEqual([
      ['proeve.antal@1.alle', '66'],
    ]);
    expect(old.versions).toEqual([
      { version: 1, formula: 'alle', from: null, to: '2025-06-30', used: true },
      { version: 2, formula: 'kvinder', from: '2025-07-01', to: null, used: false },
    ]);
    const now = await explained('2025M07');
    expect(now.formula).toBe('kvinder');
    expect(now.components.map(({ measure }) => measure)).toEqual(['proeve.antal.kvinder']);
  });
});

describe('what docs/language.md says of versions', () => {
  const page = textOf('docs/language.md');
  const section = page.slice(page.indexOf('\n## Versions\n'), page.indexOf('\n## Rows\n'));
  const [head = [], , ...told] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const cases = told.flatMap(([formula = '', ...cells]) =>
    cells.flatMap((cell, at) =>
      cell === '' ? [] : [[formula.replaceAll('`', ''), head[at + 1] ?? '', cell]],
    ),
  );

  it('is asked whole', () => expect(cases).toHaveLength(13));

  it.each(cases)('holds for %s in %s', async (formula, period, cell) => {
    const kpi = kpis.find((each) => each.name === formula || each.formula === formula)?.name ?? '';
    const answer = await ask({ kpis: [kpi], by: [], period: period ?? '', ...of101 });
    expect(shown(answer)).toEqual([cell?.replace('break', 'b')]);
  });
});

describe('a further version of a KPI', () => {
  it('is told by its impact on the periods that it holds for, and on what names it', async () => {
    const { root } = world.published;
    const write = (version: number, valid: string, formula: string, measures: string) => {
      const kpi = files.find(({ file }) => file === `kpi-definitions/proeve/antal_2.yaml`);
      const text = (kpi?.text ?? '')
        .replace('version: 2', `version: ${version}`)
        .replace(after, valid)
        .replace('formula: kvinder', `formula: ${formula}`)
        .replace(kvinder, measures);
      writeFileSync(join(root, `kpi-definitions/proeve/antal_${version}.yaml`), text);
    };
    write(2, 'valid_from: 2025M07\nvalid_to: 2025M08', 'kvinder', kvinder);
    write(3, 'valid_from: 2025M09', 'alle', alle);
    const [cube] = soundValue(await impact(outsideOf(root)));
    const told = cube?.kpis.map(({ kpi, change, impact: moved }) => [
      kpi,
      change,
      moved?.all?.moved,
      moved?.newest?.moved,
      moved?.newest?.of,
    ]);
    expect(told).toEqual([
      ['proeve.antal', 'changed', 2, 2, 2],
      ['proeve.maaneden_foer', 'changed', 2, 2, 2],
      ['proeve.dobbelt', 'changed', 2, 2, 2],
      ['proeve.pris', 'changed', 2, 2, 2],
    ]);
  });
});
