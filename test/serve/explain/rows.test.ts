import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printBeside } from '../../../src/cli/terminal/beside.ts';
import { printExplanation } from '../../../src/cli/terminal/explanation.ts';
import { textWidth } from '../../../src/cli/terminal/width.ts';
import { printExplanationJson } from '../../../src/export/explanation.ts';
import { lineageOf } from '../../../src/export/lineage/graph.ts';
import { printSvg } from '../../../src/export/lineage/svg.ts';
import { explain, explainBeside } from '../../../src/pipeline.ts';
import type { Explanation } from '../../../src/serve/explain.ts';
import { openNaive } from '../../oracle/naive.ts';
import { soundValue } from '../../support/published.ts';
import { type SmallWorld, smallWorld } from '../../support/smallWorld.ts';
import { outsideOf } from '../../support/workspace.ts';

const label = 'label: { da: Prøve, en: Trial }';
const files = [
  {
    file: 'data/classifications/kommune.yaml',
    text: `classification: kommune
${label}
source: Made up
members: [{ code: "101", ${label} }, { code: "751", ${label} }, { code: "851", ${label} }]
`,
  },
  {
    file: 'kpi-definitions/dimensions/kommune.yaml',
    text: `dimension: kommune\n${label}\nhierarchies: { kommune: [kommune] }\n`,
  },
  {
    file: 'kpi-definitions/sources/elever.yaml',
    text: `source: proeve.elever
${label}
supplier: Made up
frequency: M
delivery: periods
absence: zero
delivered_by: kommune
file: { names: ["elever*.csv"], format: csv, header: [K, P, E, C, T, N] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  periode: { type: period, from: P }
  elev: { type: key, from: E, of: text, personal: true }
  klasse: { type: key, from: C, of: text }
  slags: { type: text, from: T, values: ["10", "20"] }
  trin: { type: integer, from: N }
key: [periode, elev]
`,
  },
  {
    file: 'kpi-definitions/rows/klasser.yaml',
    text: `rows: proeve.klasser
${label}
from: proeve.elever
steps:
  - where: slags == "10" and trin <= 9
  - group: { by: [periode, kommune, klasse], take: { elever: { count: rows } } }
  - where: elever >= 2
`,
  },
  {
    file: 'kpi-definitions/proeve/kvotient.yaml',
    text: `kpi: proeve.kvotient
version: 1
status: draft
valid_from: 2026M01
${label}
unit: elev/klasse
decimals: 1
direction: neutral
formula: elever / klasser
missing: { parts: skip, coverage: 0.5, operand: require_all }
measures:
  elever: { source: proeve.klasser, sum: elever, unit: elev, over_time: sum }
  klasser: { source: proeve.klasser, count: rows, unit: klasse, over_time: sum }
`,
  },
  {
    file: 'cubes/proeve.yaml',
    text: `cube: proeve
${label}
kpis: [kvotient]
dimensions: [kommune]
wait_for: [proeve.elever]
`,
  },
];

/** 101 has classes of 3, 2 and 1 that count; 751 one of 2; 851 sends nothing. The second delivery is of February. */
const january = [
  ...['a', 'b', 'c'].map((elev) => `101,2026M01,${elev},1A,10,3`),
  ...['d', 'e'].map((elev) => `101,2026M01,${elev},1B,10,9`),
  '101,2026M01,f,1C,10,1',
  '101,2026M01,g,1C,20,1',
  '101,2026M01,h,1D,10,10',
  ...['i', 'j'].map((elev) => `751,2026M01,${elev},2A,10,2`),
];
const february = january
  .filter((row) => !row.includes(',c,'))
  .map((row) => row.replace('2026M01', '2026M02'));
const deliveryOf = (rows: readonly string[]) => `${['K,P,E,C,T,N', ...rows].join('\n')}\n`;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(files, {
    'elever_januar.csv': deliveryOf(january),
    'elever_februar.csv': deliveryOf(february),
  });
});
afterAll(() => world.close());

const question = { cube: 'proeve', kpi: 'kvotient', hierarchy: null, edition: null, rows: 10 };
const explained = async (where: string | null, period: string): Promise<Explanation> =>
  soundValue(await explain(outsideOf(world.published.root), { ...question, where, period }));

