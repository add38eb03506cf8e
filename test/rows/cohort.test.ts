import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const months = ['2025M11', '2025M12', '2026M01', '2026M02', '2026M11', '2026M12', '2027M01'];

/** Children in care by month: some leave, some change the kind of care, some kommuner have nobody. */
function children(): string {
  const lines = ['MAANED,KOMMUNE,BARN,TYPE,START'];
  for (const [at, month] of months.entries()) {
    for (let child = 1; child <= 40; child++) {
      if ((child + at) % 5 === 0 || (child % 3 === 0 && at > 3)) continue;
      const kommune = ['101', '400', '751'][child % 3];
      const type = (child + (at > 3 ? 1 : 0)) % 2 === 0 ? 'familie' : 'institution';
      lines.push(`${month},${kommune},${child},${type},2025-0${(child % 9) + 1}-${10 + (child % 19)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const care: RowsWorld = {
  'kpi-definitions/sources/anbragte.yaml': `source: ubu.anbragte
label: { da: Anbragte, en: Children in care }
supplier: test
frequency: M
delivery: periods
file: { names: ["anbragte_*.csv"], format: csv, header: [MAANED, KOMMUNE, BARN, TYPE, START] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  barn: { type: key, from: BARN, of: integer, personal: true }
  type: { type: text, from: TYPE }
  start: { type: date, from: START }
key: [periode, barn]
`,
  'kpi-definitions/ubu/rows/kohorte.yaml': `rows: ubu.kohorte
label: { da: Kohorte, en: Cohort }
from: ubu.anbragte
steps:
  - match: { rows: ubu.anbragte, on: { barn: barn }, shift: 12, take: { type_efter: type }, found: genfundet }
  - derive:
      samme: { value: "if(type_efter == type, 1, 0)" }
      maaneder: { value: "months(start, last_day(periode))" }
`,
  'kpi-definitions/ubu/kohorte.yaml': kpiOf('kohorte', 'source: ubu.kohorte, count: rows'),
  'kpi-definitions/ubu/genfundne.yaml': kpiOf('genfundne', 'source: ubu.kohorte, sum: genfundet'),
  'kpi-definitions/ubu/samme.yaml': kpiOf('samme', 'source: ubu.kohorte, sum: samme'),
  'kpi-definitions/ubu/maaneder.yaml': kpiOf(
    'maaneder',
    'source: ubu.anbragte, sum: "months(start, last_day(periode))"',
  ),
  'cubes/proeve.yaml': cubeOf(['kohorte', 'genfundne', 'samme', 'maaneder'], ['kommune'], 'ubu.anbragte'),
  'data/deliveries/anbragte_1.csv': children(),
};

describe('a cohort', () => {
  it('is found again twelve months later, in the months of which that can be known', async () => {
    const world = await publishWorld(care);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const by = { by: ['kommune', 'maaned'] };
    const found = await world.ask({
      kpis: ['kohorte', 'genfundne', 'samme'],
      ...by,
      period: '2025M11..2026M02',
    });
    const known = found.filter((line) => !line.includes('2026M02'));
    expect(known).toEqual(
      await world.byHand(`
        with rows as (select *, left(MAANED, 4)::int * 12 + right(MAANED, 2)::int m from 'anbragte_1.csv')
        select a.KOMMUNE, a.MAANED, count(*), count(b.BARN), count(*) filter (b.TYPE = a.TYPE)
        from rows a left join rows b on b.BARN = a.BARN and b.m = a.m + 12
        where a.MAANED < '2026M02' group by all order by 1, 2`),
    );
    // Nobody has delivered February a year later, so nobody knows who is there still.
    expect(found.filter((line) => line.includes('2026M02'))).toEqual(
      ['101', '400', '751'].map((kommune) => `${kommune} 2026M02 not_delivered not_delivered not_delivered`),
    );
  });

  it('is unknown of a kommune that did not deliver twelve months later, and not gone', async () => {
    const { 'kpi-definitions/sources/anbragte.yaml': source = '' } = care;
    const without = children().replaceAll(/^2026M12,400,.*\n/gm, '');
    const world = await publishWorld({
      ...care,
      'kpi-definitions/sources/anbragte.yaml': `${source
        .replace('dimension: kommune }', 'dimension: kommune, expect: ["101", "400", "751"] }')
        .trimEnd()}\nabsence: zero\ndelivered_by: kommune\n`,
      'data/deliveries/anbragte_1.csv': without,
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    // Nothing at all comes from 101 in the later year, and nothing from 400 in its December.
    const kpis = ['kohorte', 'genfundne'];
    const found = await world.ask({ kpis, by: ['kommune', 'maaned'], period: '2025M11..2025M12' });
    expect(found).toEqual(
      (
        await world.byHand(`
          with rows as (select *, left(MAANED, 4)::int * 12 + right(MAANED, 2)::int m from 'anbragte_1.csv')
          select a.KOMMUNE, a.MAANED, count(*), count(b.BARN)
          from rows a left join rows b on b.BARN = a.BARN and b.m = a.m + 12
          where a.MAANED < '2026M01' group by all order by 1, 2`)
      ).map((line) =>
        /^101|^400 2025M12/.test(line) ? `${line.slice(0, 11)} not_delivered not_delivered` : line,
      ),
    );
    // The country lacks that kommune, and says so.
    expect(await world.ask({ kpis, by: ['land', 'maaned'], period: '2025M12' })).toEqual([
      '000 2025M12 below_coverage below_coverage',
    ]);
  });

  it('has been in care so many months at the end of each', async () => {
    const world = await publishWorld(care);
    expect(
      await world.ask({ kpis: ['maaneder'], by: ['kommune', 'maaned'], period: '2025M11..2026M02' }),
    ).toEqual(
      await world.byHand(`
        with ends as (select *, last_day(make_date(left(MAANED, 4)::int, right(MAANED, 2)::int, 1)) e from 'anbragte_1.csv')
        select KOMMUNE, MAANED, sum(datesub('month', START, e))::int from ends
        where MAANED < '2026M11' group by all order by 1, 2`),
    );
  });

  it('stops the build where a child is there twice', async () => {
    const { 'kpi-definitions/ubu/rows/kohorte.yaml': rows = '' } = care;
    const world = await publishWorld({
      ...care,
      'kpi-definitions/ubu/rows/kohorte.yaml': rows.replace('shift: 12, ', ''),
    });
    expect(new Set(world.faults.map(({ code }) => code))).toEqual(new Set(['key-not-unique']));
    expect(world.faults[0]?.message).toContain('"ubu.kohorte" looks rows up in "ubu.anbragte" by barn, and');
  });
});
