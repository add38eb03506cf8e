import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** Measures for children with start and end, each delivered once, in the month in which it began. */
function measures(): string {
  const lines = ['MAANED,BETALER,BOPAEL,BARN,START,SLUT,MINUTTER'];
  for (let number = 0; number < 120; number++) {
    const begun = new Date(Date.UTC(2025, number % 14, 1 + ((number * 7) % 28)));
    const ended = new Date(begun.getTime() + ((number * 37) % 400) * 86_400_000);
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const payer = number % 4 === 0 ? '' : ['101', '400', '751'][number % 3];
    const home = number % 11 === 0 ? '' : ['851', '101', '400'][number % 3];
    const slut = number % 9 === 0 ? '' : day(ended);
    lines.push(
      `${day(begun).slice(0, 4)}M${day(begun).slice(5, 7)},${payer},${home},${number % 50},${day(begun)},${slut},${number % 6 === 0 ? '' : number * 5}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const source = `source: ubu.foranstaltninger
label: { da: Foranstaltninger, en: Measures }
supplier: test
frequency: M
delivery: full
file: { names: ["foranstaltninger_*.csv"], format: csv, header: [MAANED, BETALER, BOPAEL, BARN, START, SLUT, MINUTTER] }
columns:
  periode: { type: period, from: MAANED }
  betaler: { type: code, from: BETALER, dimension: kommune, role: betalingskommune, empty: uoplyst }
  bopael: { type: code, from: BOPAEL, dimension: kommune, role: bopaelskommune, empty: uoplyst }
  barn: { type: key, from: BARN, of: integer, personal: true }
  start: { type: date, from: START }
  slut: { type: date, from: SLUT, empty: none }
  minutter: { type: integer, from: MINUTTER, empty: not_applicable }
key: [barn, start, betaler, bopael]
`;

const spread = (on: string) => `rows: ubu.${on}
label: { da: ${on}, en: ${on} }
from: ubu.foranstaltninger
steps:
  - spread: { level: M, from: start, to: slut, on: ${on} }
  - derive:
      kommune: { value: "coalesce(betaler, bopael)", dimension: kommune }
      betaler: { value: betaler }
      bopael: { value: bopael }
      maaneder: { value: "months(start, last_day(periode))" }
  - group: { by: [periode, kommune], take: { forloeb: { count: rows }, boern: { distinct: barn }, maaneder: { sum: maaneder }, minutter: { sum: minutter } } }
`;

const care: RowsWorld = {
  'kpi-definitions/sources/foranstaltninger.yaml': source,
  ...Object.fromEntries(
    ['last_day', 'first_day', 'any_day'].map((on) => [`kpi-definitions/ubu/rows/${on}.yaml`, spread(on)]),
  ),
  'kpi-definitions/ubu/boern.yaml': kpiOf('boern', 'source: ubu.last_day, sum: boern'),
  'kpi-definitions/ubu/maaneder.yaml': kpiOf('maaneder', 'source: ubu.last_day, sum: maaneder'),
  'kpi-definitions/ubu/minutter.yaml': kpiOf('minutter', 'source: ubu.last_day, sum: minutter'),
  'kpi-definitions/ubu/foerst.yaml': kpiOf('foerst', 'source: ubu.first_day, sum: forloeb'),
  'kpi-definitions/ubu/altid.yaml': kpiOf('altid', 'source: ubu.any_day, sum: forloeb'),
  'cubes/proeve.yaml': cubeOf(
    ['boern', 'maaneder', 'minutter', 'foerst', 'altid'],
    ['kommune'],
    'ubu.foranstaltninger',
  ),
  'data/deliveries/foranstaltninger_1.csv': measures(),
};

const nullable = "types = {'BETALER': 'VARCHAR', 'BOPAEL': 'VARCHAR'}";

describe('intervals', () => {
  it('are counted in each month that they cover, by the role that a row has', async () => {
    const world = await publishWorld(care);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const kpis = ['boern', 'maaneder', 'minutter', 'foerst', 'altid'];
    const answer = await world.ask({ kpis, by: ['kommune', 'maaned'], period: '2025M01..2026M02' });
    const months = `
      with rows as (select *, coalesce(BETALER, BOPAEL, 'uoplyst') k from read_csv('foranstaltninger_1.csv', ${nullable})),
      months as (select unnest(generate_series(date '2025-01-01', date '2026-02-01', interval 1 month))::date d),
      all_of as (
        select k, strftime(d, '%YM%m') m,
          START <= last_day(d) and coalesce(SLUT >= last_day(d), true) l,
          START <= d and coalesce(SLUT >= d, true) f,
          START <= last_day(d) and coalesce(SLUT >= d, true) a,
          BARN, datesub('month', START, last_day(d)) n, MINUTTER
        from rows, months
      )`;
    const naive = await world.byHand(`${months}
      select k, m, count(distinct BARN) filter (l), coalesce(sum(n) filter (l), 0)::int, coalesce(sum(MINUTTER) filter (l), 0)::int,
        count(*) filter (f), count(*) filter (a)
      from all_of group by all order by 1, 2`);
    const known = (line: string) =>
      line
        .split(' ')
        .map((word) => (/^(not_|0$)/.test(word) ? '0' : word))
        .join(' ');
    expect(answer.map(known)).toEqual(
      naive.filter((line) => answer.some((each) => each.startsWith(line.split(' ').slice(0, 2).join(' ')))),
    );
    expect(naive.filter((line) => !/ 0 0 0 0 0$/.test(line)).length).toBeLessThanOrEqual(answer.length);
  });

  it('of a measure may say the role themselves, and what their sum is worked out of', async () => {
    const world = await publishWorld({
      'kpi-definitions/sources/foranstaltninger.yaml': source,
      'kpi-definitions/ubu/a.yaml': kpiOf(
        'a',
        'source: ubu.foranstaltninger, role: betalingskommune, count: rows',
      ),
      'kpi-definitions/ubu/b.yaml': kpiOf('b', 'source: ubu.foranstaltninger, role: bopael, count: rows'),
      'kpi-definitions/ubu/c.yaml': kpiOf(
        'c',
        'source: ubu.foranstaltninger, role: [betalingskommune, bopaelskommune], count: rows',
      ),
      'kpi-definitions/ubu/d.yaml': kpiOf(
        'd',
        'source: ubu.foranstaltninger, role: [betalingskommune, bopaelskommune], sum: "if(is_empty(slut), minutter * 2, 1.5)"',
      ),
      'cubes/proeve.yaml': cubeOf(['a', 'b', 'c', 'd'], ['kommune'], 'ubu.foranstaltninger'),
      'data/deliveries/foranstaltninger_1.csv': measures(),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({ kpis: ['a', 'b', 'c', 'd'], by: ['kommune'], period: '2025' });
    expect(answer).toEqual(
      await world.byHand(`
        with rows as (select * from read_csv('foranstaltninger_1.csv', ${nullable}) where MAANED < '2026M01'),
        a as (select coalesce(BETALER, 'uoplyst') k, count(*) n from rows group by all),
        b as (select coalesce(BOPAEL, 'uoplyst') k, count(*) n from rows group by all),
        c as (select coalesce(BETALER, BOPAEL, 'uoplyst') k, count(*) n,
          sum(case when SLUT is null then MINUTTER * 2.0 else 1.5 end)::decimal(18, 1) d from rows group by all)
        select k, coalesce(a.n::text, 'not_delivered'), coalesce(b.n::text, 'not_delivered'), coalesce(c.n::text, 'not_delivered'),
          coalesce(rtrim(rtrim(d::text, '0'), '.'), 'not_delivered')
        from a full join b using (k) full join c using (k) order by 1`),
    );
  });
});