describe('the rows of a figure', () => {
  it('are counted after each condition and step, as naive SQL counts them', async () => {
    const { components } = await explained('kommune == "101"', '2026M01');
    const naive = await openNaive();
    const file = join(world.published.root, 'data/deliveries/elever_januar.csv');
    const elever = `read_csv('${file}', all_varchar = true)`;
    const ten = `${elever} where T = '10'`;
    const low = `${ten} and N::int <= 9`;
    const groups = `(select K, C, count(*) n from ${low} group by K, C)`;
    const counts = [
      `select count(*) n from ${elever}`,
      `select count(*) n from ${ten}`,
      `select count(*) n from ${low}`,
      `select count(*) n from ${groups}`,
      `select count(*) n from ${groups} where n >= 2`,
      `select count(*) n from ${groups} where n >= 2 and K = '101'`,
      `select count(*) n from ${groups} where n >= 2 and K = '101'`,
    ];
    const wanted = [];
    for (const sql of counts) wanted.push(Number((await naive.run(sql)).flat()[0]?.n));
    naive.close();
    expect(wanted).toEqual([10, 9, 8, 4, 3, 2, 2]);
    const [elev, klasser] = components;
    expect(elev?.rowsLeft?.map(({ rows }) => rows)).toEqual(wanted);
    expect(elev?.rowsLeft?.map(({ kind, source, text }) => `${kind} ${source}: ${text}`)).toEqual([
      'delivered proeve.elever: delivered of proeve.elever',
      'step proeve.klasser: slags == "10"',
      'step proeve.klasser: trin <= 9',
      'step proeve.klasser: group by periode, kommune, klasse',
      'step proeve.klasser: elever >= 2',
      'question proeve.klasser: kommune == "101"',
      'known proeve.klasser: rows that have a value',
    ]);
    expect(klasser?.rowsLeft?.map(({ rows }) => rows)).toEqual(wanted.slice(0, -1));
  });

  it('are told by file and row, with nothing that names a person', async () => {
    const { components } = await explained('kommune == "101"', '2026M01');
    const told = components[0]?.sourceRows;
    // The classes that count are of the lines 2 to 6: five rows, which is what their sum says.
    expect(told?.rows.map(({ file, row }) => `${file} ${row}`)).toEqual(
      [2, 3, 4, 5, 6].map((row) => `elever_januar.csv ${row}`),
    );
    expect(told).toMatchObject({ count: 5, of: 'groups', source: 'proeve.elever' });
    expect(told?.columns).not.toContain('elev');
    expect(told?.withheld).toContain('klasse');
    const json = printExplanationJson(await explained('kommune == "101"', '2026M01'), 6);
    expect(JSON.parse(json).components[0].source_rows.rows).toHaveLength(5);
    for (const elev of ['a', 'b', 'c', 'd', 'e']) expect(json).not.toContain(`"${elev}"`);
  });

  it('say who did not deliver, and why that is enough', async () => {
    const { components, reasons, worked } = await explained(null, '2026M02');
    expect(components[0]?.missing).toEqual([
      { period: '2026M02', why: 'not_delivered', levels: ['kommune'], members: [['851']] },
    ]);
    expect(reasons).toEqual([
      {
        of: 'coverage',
        text: '2 of 3 parts are known, 66.7 %: 1 not delivered; at least 50 % of the parts.',
      },
    ]);
    expect(worked).toMatchObject({
      operator: '/',
      value: { numerator: 2n, denominator: 1n },
      inputs: [
        { figure: 'proeve.kvotient.elever', value: { numerator: 6n } },
        { figure: 'proeve.kvotient.klasser', value: { numerator: 3n } },
      ],
    });
  });

  it.each([80, 160])('are printed within %i columns', async (width) => {
    const text = printExplanation(await explained('kommune == "101"', '2026M01'), null, 'da', width);
    const beforeSql = text.slice(0, text.indexOf('\nSQL\n'));
    for (const line of beforeSql.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(width);
  });
});

describe('the same figure by two editions', () => {
  it('stands side by side, with what is not the same', async () => {
    const outside = outsideOf(world.published.root);
    const asked = { ...question, where: null, period: '2026M01', edition: '2' };
    const both = soundValue(await explainBeside(outside, asked, '1'));
    expect(both.figures.map(({ measure, difference }) => [measure, difference?.numerator])).toEqual([
      [null, 0n],
      ['proeve.kvotient.elever', 0n],
      ['proeve.kvotient.klasser', 0n],
    ]);
    expect(both.changes).toEqual([]);
    // February came with the second delivery, and says nothing of January.
    expect(printBeside(both, null, 'en', 80)).toContain('only 2026M02-1');
    const same = soundValue(await explainBeside(outside, asked, '2'));
    expect(printBeside(same, null, 'en', 80)).toContain('Nothing differs');
    const later = soundValue(await explainBeside(outside, { ...asked, period: '2026M02' }, '1'));
    expect(later.figures[1]).toMatchObject({
      of: { status: 'ok', value: { numerator: 6n } },
      against: { status: 'not_delivered', value: null },
      difference: null,
    });
    expect(
      later.changes.map(({ measure, what, of, against }) => [measure, what, against, of]),
    ).toContainEqual(['proeve.kvotient.elever', 'coverage', '0 of 3', '2 of 3']);
    const text = printBeside(later, null, 'en', 80);
    expect(text).toContain('not delivered');
    for (const line of text.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });
});

describe('the picture of a figure', () => {
  it('goes from the figure to its deliveries, and names no person', async () => {
    const graph = lineageOf(await explained('kommune == "101"', '2026M01'), 'da');
    const kinds = graph.nodes.map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(
      ['figure', 'formula', 'measure', 'conditions', 'relation', 'source', 'delivery'].sort(),
    );
    expect(graph.nodes.find(({ kind }) => kind === 'delivery')?.title).toBe('elever_januar.csv');
    const reached = new Set(['figure']);
    for (const _ of graph.nodes)
      for (const { from, to } of graph.edges) if (reached.has(from)) reached.add(to);
    expect(reached.size).toBe(graph.nodes.length);
    const svg = printSvg(graph);
    expect(svg).toContain('>2,5 elev/klasse<');
    expect(svg).toContain('slags == &quot;10&quot;: 9');
    expect(svg).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
  });
});
