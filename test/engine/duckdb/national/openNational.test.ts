import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthAt, monthOf, monthsUntil } from '../../../../src/engine/duckdb/national/month.ts';
import { openNational } from '../../../../src/engine/duckdb/national/openNational.ts';
import { placesOf } from '../../../../src/engine/duckdb/national/places.ts';
import { population2026 } from '../../../../src/engine/duckdb/national/population.ts';
import { nationalSources } from '../../../../src/engine/duckdb/national/sources.ts';
import { bundledDelivery } from '../../../workspace/bundled.ts';

const root = mkdtempSync(join(tmpdir(), 'flis-national-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const kommuner = Object.keys(population2026).map((code) => ({ code, group: '3' }));

interface Made {
  readonly folder: string;
  /** File name to the hash of its bytes. */
  readonly hashes: ReadonlyMap<string, string>;
}

interface Wish {
  readonly scale: number;
  readonly months: number;
  readonly until: string;
  readonly seed?: number;
  readonly threads?: number;
  readonly only?: readonly string[];
}

async function made({ scale, months, until, seed = 1, threads = 2, only }: Wish): Promise<Made> {
  const folder = mkdtempSync(join(root, 'made-'));
  const last = monthOf(until) ?? monthAt(0);
  const span = monthsUntil(last, months);
  const national = await openNational(
    { folders: [folder], writable: [folder], temporaryFolder: folder, threads, memoryLimit: '1GB' },
    { places: placesOf(kommuner, scale), months: span, seed, scale },
  );
  const hashes = new Map<string, string>();
  try {
    const tasks = span.flatMap((month) =>
      nationalSources
        .filter(({ id }) => only?.includes(id) ?? true)
        .flatMap((source) => {
          const period = source.fileOf(month);
          return period === null ? [] : [{ source, month, name: `${source.id}_${period}.parquet` }];
        }),
    );
    const names = tasks.map(({ name }) => name);
    const work = async (): Promise<void> => {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift())
        await national.write(task.source, task.month, join(folder, task.name));
    };
    await Promise.all(Array.from({ length: threads }, work));
    for (const name of names)
      hashes.set(
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      );
  } finally {
    national.close();
  }
  return { folder, hashes };
}

/** Rows of a query over the files of a folder, by a DuckDB of its own. */
async function asked(folder: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(sql.replaceAll('FOLDER', folder));
  instance.closeSync();
  return result.getRowsJS();
}

const one = async (folder: string, sql: string): Promise<readonly number[]> =>
  ((await asked(folder, sql))[0] ?? []).map(Number);

describe('the made-up country', () => {
  let year: Made;
  beforeAll(async () => {
    year = await made({ scale: 0.01, months: 14, until: '2026M07' });
  }, 120_000);

  it('is given the population of Statistics Denmark', () => {
    const bundled = bundledDelivery('folketal_2026_kommune.csv').map(({ kommune_kode, folketal }) => [
      kommune_kode,
      Number(folketal),
    ]);
    expect(Object.entries(population2026).sort()).toEqual(bundled.sort());
  });

  it('makes files of every source', () => {
    const of = new Set([...year.hashes.keys()].map((name) => name.split('_')[0]));
    expect(of).toEqual(new Set(nationalSources.map(({ id }) => id)));
  });

  it('has the same bytes again, with another number of threads and over more than one row group', async () => {
    const wish = { scale: 0.05, months: 2, until: '2026M02' };
    const first = await made({ ...wish, threads: 1 });
    expect((await made({ ...wish, threads: 4 })).hashes).toEqual(first.hashes);
    expect((await made({ ...wish, threads: 3 })).hashes).toEqual(first.hashes);
    const groups = await one(
      first.folder,
      `select count(distinct row_group_id) from parquet_metadata('FOLDER/borger.personer_2026M01.parquet')`,
    );
    expect(groups[0]).toBeGreaterThan(2);
  }, 120_000);

  it('gives nobody the number of another, also where more live in one kommune than come to all in a month', async () => {
    const { folder } = await made({ scale: 0.1, months: 1, until: '2026M07', only: ['borger.personer'] });
    const [row] = await asked(
      folder,
      "select count(*) = count(distinct person), count(*) > 500000 from read_parquet('FOLDER/borger.personer_2026M07.parquet')",
    );
    expect(row).toEqual([true, true]);
  });

  it('has other persons with another seed', async () => {
    const only = ['borger.personer'];
    const wish = { scale: 0.001, months: 1, until: '2026M03', only };
    expect((await made({ ...wish, seed: 2 })).hashes).not.toEqual((await made(wish)).hashes);
  }, 60_000);

  it('has the same rows of a month, whichever other months are made', async () => {
    const alone = await made({ scale: 0.01, months: 1, until: '2026M05' });
    for (const [name] of alone.hashes) {
      if (!name.includes('2026M05')) continue;
      const [difference] = await one(
        root,
        `select count(*) from (
          (from '${join(alone.folder, name)}' except all from '${join(year.folder, name)}') union all
          (from '${join(year.folder, name)}' except all from '${join(alone.folder, name)}'))`,
      );
      expect(difference, name).toBe(0);
    }
  }, 120_000);

  it('has the same persons in the same places years after the day that all moves are counted from', async () => {
    const only = ['borger.personer'];
    const alone = await made({ scale: 0.002, months: 1, until: '2028M06', only });
    const all = await made({ scale: 0.002, months: 30, until: '2028M06', only });
    const file = (folder: string) => `'${join(folder, 'borger.personer_2028M06.parquet')}'`;
    const [difference] = await one(
      root,
      `select count(*) from (from ${file(alone.folder)} except all from ${file(all.folder)})`,
    );
    expect(difference).toBe(0);
  }, 120_000);

  it('neither loses nor finds persons: who is there next month was there, was born or came, and did not go', async () => {
    const rows = await asked(
      year.folder,
      `with stock as (select periode, kommune, count(*) as n from 'FOLDER/borger.personer_*.parquet' group by all),
        change as (
          select periode, kommune, case haendelse when 'foedsel' then 1 else -1 end as n from 'FOLDER/borger.haendelser_*.parquet'
          union all select periode, til_kommune, 1 from 'FOLDER/borger.flytninger_*.parquet'
          union all select periode, fra_kommune, -1 from 'FOLDER/borger.flytninger_*.parquet'),
        months as (select periode, kommune, n, lead(n) over (partition by kommune order by periode) as following from stock)
      select periode, kommune, n, following, n + coalesce(sum(c.n), 0) as expected
      from (select periode, kommune, n, following from months where following is not null) as m
      left join (select periode, kommune, n from change) as c using (periode, kommune)
      group by all having following <> m.n + coalesce(sum(c.n), 0)`.replace(
        'select periode, kommune, n, following, n + coalesce(sum(c.n), 0) as expected',
        'select periode, kommune, m.n, following',
      ),
    );
    expect(rows).toEqual([]);
    const [kommuner, moves] = await one(
      year.folder,
      `select (select count(distinct kommune) from 'FOLDER/borger.personer_2026M07.parquet'), (select count(*) from 'FOLDER/borger.flytninger_*.parquet')`,
    );
    expect(kommuner).toBe(98);
    expect(moves).toBeGreaterThan(3000);
  });

  it('keeps each person one and the same', async () => {
    const changed = await asked(
      year.folder,
      `select person from 'FOLDER/borger.personer_*.parquet' group by person having count(distinct foedt) > 1 or count(distinct koen) > 1`,
    );
    expect(changed).toEqual([]);
    const gone = await asked(
      year.folder,
      `select p.person from 'FOLDER/borger.personer_*.parquet' as p join 'FOLDER/borger.haendelser_*.parquet' as h using (person)
       where haendelse = 'doed' and p.periode > h.periode`,
    );
    expect(gone).toEqual([]);
  });

  it('holds as many on the first of January 2026 as live in each kommune, times the scale', async () => {
    const rows = await asked(
      year.folder,
      `select kommune, count(*)::integer from 'FOLDER/borger.personer_2026M01.parquet' group by kommune`,
    );
    const expected = Object.entries(population2026).map(([code, persons]) => [
      code,
      Math.round(persons / 100),
    ]);
    expect([...rows].sort()).toEqual(expected.sort());
  });

  it.each([
    ['women', "avg((koen = '2')::integer)", 'borger.personer_2026M01', 0.503, 0.01],
    ['80 and over', 'avg((alder >= 80)::integer)', 'borger.personer_2026M01', 0.055, 0.008],
    ['under 18', 'avg((alder < 18)::integer)', 'borger.personer_2026M01', 0.19, 0.02],
    [
      'births a year',
      `count(*) filter (where haendelse = 'foedsel') / 602.55 * 12 / 14`,
      'borger.haendelser_*',
      0.97,
      0.08,
    ],
    [
      'deaths a year',
      `count(*) filter (where haendelse = 'doed') / 602.55 * 12 / 14`,
      'borger.haendelser_*',
      0.95,
      0.15,
    ],
    [
      'full-time persons on cash assistance',
      `sum(timer) filter (where forsoergelse in ('130', '140')) / 37 / 600 / count(distinct periode)`,
      'beskaeftigelse.uger_2026M06',
      1.43,
      0.2,
    ],
    [
      'full-time unemployed',
      `sum(timer) filter (where forsoergelse in ('111', '113') or visitationsgruppe = 'jobparat') / 37 / 600 / count(distinct periode)`,
      'beskaeftigelse.uger_2026M06',
      1.5,
      0.2,
    ],
    [
      'pupils late to school',
      `avg((year(foedt) <= 2018)::integer) filter (where klassetrin = '0')`,
      'skole.elever_2025M09',
      0.07,
      0.03,
    ],
    [
      'placed children',
      `count(distinct barn) filter (where foranstaltning < '2' or foranstaltning in ('30', '40', '50', '60', '80')) / 602.55`,
      'ubu.foranstaltninger_2026M05',
      0.43,
      0.12,
    ],
  ])('comes near the calibration in %s', async (_what, measure, file, expected, tolerance) => {
    const [found = Number.NaN] = await one(year.folder, `select ${measure} from 'FOLDER/${file}.parquet'`);
    expect(Math.abs(found - expected), String(found)).toBeLessThan(tolerance);
  });

  it('has what real sources have: moved patients, readmissions, stays over the end of a month, children twice', async () => {
    const [transfers, again, across, twice] = await one(
      year.folder,
      `with stays as (select person, ind, ud, periode, lag(ud) over (partition by person order by ind) as before from 'FOLDER/sundhed.kontakter_*.parquet')
       select count(*) filter (where ind - before between interval 0 minutes and interval 4 hours),
         count(*) filter (where ind - before between interval 12 hours and interval 30 days),
         count(*) filter (where strftime(ud, '%YM%m') > periode),
         (select count(*) from (select barn, periode from 'FOLDER/ubu.foranstaltninger_*.parquet' group by all having count(*) > 1))
       from stays`,
    );
    for (const count of [transfers, again, across, twice]) expect(count).toBeGreaterThan(20);
  });

  it('has Ishøj and Tårnby act for their neighbours', async () => {
    const rows = await asked(
      year.folder,
      `select distinct handlekommune from 'FOLDER/voksenhandicap.ydelser_*.parquet' where handlekommune in ('155', '187')`,
    );
    expect(rows).toEqual([]);
  });

  it('uses the old functions until 2017 and the new ones after', async () => {
    const over = await made({
      scale: 0.001,
      months: 2,
      until: '2018M01',
      only: ['oekonomi.posteringer', 'personale.ansaettelser'],
    });
    const rows = await asked(
      over.folder,
      `select periode, bool_or(funktion = '53232') as old, bool_or(funktion = '53027') as new from 'FOLDER/*.parquet' group by periode order by periode`,
    );
    expect(rows).toEqual([
      ['2017M12', true, false],
      ['2018M01', false, true],
    ]);
  }, 60_000);
});
