// DuckDB by itself. MODE: memory (the facts as a table), parquet (as their file), rollups (the tables that a good
// engineer would write by hand for these questions, and prepared statements over them).
import { DuckDBInstance, version } from '@duckdb/node-api';
import { fill, race, readTask } from './harness.mjs';

const task = readTask();
const mode = process.env.MODE;
const instance = await DuckDBInstance.create(':memory:', { threads: String(task.threads) });
const connection = await instance.connect();
const started = performance.now();
const from = `from read_parquet('${task.facts}')`;
await connection.run(mode === 'parquet' ? `create view facts as ${from}` : `create table facts as ${from}`);
const loadMs = performance.now() - started;
const sql = Object.fromEntries(task.families.map((family) => [family.name, family.sql]));

const rowsOf = async (text) => (await connection.runAndReadAll(text)).getRowsJS();
const ready = mode === 'rollups' ? await rollups() : null;
await race({
  version: `DuckDB ${version()}`,
  extra: { loadMs, ...(ready && { buildMs: ready.buildMs }) },
  run: (family, draw) => (ready?.ask[family] ?? ((one) => rowsOf(fill(sql[family], one))))(draw),
  rows: (_family, rows) => rows,
});

/** Amounts in øre, since integers add up faster than decimals. */
async function rollups() {
  const begin = performance.now();
  const amount = 'count(*) as n, sum(amount) as amount, count(*) filter (where flag) as flagged';
  const sums = 'sum(n)::bigint as n, sum(amount)::decimal(18, 2) as amount, sum(flagged)::bigint as flagged';
  const make = (name, keys, what, of = 'facts') =>
    connection.run(
      `create table ${name} as select ${keys}, ${what} from ${of} group by ${keys} order by ${keys}`,
    );
  await connection.run(`create table cells as select municipality, year(month) as year, area, month, age_group, sex, ${amount}
    from facts group by all order by municipality, year, area, month, age_group, sex`);
  await make('by_age', 'year, municipality, month, age_group, sex', sums, 'cells');
  await make('by_municipality', 'municipality, month, year', sums, 'cells');
  await make('by_month', 'month, year', sums, 'by_municipality');
  await make('by_year', 'year, municipality', sums, 'by_municipality');
  await make('by_area', 'year, sex, area', sums, 'cells');
  await make('dice', 'year, municipality, age_group, sex', sums, 'by_age');
  await make('persons', 'municipality, month', 'count(distinct person_id) as persons');
  await connection.run(`create table per_person as select year(month) as year, age_group, sex,
    sum(amount) as amount, count(distinct person_id) as persons from facts group by all order by all`);
  const buildMs = performance.now() - begin;
  const prepared = async (text, values) => {
    const statement = await connection.prepare(text);
    return async (draw) => {
      const given = values(draw);
      for (const [at, value] of given.entries())
        if (typeof value === 'string') statement.bindVarchar(at + 1, value);
        else statement.bindInteger(at + 1, value);
      return (await statement.runAndReadAll()).getRowsJS();
    };
  };
  const two = 'n, amount::double';
  const five = 'municipality in ($1, $2, $3, $4, $5)';
  return {
    buildMs,
    ask: {
      q01_total_by_month: await prepared(`select month, ${two} from by_month order by 1`, () => []),
      q02_one_kommune: await prepared(
        `select month, ${two} from by_municipality where municipality = $1 order by 1`,
        (draw) => [draw.municipality],
      ),
      q03_dice: await prepared(
        `select municipality, age_group, sex, ${two} from dice where ${five} and year = $6 and age_group between $7 and $8 order by all`,
        (draw) => [...draw.municipalities, draw.year, draw.ageFrom, draw.ageTo],
      ),
      q04_crosstab: await prepared(
        `select municipality, month, ${two} from by_municipality order by 1, 2`,
        () => [],
      ),
      q05_drill_down: await prepared(
        'select month, age_group, sum(n)::bigint, sum(amount)::double from cells where municipality = $1 and year = $2 and area = $3 group by 1, 2 order by 1, 2',
        (draw) => [draw.municipality, draw.year, draw.area],
      ),
      q06_ratios: await prepared(
        'select municipality, (100 * flagged)::double / n, amount::double / n from by_year where year = $1 order by 1',
        (draw) => [draw.year],
      ),
      q07_persons_crosstab: await prepared(
        'select municipality, month, persons from persons order by 1, 2',
        () => [],
      ),
      q08_persons_slice: await prepared(
        'select month, persons from persons where municipality = $1 order by 1',
        (draw) => [draw.municipality],
      ),
      q09_year_to_date: await prepared(
        `select municipality, month, (sum(amount) over (partition by municipality order by month))::double from by_municipality where ${five} and year = $6 order by 1, 2`,
        (draw) => [...draw.municipalities, draw.year],
      ),
      q10_top10: await prepared(
        'select area, amount::double from by_area where year = $1 and sex = $2 order by amount desc, area limit 10',
        (draw) => [draw.year, draw.sex],
      ),
      q11_amount_per_person: await prepared(
        'select age_group, sex, amount::double / persons from per_person where year = $1 order by 1, 2',
        (draw) => [draw.year],
      ),
      q12_cells_of_a_year: await prepared(
        `select month, municipality, age_group, sex, ${two} from by_age where year = $1 order by 1, 2, 3, 4`,
        (draw) => [draw.year],
      ),
    },
  };
}
