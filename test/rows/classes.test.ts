import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** Pupils of three kommuner in two months: classes of 1 to 40, of two kinds, some without a kommune. */
function pupils(): string {
  const lines = ['MAANED;KOMMUNE;SKOLE;KLASSE;KLASSETYPE;TRIN;ELEV;KOEN'];
  let pupil = 1;
  for (const month of ['2026M01', '2026M02']) {
    for (const [at, kommune] of ['101', '400', '751', ''].entries()) {
      for (const [school, sizes] of [
        [4, 5, 20],
        [35, 36, 12, 1],
      ].entries()) {
        for (const [room, size] of sizes.entries()) {
          for (let seat = 0; seat < size + at; seat++) {
            const kind = room === 2 ? '20' : '10';
            lines.push(
              [
                month,
                kommune,
                `s${at}${school}`,
                `k${room}`,
                kind,
                (seat + room) % 10,
                pupil++,
                (seat % 2) + 1,
              ].join(';'),
            );
          }
        }
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

const schools: RowsWorld = {
  'kpi-definitions/sources/elever.yaml': `source: skole.elever
label: { da: Elever, en: Pupils }
supplier: test
frequency: M
delivery: periods
file:
  names: ["elever_*.csv"]
  format: csv
  delimiter: ";"
  header: [MAANED, KOMMUNE, SKOLE, KLASSE, KLASSETYPE, TRIN, ELEV, KOEN]
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, empty: uoplyst }
  skole: { type: key, from: SKOLE, of: text }
  klasse: { type: key, from: KLASSE, of: text }
  klassetype: { type: text, from: KLASSETYPE }
  trin: { type: integer, from: TRIN }
  elev: { type: key, from: ELEV, of: integer, personal: true }
  koen: { type: code, from: KOEN, dimension: koen }
key: [periode, elev]
`,
  'kpi-definitions/skole/rows/klasser.yaml': `rows: skole.klasser
label: { da: Klasser, en: Classes }
from: skole.elever
steps:
  - where: klassetype == "10"
  - derive:
      stor: { value: "if(trin >= 7, 1, 0)" }
  - group: { by: [periode, kommune, skole, klasse], take: { elever: { count: rows }, trin: { min: trin }, store: { sum: stor } } }
  - where: elever >= 5 and elever <= 35
`,
  'kpi-definitions/skole/klasser.yaml': kpiOf('klasser', 'source: skole.klasser, count: rows'),
  'kpi-definitions/skole/elever.yaml': kpiOf('elever', 'source: skole.klasser, sum: elever'),
  'kpi-definitions/skole/store.yaml': kpiOf('store', 'source: skole.klasser, sum: store'),
  'kpi-definitions/skole/alle.yaml': kpiOf('alle', 'source: skole.elever, count: rows'),
  'cubes/proeve.yaml': cubeOf(['klasser', 'elever', 'store', 'alle'], ['kommune'], 'skole.elever'),
  'data/deliveries/elever_1.csv': pupils(),
};

describe('classes of 5 to 35 pupils', () => {
  it('are those that a filter over a count by class leaves', async () => {
    const world = await publishWorld(schools);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({
      kpis: ['klasser', 'elever', 'store', 'alle'],
      by: ['kommune', 'maaned'],
      period: '2026M01..2026M02',
    });
    expect(answer).toEqual(
      await world.byHand(`
        with classes as (
          select MAANED, coalesce(KOMMUNE, 'uoplyst') kommune, SKOLE, KLASSE, count(*) n, count(*) filter (TRIN >= 7) big
          from read_csv('elever_1.csv', delim = ';', types = {'KOMMUNE': 'VARCHAR', 'KLASSETYPE': 'VARCHAR'})
          where KLASSETYPE = '10' group by all having count(*) between 5 and 35
        ), pupils as (
          select coalesce(KOMMUNE, 'uoplyst') kommune, MAANED, count(*) alle
          from read_csv('elever_1.csv', delim = ';', types = {'KOMMUNE': 'VARCHAR'}) group by all
        )
        select kommune, MAANED, count(*), sum(n)::int, sum(big)::int, any_value(alle)
        from classes join pupils using (kommune, MAANED) group by all order by 1, 2`),
    );
  });
});
