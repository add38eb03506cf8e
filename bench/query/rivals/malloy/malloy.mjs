// Malloy over DuckDB in memory: a model, and queries in its language that are compiled each time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import connections from '@malloydata/db-duckdb';
import malloy from '@malloydata/malloy';
import { race, readTask } from '../harness.mjs';

const task = readTask();
const connection = new connections.DuckDBConnection({
  name: 'duckdb',
  databasePath: ':memory:',
  threads: task.threads,
  setupSQL: `create table facts as from read_parquet('${task.facts}')`,
});
const runtime = new malloy.SingleConnectionRuntime({ connection });
const started = performance.now();
await connection.runSQL('select 1');
const model = runtime.loadModel(readFileSync(join(import.meta.dirname, 'model.malloy'), 'utf8'));
await model.getModel();
const loadMs = performance.now() - started;

const year = (draw) => `\`month\` ? @${draw.year}`;
const kommune = (draw) => `municipality = ${draw.municipality}`;
const kommuner = (draw) => `municipality ? ${draw.municipalities.join(' | ')}`;
const ages = (draw) => `age_group >= ${draw.ageFrom}, age_group <= ${draw.ageTo}`;
const area = (draw) => `area = '${draw.area}'`;
const areas = (draw) => `area ? ${draw.areas.map((each) => `'${each}'`).join(' | ')}`;
const sex = (draw) => `sex = '${draw.sex}'`;
const two = 'antal, beloeb';
/** Parts of the slice, what it is grouped by, and figures. */
const plain = {
  q01_total_by_month: [[], ['`month`'], two],
  q02_one_kommune: [[kommune], ['`month`'], two],
  q03_dice: [[kommuner, ages, year], ['municipality', 'age_group', 'sex'], two],
  q04_crosstab: [[], ['municipality', '`month`'], two],
  q05_drill_down: [[kommune, area, year], ['`month`', 'age_group'], two],
  q06_ratios: [[year], ['municipality'], 'flag_andel, beloeb_pr_sag'],
  q07_persons_crosstab: [[], ['municipality', '`month`'], 'personer'],
  q08_persons_slice: [[kommune], ['`month`'], 'personer'],
  q11_amount_per_person: [[year], ['age_group', 'sex'], 'beloeb_pr_person'],
  q12_cells_of_a_year: [[year], ['`month`', 'municipality', 'age_group', 'sex'], two],
  q13_persons_any_slice: [[kommuner, ages, sex, areas, year], ['municipality'], 'personer'],
};
const where = (parts, draw) =>
  parts.length === 0 ? '' : `where: ${parts.map((part) => part(draw)).join(', ')} `;
const special = {
  q09_year_to_date: (draw) =>
    `${where([kommuner, year], draw)}group_by: municipality, \`month\` calculate: aaret is sum_cumulative(beloeb) { partition_by: municipality order_by: \`month\` } order_by: municipality, \`month\``,
  q10_top10: (draw) =>
    `${where([sex, year], draw)}group_by: area aggregate: beloeb order_by: beloeb desc top: 10`,
};
const textOf = (family, draw) => {
  const [parts, keys, figures] = plain[family] ?? [];
  const body =
    special[family]?.(draw) ??
    `${where(parts, draw)}group_by: ${keys.join(', ')} aggregate: ${figures} order_by: ${keys.join(', ')}`;
  return `run: facts -> { ${body} }`;
};
await race({
  version: 'Malloy 0.0.431',
  extra: { loadMs },
  run: async (family, draw) =>
    (await model.loadQuery(textOf(family, draw)).run({ rowLimit: 1_000_000 })).data.toObject(),
  rows: (_family, rows) => rows.map((row) => Object.values(row)),
});
await connection.close();
