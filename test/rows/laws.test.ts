import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, type PublishedWorld, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** Services by week of the year and events, with amounts that are whole, empty or hidden. */
function services(): string {
  const lines = ['MAANED,KOMMUNE,KOEN,PERSON,TIMER,DATO'];
  for (let at = 0; at < 400; at++) {
    const month = `2026M0${(at % 3) + 1}`;
    const kommune = ['101', '400', '751', '851', ''][(at * 7) % 5];
    lines.push(
      `${month},${kommune},${(at % 2) + 1},${at % 60},${at % 13 === 0 ? '' : ((at * 31) % 100) / 4},2026-0${(at % 3) + 1}-${10 + (at % 18)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const source = `source: aeldre.ydelser
label: { da: Ydelser, en: Services }
supplier: test
frequency: M
delivery: periods
file: { names: ["ydelser_*.csv"], format: csv, header: [MAANED, KOMMUNE, KOEN, PERSON, TIMER, DATO] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, empty: uoplyst }
  koen: { type: code, from: KOEN, dimension: koen }
  person: { type: key, from: PERSON, of: integer, personal: true }
  timer: { type: decimal, from: TIMER, decimals: 2, empty: [{ when: koen == "1", means: suppressed }, { means: not_applicable }] }
  dato: { type: date, from: DATO }
key: [periode, kommune, koen, person, timer, dato]
`;

const base: RowsWorld = {
  'kpi-definitions/sources/ydelser.yaml': source,
  'data/deliveries/ydelser_1.csv': services(),
};

const rows = (id: string, steps: readonly string[], from = 'aeldre.ydelser') =>
  `rows: aeldre.${id}\nlabel: { da: ${id}, en: ${id} }\nfrom: ${from}\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

const dear = 'where: timer > 10';
const women = 'where: koen == "2"';
const double = 'derive: { dobbelt: { value: timer * 2 } }';
const shown = 'derive: { maaned: { value: "month(dato)" } }';
const all = 'where: 1 == 1';
const dobbelt = (id: string) => kpiOf(id, `source: aeldre.${id}, sum: dobbelt`);

const askAll = (world: PublishedWorld, kpi: string) =>
  world.ask({ kpis: [kpi], by: ['kommune', 'koen', 'maaned'], period: '2026M01..2026M03' });

describe('rows', () => {
  it('are the same in whatever order steps stand that do not need each other, and a condition that always holds is none', async () => {
    const orders: Record<string, readonly string[]> = {
      a: [dear, women, double, shown],
      b: [shown, double, women, dear],
      c: [women, all, shown, dear, all, double],
      d: [double, 'where: timer > 10 and koen == "2"'],
    };
    const world = await publishWorld({
      ...base,
      ...Object.fromEntries(
        Object.entries(orders).flatMap(([id, steps]) => [
          [`kpi-definitions/aeldre/rows/${id}.yaml`, rows(id, steps)],
          [`kpi-definitions/aeldre/${id}.yaml`, dobbelt(id)],
        ]),
      ),
      'cubes/proeve.yaml': cubeOf(Object.keys(orders), ['kommune', 'koen'], 'aeldre.ydelser'),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const first = await askAll(world, 'a');
    expect(first.some((line) => /\d\.\d$/.test(line))).toBe(true);
    for (const id of ['b', 'c', 'd']) expect(await askAll(world, id)).toEqual(first);
  });

  it('are the same in one definition and in several, one made of the other', async () => {
    const group =
      'group: { by: [periode, kommune, koen, person], take: { timer: { sum: timer }, n: { count: rows } } }';
    const world = await publishWorld({
      ...base,
      'kpi-definitions/aeldre/rows/hel.yaml': rows('hel', [women, group, 'where: n >= 2', double]),
      'kpi-definitions/aeldre/rows/foerst.yaml': rows('foerst', [women, group]),
      'kpi-definitions/aeldre/rows/saa.yaml': rows('saa', ['where: n >= 2'], 'aeldre.foerst'),
      'kpi-definitions/aeldre/rows/delt.yaml': rows('delt', [double], 'aeldre.saa'),
      'kpi-definitions/aeldre/hel.yaml': dobbelt('hel'),
      'kpi-definitions/aeldre/delt.yaml': dobbelt('delt'),
      'cubes/proeve.yaml': cubeOf(['hel', 'delt'], ['kommune', 'koen'], 'aeldre.ydelser'),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    expect(await askAll(world, 'delt')).toEqual(await askAll(world, 'hel'));
  });

  it('that a condition keeps and those that it does not and those of which it is unknown are all', async () => {
    const parts = { holder: 'timer > 10', holder_ikke: 'not (timer > 10)', ukendt: 'is_empty(timer)' };
    const world = await publishWorld({
      ...base,
      ...Object.fromEntries(
        Object.entries(parts).flatMap(([id, condition]) => [
          [`kpi-definitions/aeldre/rows/${id}.yaml`, rows(id, [`where: ${condition}`])],
          [`kpi-definitions/aeldre/${id}.yaml`, kpiOf(id, `source: aeldre.${id}, count: rows`)],
        ]),
      ),
      'kpi-definitions/aeldre/alle.yaml': kpiOf('alle', 'source: aeldre.ydelser, count: rows'),
      'cubes/proeve.yaml': cubeOf([...Object.keys(parts), 'alle'], ['kommune', 'koen'], 'aeldre.ydelser'),
    });
    const answer = await world.ask({ kpis: [...Object.keys(parts), 'alle'], by: ['koen'], period: '2026' });
    for (const line of answer) {
      const [, ...figures] = line.split(' ').map((word) => (word.startsWith('not_') ? 0 : Number(word)));
      expect(figures.slice(0, 3).reduce((sum, figure) => sum + figure, 0)).toBe(figures[3]);
    }
  });

  it('may hold what happened in the month before an event', async () => {
    const world = await publishWorld({
      ...base,
      'kpi-definitions/aeldre/rows/timer.yaml': rows('timer_i_maaned', [
        'where: not is_empty(timer)',
        'group: { by: [periode, person], take: { timer: { sum: timer } } }',
      ]),
      'kpi-definitions/aeldre/rows/haendelser.yaml': rows('haendelser', [
        'where: koen == "2" and days(dato, last_day(periode)) <= 10',
        'match: { rows: aeldre.timer_i_maaned, on: { person: person }, shift: -1, take: { timer_foer: timer } }',
      ]),
      'kpi-definitions/aeldre/timer_foer.yaml': kpiOf(
        'timer_foer',
        'source: aeldre.haendelser, sum: timer_foer',
      ),
      'cubes/proeve.yaml': cubeOf(['timer_foer'], ['kommune'], 'aeldre.ydelser'),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({
      kpis: ['timer_foer'],
      by: ['kommune', 'maaned'],
      period: '2026M02..2026M03',
    });
    expect(answer.filter((line) => !/not_/.test(line))).toEqual(
      await world.byHand(`
        with rows as (select *, coalesce(KOMMUNE, 'uoplyst') k, right(MAANED, 1)::int m
          from read_csv('ydelser_1.csv', types = {'KOMMUNE': 'VARCHAR', 'TIMER': 'DECIMAL(9, 2)'}))
        select k, MAANED, rtrim(rtrim(sum((select sum(TIMER) from rows b where b.PERSON = a.PERSON and b.m = a.m - 1))::text, '0'), '.')
        from rows a where KOEN = 2 and last_day(DATO) - DATO <= 10 and MAANED > '2026M01' group by all
        having sum((select sum(TIMER) from rows b where b.PERSON = a.PERSON and b.m = a.m - 1)) is not null order by 1, 2`),
    );
    expect(answer.length).toBeGreaterThan(4);
  });
});
