import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import { ask } from '../../src/serve/ask.ts';
import { type BuiltWorld, type CubeHarness, openHarness } from '../support/cubeHarness.ts';
import type { WorldQuestion } from '../support/world.ts';
import { alleLedige, exampleWorld, ledig } from './example.ts';

let harness: CubeHarness;
let built: BuiltWorld;
beforeAll(async () => {
  harness = await openHarness();
  const totals = ['2026M01', '2026M02', '2026M03'].flatMap((period) => [
    ledig(period, '000', '1', 95n),
    ledig(period, '000', '2', 99n),
  ]);
  built = await harness.build(exampleWorld({ ledige: [...alleLedige, ...totals] }));
});
afterAll(() => harness.close());

const asked: WorldQuestion = {
  kpis: ['ledige'],
  by: ['kommune'],
  where: [],
  period: '2026M01',
  hierarchy: 'as-is',
};

describe('ask', () => {
  it('says of which cube, edition, structure and period the answer is', async () => {
    const { value } = await built.ask({ ...asked, period: '2026K1' });
    expect(value).toMatchObject({
      cube: 'proeve',
      edition: { id: 'proeve-1', number: 1, synthetic: false },
      hierarchy: { mode: 'as-is', date: '2026-03-31' },
      period: '2026K1',
      levels: [{ name: 'kommune', members: { '101': { da: '101' } } }],
      columns: [{ name: 'ledige', kind: 'kpi', id: 'test.ledige', version: 1, unit: 'person' }],
      total: null,
    });
  });

  it('says from when to when it is, where time is among the levels', async () => {
    expect((await built.ask({ ...asked, by: ['maaned'], period: '2026K1' })).value?.period).toBe(
      '2026M01..2026M03',
    );
    expect((await built.ask({ ...asked, by: ['maaned'], period: '2026M02' })).value?.period).toBe('2026M02');
  });

  it('gives a total that is a question of its own: a mean of months, a source total, a ratio of sums', async () => {
    const { value } = await built.ask(
      { ...asked, kpis: ['ledige', 'andel'], by: ['kommune', 'maaned'], period: '2026K1' },
      { totals: true, top: 1 },
    );
    // 204, 212 and 220 in the three months, of 10,000.
    expect(value?.rows).toHaveLength(1);
    expect(value?.total?.members).toEqual([]);
    expect(value?.total?.cells.map((cell) => cell.value && toPlain(cell.value, 3))).toEqual(['212', '21.2']);
  });

  it('gives a total of what does not add only where the source gives one, and spoils nothing else', async () => {
    const one = await built.ask({ ...asked, kpis: ['personer', 'ledige'] }, { totals: true });
    expect(one.value?.total?.cells).toMatchObject([
      { status: 'ok', flags: ['source_total'], value: { numerator: 194n } },
      { status: 'ok', value: { numerator: 204n } },
    ]);
    const several = await built.ask(
      { ...asked, kpis: ['personer', 'ledige'], by: ['kommune', 'maaned'], period: '2026K1' },
      { totals: true },
    );
    expect(several.value?.total?.cells).toMatchObject([
      { status: 'not_applicable', value: null },
      { status: 'ok', value: { numerator: 212n } },
    ]);
  });

  it('totals what the filter keeps, not what is shown', async () => {
    const { value } = await built.ask(
      { ...asked, where: [{ level: 'kommune', is: 'in', codes: ['101', '851'] }] },
      { totals: true, top: 1 },
    );
    expect(value?.total?.cells[0]?.value).toEqual({ numerator: 102n, denominator: 1n });
  });

  it('says which way the figures came, and why', async () => {
    const reasons = async (route?: 'cells' | 'base') =>
      (await built.ask({ ...asked, kpis: ['andel'] }, route ? { route } : {})).value?.route;
    const held = 'the cells hold every state and dimension that is asked for';
    expect(await reasons()).toEqual({
      kind: 'cells',
      reasons: [`test.folketal: cells, ${held}`, `test.ledige: cells, ${held}`],
    });
    expect(await reasons('base')).toMatchObject({
      kind: 'base',
      reasons: [
        'test.folketal: base, the base route was asked for',
        'test.ledige: base, the base route was asked for',
      ],
    });
  });

  it('asks nothing of an engine where nothing has come', async () => {
    const silent = { ...built.context, engine: () => Promise.reject(new Error('asked')) };
    const answer = await ask(
      built.edition,
      { cube: 'proeve', kpis: ['ledige'], by: ['land'], period: '2019M01' },
      silent,
    );
    expect(answer.value?.rows.map(({ cells }) => cells[0]?.status)).toEqual(['not_delivered']);
  });
});
