import { describe, expect, it } from 'vitest';
import { withLedige, withPrice } from '../query/support.ts';
import { withChange, withFile } from '../support/definitions.ts';
import { factsOf } from './support.ts';

const outline = (facts: ReturnType<typeof factsOf>) =>
  facts.map(
    ({ kind, source, measures }) =>
      `${kind} of ${source}: ${measures.map(({ column, uses: ids }) => `${column} (${ids.length})`).join(', ')}`,
  );

/** A KPI more over unemployment, with its own measure. */
const withMore = (name: string, rules: string) =>
  withFile(
    `kpi-definitions/beskaeftigelse/${name}.yaml`,
    `kpi: beskaeftigelse.${name}
version: 1
status: approved
valid_from: "2020"
label: { da: ${name}, en: ${name} }
unit: person
decimals: 0
direction: neutral
formula: ${name}
missing: { parts: require_all, operand: require_all }
measures:
  ${name}: { source: star.ledighed, sum: fuldtidspersoner, unit: person, ${rules} }
`,
    withChange('cubes/arbejde.yaml', ', folketal]', `, folketal, ${name}]`),
  );

describe('facts of a question', () => {
  it('are one for each source, whatever stands on it', () => {
    expect(outline(factsOf({ kpi: 'ledige,ledige_pr_1000', period: '2026M07' }))).toEqual([
      'parts of star.ledighed: ledige (1)',
      'parts of dst.folketal: folketal (1)',
    ]);
  });

  it('share a column between measures that are the same, over time too', () => {
    const files = withMore('samme', 'over_time: mean');
    const [fact, ...others] = factsOf({ kpi: 'ledige,samme', period: '2026K1' }, files);
    expect(others).toEqual([]);
    const states = fact?.measures.map(({ uses }) => uses);
    expect(states?.flat().sort()).toEqual(['beskaeftigelse.ledige.ledige', 'beskaeftigelse.samme.samme']);
  });

  it('are two of one source where their periods are not the same', () => {
    const files = withMore('sidste', 'over_time: last');
    expect(
      factsOf({ kpi: 'ledige,sidste', period: '2026K1' }, files).map(({ source, pairs }) => [
        source,
        pairs.length,
      ]),
    ).toEqual([
      ['star.ledighed', 3],
      ['star.ledighed', 1],
    ]);
  });

  it('carry one column for each way over time, by names of their own', () => {
    const files = withMore('ialt', 'over_time: sum');
    const [fact] = factsOf({ kpi: 'ledige,ialt', period: '2026K1' }, files);
    const columns = fact?.measures.map(({ column }) => column) ?? [];
    expect(new Set(columns).size).toBe(columns.length);
    expect(fact?.measures.map(({ overTime }) => overTime).sort()).toEqual(['mean', 'sum']);
  });

  it('read only the states that are asked for', () => {
    const files = withMore('andre', 'over_time: mean, where: koen == "2"');
    expect(factsOf({ kpi: 'ledige' }, files)[0]?.cells.states).toHaveLength(1);
    expect(factsOf({ kpi: 'ledige,andre' }, files)[0]?.cells.states).toHaveLength(2);
  });
});

describe('a fact of parts', () => {
  it('reads the finest rows, by the codes in the cells or by the structure above them', () => {
    const [fact] = factsOf({ kpi: 'ledige', by: 'region,koen' });
    expect(fact).toMatchObject({
      kind: 'parts',
      rowLevels: { kommune: 'kommune' },
      keys: [
        { level: 'region', column: 'kommune', structure: 'kommune' },
        { level: 'koen', column: 'koen', structure: null },
      ],
    });
    expect(fact?.structures.map(({ dimension }) => dimension)).toEqual(['kommune']);
    expect(fact?.parts.map(({ dimension, expect: expected }) => [dimension, expected])).toEqual([
      ['kommune', 'all'],
    ]);
  });

  it('joins a structure where a level above is asked for or filtered by, or members are expected', () => {
    const dimensions = (typed: Parameters<typeof factsOf>[0]) =>
      factsOf(typed)[0]?.structures.map(({ dimension }) => dimension);
    expect(dimensions({ kpi: 'ledige', by: 'koen' })).toEqual(['kommune']);
    expect(dimensions({ kpi: 'ledige', by: 'koen', where: 'koen == "1"' })).toEqual(['kommune']);
  });

  it('names the weight, its cells and its period', () => {
    const [fact] = factsOf({ kpi: 'pris', by: 'region', period: '2026M07' }, withPrice(), {
      'dst.folketal': 'base',
    });
    expect(fact?.weight).toMatchObject({
      route: 'base',
      dimension: { column: 'kommune' },
      cells: { source: 'dst.folketal' },
    });
    expect(fact?.weight?.cells.states).toHaveLength(1);
    expect(fact?.pairs).toMatchObject([{ source: '2026M07', weight: '2026' }]);
  });
});

describe("a fact of the source's own totals", () => {
  const files = withLedige('over: { kommune: none }\n    over_time: none');

  it('stands beside the parts, reads the rows of the total and joins no structure for them', () => {
    const [parts, totals] = factsOf({ kpi: 'ledige', by: 'land,koen' }, files);
    expect(parts?.kind).toBe('parts');
    expect(totals).toMatchObject({
      kind: 'totals',
      rowLevels: { kommune: 'land' },
      keys: [
        { level: 'land', column: 'kommune', structure: null },
        { level: 'koen', column: 'koen', structure: null },
      ],
      structures: [],
      parts: [],
      weight: null,
    });
  });

  it('is there only where totals are to answer', () => {
    expect(factsOf({ kpi: 'ledige', by: 'kommune' }, files).map(({ kind }) => kind)).toEqual(['parts']);
    expect(factsOf({ kpi: 'ledige', where: 'kommune == "101"' }, files).map(({ kind }) => kind)).toEqual([
      'parts',
    ]);
  });
});
