import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** Pupils by sex in months, whose silence is zero; places by kommune alone; budgets of years. */
const world: RowsWorld = {
  'kpi-definitions/sources/elever.yaml': `source: skole.elever
label: { da: Elever, en: Pupils }
supplier: test
frequency: M
delivery: full
absence: zero
delivered_by: kommune
file: { names: ["elever.csv"], format: csv, header: [MAANED, KOMMUNE, KOEN, ELEV, TIMER] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, empty: uoplyst, expect: all }
  koen: { type: code, from: KOEN, dimension: koen }
  elev: { type: key, from: ELEV, of: integer, personal: true }
  timer: { type: integer, from: TIMER, empty: suppressed }
key: [periode, elev]
`,
  'kpi-definitions/sources/pladser.yaml': `source: skole.pladser
label: { da: Pladser, en: Places }
supplier: test
frequency: M
delivery: full
file: { names: ["pladser.csv"], format: csv, header: [MAANED, KOMMUNE, ANTAL] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: all }
  antal: { type: integer, from: ANTAL }
key: [periode, kommune]
`,
  'kpi-definitions/sources/budget.yaml': `source: skole.budget
label: { da: Budget, en: Budget }
supplier: test
frequency: Å
delivery: full
file: { names: ["budget.csv"], format: csv, header: [AAR, KOMMUNE, KRONER] }
columns:
  periode: { type: period, from: AAR }
  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  kroner: { type: integer, from: KRONER }
key: [periode, kommune]
`,
  'kpi-definitions/skole/elever.yaml': kpiOf('elever', 'source: skole.elever, distinct: elev').replace(
    'over_time: sum',
    'over_time: none',
  ),
  'kpi-definitions/skole/timer.yaml': kpiOf('timer', 'source: skole.elever, sum: timer'),
  'kpi-definitions/skole/piger.yaml': kpiOf(
    'piger',
    `source: skole.elever, count: rows, where: 'koen == "2"'`,
  ),
  'kpi-definitions/skole/pladser.yaml': kpiOf('pladser', 'source: skole.pladser, sum: antal'),
  'kpi-definitions/skole/budget.yaml': kpiOf('budget', 'source: skole.budget, sum: kroner'),
  'cubes/proeve.yaml': cubeOf(
    ['elever', 'timer', 'piger', 'pladser', 'budget'],
    ['kommune', 'koen'],
    'skole.elever, skole.pladser, skole.budget',
  ),
  'data/deliveries/elever.csv': `MAANED,KOMMUNE,KOEN,ELEV,TIMER
2026M01,101,1,1,4
2026M01,101,2,2,
2026M01,,1,3,2
2026M02,101,1,1,5
2026M02,751,2,4,0
`,
  'data/deliveries/pladser.csv': `MAANED,KOMMUNE,ANTAL
2026M01,851,10
2026M02,101,0
`,
  'data/deliveries/budget.csv': `AAR,KOMMUNE,KRONER
2026,400,1000
`,
};

describe('levels without figures', () => {
  it('give the members that rows have, and none that is only expected', async () => {
    const { ask, byHand, faults } = await publishWorld(world);
    expect(faults).toEqual([]);
    expect(await ask({ kpis: [], by: ['kommune', 'koen'], period: '2026M01' })).toEqual(
      await byHand(`select distinct coalesce(KOMMUNE::varchar, 'uoplyst'), KOEN from 'elever.csv'
        where MAANED = '2026M01' order by 1, 2`),
    );
    expect(await ask({ kpis: [], by: ['region', 'maaned'], period: '2026' })).toEqual([
      '081 2026M01',
      '082 2026M02',
      '084 2026M01',
      '084 2026M02',
      'uoplyst 2026M01',
    ]);
  });

  it('are those of every source that has them, in periods that it has figures of', async () => {
    const { ask } = await publishWorld(world);
    expect(await ask({ kpis: [], by: ['kommune'], period: '2026M01' })).toEqual(['101', '851', 'uoplyst']);
    expect(await ask({ kpis: [], by: ['kommune'], period: '2026' })).toEqual([
      '101',
      '400',
      '751',
      '851',
      'uoplyst',
    ]);
    expect(await ask({ kpis: [], by: ['koen'], period: '2026' })).toEqual(['1', '2']);
    expect(await ask({ kpis: [], by: ['maaned'], period: '2026' })).toEqual(['2026M01', '2026M02']);
  });

  it('are filtered and cut off like figures', async () => {
    const { ask } = await publishWorld(world);
    const where = 'koen == "2"';
    expect(await ask({ kpis: [], by: ['kommune'], period: '2026', where })).toEqual(['101', '751']);
    expect(await ask({ kpis: [], by: ['kommune'], period: '2026', top: 2 })).toEqual(['101', '400']);
  });

  it('have nothing to order by and no total', async () => {
    const { ask } = await publishWorld(world);
    await expect(ask({ kpis: [], by: ['koen'], order: '-timer' })).rejects.toThrow(
      'Members are in the order of their codes; there is no figure to order them by.',
    );
    await expect(ask({ kpis: [], by: ['koen'], totals: true })).rejects.toThrow(
      'Members without figures have no total.',
    );
    await expect(ask({ kpis: [], by: [] })).rejects.toThrow('No KPI is asked for.');
  });
});
