import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const parts = ['ugedag', 'aarsdag', 'kvartal', 'dag', 'senere', 'maaned_efter', 'maaned_foer'];

/** Pupils, each with a day, and schools whose type holds for a while. */
const schools = (types: readonly string[], ends: 'to' | 'until'): RowsWorld => ({
  'kpi-definitions/sources/elever.yaml': `source: skole.elever
label: { da: Elever, en: Pupils }
supplier: test
frequency: M
delivery: full
file: { names: ["elever.csv"], format: csv, header: [MAANED, KOMMUNE, SKOLE, ELEV, DATO] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  skole: { type: key, from: SKOLE, of: text }
  elev: { type: key, from: ELEV, of: integer, personal: true }
  dato: { type: date, from: DATO }
key: [periode, elev]
`,
  'kpi-definitions/sources/skoler.yaml': `source: skole.skoler
label: { da: Skoler, en: Schools }
supplier: test
frequency: M
delivery: full
file: { names: ["skoler.csv"], format: csv, header: [SKOLE, NUMMER, FRA, TIL, KOEN] }
columns:
  periode: { type: period, constant: "2026M01" }
  nummer: { type: key, from: NUMMER, of: integer }
  skole: { type: key, from: SKOLE, of: text }
  fra: { type: date, from: FRA, empty: none }
  til: { type: date, from: TIL, empty: none }
  koen: { type: code, from: KOEN, dimension: koen }
key: [nummer]
`,
  'kpi-definitions/skole/rows/elever_med_skole.yaml': `rows: skole.elever_med_skole
label: { da: Elever med skole, en: Pupils with school }
from: skole.elever
steps:
  - match: { rows: skole.skoler, on: { skole: skole }, valid: { on: dato, from: fra, ${ends}: til }, take: { koen: koen } }
  - derive:
      ugedag: { value: weekday(dato) }
      aarsdag: { value: day_of_year(dato) }
      kvartal: { value: quarter(dato) }
      dag: { value: day(dato) }
      senere: { value: "day(plus_days(dato, 20))" }
      maaned_efter: { value: "day(plus_months(dato, 1))" }
      maaned_foer: { value: "day(plus_months(dato, -1))" }
`,
  'kpi-definitions/skole/elever.yaml': kpiOf('elever', 'source: skole.elever_med_skole, count: rows'),
  ...Object.fromEntries(
    parts.map((part) => [
      `kpi-definitions/skole/${part}.yaml`,
      kpiOf(part, `source: skole.elever_med_skole, sum: ${part}`),
    ]),
  ),
  'cubes/proeve.yaml': cubeOf(['elever', ...parts], ['kommune', 'koen'], 'skole.elever, skole.skoler'),
  'data/deliveries/elever.csv': `MAANED,KOMMUNE,SKOLE,ELEV,DATO
2026M01,101,a,1,2026-01-31
2026M01,101,a,2,2026-02-01
2026M01,101,a,3,2026-02-15
2026M01,101,a,4,2026-12-31
2026M01,101,b,5,2024-02-29
`,
  'data/deliveries/skoler.csv': `SKOLE,NUMMER,FRA,TIL,KOEN\n${types.join('\n')}\n`,
});

const bySex = { kpis: ['elever'], by: ['koen'], period: '2026M01' };

describe('rows that hold from a day to a day', () => {
  it('are looked up on the day of each row, and open ends hold on and on', async () => {
    const world = await publishWorld(schools(['a,1,,2026-01-31,1', 'a,2,2026-02-15,,2', 'b,3,,,1'], 'to'));
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    expect(await world.ask(bySex)).toEqual(['1 2', '2 2', 'uoplyst 1']);
  });

  it('hold until the day after, where that is what is written', async () => {
    const world = await publishWorld(
      schools(['a,1,,2026-02-01,1', 'a,2,2026-02-01,2026-02-15,2', 'a,3,2026-02-15,2026-02-15,1'], 'until'),
    );
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    expect(await world.ask(bySex)).toEqual(['1 1', '2 1', 'uoplyst 3']);
  });

  it('are refused where two of a key hold on one day', async () => {
    const world = await publishWorld(schools(['a,1,,2026-02-01,1', 'a,2,2026-02-01,,2'], 'to'));
    expect(world.faults.map(({ code }) => code)).toContain('key-not-unique');
  });
});

describe('rows without a period', () => {
  const bySchool = `rows: skole.pr_skole
label: { da: Pr. skole, en: By school }
from: skole.elever
steps:
  - group: { by: [skole], take: { antal: { count: rows } } }
`;
  const large = `rows: skole.store_skoler
label: { da: Store skoler, en: Large schools }
from: skole.elever
steps:
  - match: { rows: skole.pr_skole, on: { skole: skole }, take: { antal: antal } }
  - where: antal > 2
`;
  const worldWith = (source: string) => ({
    ...schools(['a,1,,,1', 'b,2,,,2'], 'to'),
    'kpi-definitions/skole/rows/pr_skole.yaml': bySchool,
    'kpi-definitions/skole/rows/store_skoler.yaml': large,
    'kpi-definitions/skole/store.yaml': kpiOf('store', `source: ${source}, count: rows`),
    'cubes/proeve.yaml': cubeOf(
      ['elever', 'store', ...parts],
      ['kommune', 'koen'],
      'skole.elever, skole.skoler',
    ),
  });

  it('can be looked up in, so that rows are filtered by a figure of all time', async () => {
    const world = await publishWorld(worldWith('skole.store_skoler'));
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    expect(await world.ask({ kpis: ['store', 'elever'], by: ['kommune'], period: '2026M01' })).toEqual([
      '101 4 5',
    ]);
  });

  it('cannot be counted, since nobody knows when they are', async () => {
    const world = await publishWorld(worldWith('skole.pr_skole'));
    expect(world.faults.map(({ code }) => code)).toEqual(['rows-period']);
  });
});

describe('parts of a date', () => {
  it('are those of the calendar', async () => {
    const world = await publishWorld(schools(['a,1,,,1'], 'to'));
    const answer = await world.ask({ kpis: parts, by: ['koen'], period: '2026M01' });
    const byHand = await world.byHand(`
      select case when SKOLE = 'a' then '1' else 'uoplyst' end koen, sum(isodow(DATO))::int, sum(dayofyear(DATO))::int,
        sum(quarter(DATO))::int, sum(day(DATO))::int, sum(day(DATO + interval 20 day))::int,
        sum(day(DATO + interval 1 month))::int, sum(day(DATO - interval 1 month))::int
      from read_csv('elever.csv') group by 1 order by 1`);
    expect(answer).toEqual(byHand);
  });

  it('a month away are the same day, or the last of a shorter month', async () => {
    const world = await publishWorld(schools(['a,1,,,1'], 'to'));
    const answer = await world.ask({
      kpis: ['maaned_efter', 'maaned_foer'],
      by: ['koen'],
      period: '2026M01',
    });
    // Of 31 January, 1 February, 15 February and 31 December; then of 29 February 2024.
    expect(answer).toEqual([`1 ${28 + 1 + 15 + 31} ${31 + 1 + 15 + 30}`, 'uoplyst 29 29']);
  });
});
