import { describe, expect, it } from 'vitest';
import { cubeOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const kpi = (name: string, formula: string) => `kpi: proeve.${name}
version: 1
status: approved
valid_from: "2020"
label: { da: ${name}, en: ${name} }
unit: kr.
decimals: 2
direction: neutral
formula: ${formula}
missing: { parts: require_all, operand: require_all }
measures:
  beloeb: { source: oekonomi.dage, sum: beloeb, unit: kr., over_time: sum }
`;

/** Amounts of three days around the end of a month. */
const formulas: Readonly<Record<string, string>> = {
  gennemsnit: 'mean_of_each(rolling(beloeb, 2), dag)',
  foerste: 'first_of_each(rolling(beloeb, 2), dag)',
  sidste: 'last_of_each(rolling(beloeb, 2), dag)',
  forskudt: 'mean_of_each(lag(beloeb, 1), dag)',
  indtil: 'since_start(beloeb)',
  begyndelse: 'or_zero(start_of(beloeb, maaned))',
};
const days: RowsWorld = {
  'kpi-definitions/sources/dage.yaml': `source: oekonomi.dage
label: { da: Dage, en: Days }
supplier: test
frequency: D
delivery: full
file: { names: ["dage.csv"], format: csv, header: [DATO, KOMMUNE, BELOEB] }
columns:
  periode: { type: period, from: DATO }
  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  beloeb: { type: integer, from: BELOEB }
key: [periode, kommune]
`,
  ...Object.fromEntries(
    Object.entries(formulas).map(([name, formula]) => [
      `kpi-definitions/proeve/${name}.yaml`,
      kpi(name, formula),
    ]),
  ),
  'cubes/proeve.yaml': cubeOf(Object.keys(formulas), ['kommune'], 'oekonomi.dage'),
  'data/deliveries/dage.csv': `DATO,KOMMUNE,BELOEB
2026-01-30,101,10
2026-01-31,101,20
2026-02-01,101,40
2026-02-01,400,7
`,
};

describe('figures of each day in a longer period', () => {
  it('are those that there are, by every level that is asked for', async () => {
    const world = await publishWorld(days);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const ask = (kpis: string[], by: string[]) => world.ask({ kpis, by, period: '2026M01..2026M02' });
    const three = ['gennemsnit', 'foerste', 'sidste'];
    // 30 January 10, 31 January 30, 1 February 67 with the day before, 2 February 47.
    expect(await ask(three, ['maaned'])).toEqual(['2026M01 20 10 30', '2026M02 57 67 47']);
    expect((await ask(three, ['maaned', 'kommune'])).slice(-1)).toEqual(['2026M02 400 7 7 7']);
    expect(await ask(['forskudt'], ['maaned'])).toEqual(['2026M01 10', '2026M02 33.5']);
  });

  it('are cut by weeks and months together, each piece once', async () => {
    const world = await publishWorld(days);
    const answer = await world.ask({
      kpis: ['gennemsnit', 'indtil', 'begyndelse'],
      by: ['maaned', 'uge'],
      period: '2026M01..2026M02',
    });
    expect(answer.filter((line) => !line.includes('not_delivered'))).toEqual([
      '2026M01 2026U05 20 30 0',
      '2026M02 2026U05 67 77 47',
      '2026M02 2026U06 47 77 47',
    ]);
  });

  it('are not moved from outside, since the days inside would be others', async () => {
    const world = await publishWorld({
      ...days,
      'kpi-definitions/proeve/gennemsnit.yaml': kpi(
        'gennemsnit',
        'lag(mean_of_each(beloeb, dag), 1, maaned)',
      ),
    });
    await expect(world.ask({ kpis: ['gennemsnit'], by: ['maaned'], period: '2026M02' })).rejects.toThrow(
      'moves what is made of shorter periods',
    );
  });
});
