import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const contract = (id: string, columns: string, header: string, key: string): string => `source: ubu.${id}
label: { da: ${id}, en: ${id} }
supplier: test
frequency: M
delivery: full
file: { names: ["${id}.csv"], format: csv, header: [${header}] }
columns:
  periode: { type: period, from: MAANED }
${columns}key: [${key}]
`;

/** Reports of children, and the measures that each child has: none, one or several. */
const world = (every: string): RowsWorld => ({
  'kpi-definitions/sources/underretninger.yaml': contract(
    'underretninger',
    `  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  barn: { type: key, from: BARN, of: integer, personal: true }
  antal: { type: integer, from: ANTAL }
`,
    'MAANED, KOMMUNE, BARN, ANTAL',
    'periode, kommune, barn',
  ),
  'kpi-definitions/sources/foranstaltninger.yaml': contract(
    'foranstaltninger',
    `  nummer: { type: key, from: NUMMER, of: integer }
  barn: { type: key, from: BARN, of: integer, personal: true }
  koen: { type: code, from: KOEN, dimension: koen }
  dage: { type: integer, from: DAGE }
`,
    'MAANED, NUMMER, BARN, KOEN, DAGE',
    'periode, nummer',
  ),
  'kpi-definitions/ubu/rows/pr_foranstaltning.yaml': `rows: ubu.pr_foranstaltning
label: { da: Pr. foranstaltning, en: By measure }
from: ubu.underretninger
steps:
  - match: { rows: ubu.foranstaltninger, on: { barn: barn, periode: periode }, ${every}take: { koen: koen, dage: dage }, found: fundet }
`,
  'kpi-definitions/ubu/en_gang.yaml': kpiOf('en_gang', 'source: ubu.underretninger, sum: antal'),
  'kpi-definitions/ubu/antal.yaml': kpiOf('antal', 'source: ubu.pr_foranstaltning, sum: antal'),
  'kpi-definitions/ubu/raekker.yaml': kpiOf('raekker', 'source: ubu.pr_foranstaltning, count: rows'),
  'kpi-definitions/ubu/fundne.yaml': kpiOf('fundne', 'source: ubu.pr_foranstaltning, sum: fundet'),
  'kpi-definitions/ubu/dage.yaml': kpiOf('dage', 'source: ubu.pr_foranstaltning, sum: dage'),
  'cubes/proeve.yaml': `${cubeOf(['en_gang'], ['kommune'], 'ubu.underretninger')}`,
  'cubes/hver.yaml': cubeOf(
    ['antal', 'raekker', 'fundne', 'dage'],
    ['kommune', 'koen'],
    'ubu.underretninger, ubu.foranstaltninger',
  ).replace('cube: proeve', 'cube: hver'),
  'data/deliveries/underretninger.csv':
    'MAANED,KOMMUNE,BARN,ANTAL\n2026M01,101,1,10\n2026M01,101,2,20\n2026M01,400,3,30\n2026M02,400,1,40\n',
  'data/deliveries/foranstaltninger.csv':
    'MAANED,NUMMER,BARN,KOEN,DAGE\n2026M01,1,1,1,5\n2026M01,2,1,2,6\n2026M01,3,1,2,7\n2026M01,4,2,1,8\n2026M02,5,1,2,9\n',
});

const joined = `from 'underretninger.csv' u left join 'foranstaltninger.csv' f on f.BARN = u.BARN and f.MAANED = u.MAANED`;

describe('every match', () => {
  it('makes a row of its own, and a row that nothing fits stays', async () => {
    const published = await publishWorld(world('every: true, '));
    expect(published.faults.map(({ message }) => message)).toEqual([]);
    const kpis = ['antal', 'raekker', 'fundne'];
    const figures = 'sum(u.ANTAL), count(*), count(f.BARN)';
    const period = '2026M01..2026M02';
    expect(await published.ask({ cube: 'hver', kpis, by: ['maaned', 'kommune'], period })).toEqual([
      '2026M01 101 50 4 4',
      '2026M01 400 30 1 0',
      '2026M02 101 not_delivered not_delivered not_delivered',
      '2026M02 400 40 1 1',
    ]);
    expect(await published.ask({ cube: 'hver', kpis, by: ['koen'], period })).toEqual(
      await published.byHand(
        `select coalesce(f.KOEN::varchar, 'uoplyst') as k, ${figures} ${joined} group by 1 order by k`,
      ),
    );
  });

  it('counts no more in the whole than in its parts, and what is counted before it only once', async () => {
    const published = await publishWorld(world('every: true, '));
    const period = '2026M01..2026M02';
    const whole = await published.ask({ cube: 'hver', kpis: ['antal', 'raekker'], by: [], period });
    expect(whole).toEqual(await published.byHand(`select sum(u.ANTAL), count(*) ${joined}`));
    expect(await published.ask({ kpis: ['en_gang'], by: [], period })).toEqual(['100']);
  });

  it('must be asked for: several rows of a key stop publishing otherwise', async () => {
    const published = await publishWorld(world(''));
    expect(published.faults.map(({ code }) => code)).toContain('key-not-unique');
  });
});
