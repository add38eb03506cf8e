// Crossfilter2: records are row numbers over typed arrays. The dimensions and the group of a question are made before
// and not timed; timed is setting the filters, which brings the group up to date, and reading it. So a question without
// a filter reads what stands ready: it counts as a cache.
import { DuckDBInstance } from '@duckdb/node-api';
import crossfilter from 'crossfilter2';
import { race, readTask } from '../harness.mjs';

const task = readTask();
const started = performance.now();
const facts = await columnsOf(task.facts);
const filtered = crossfilter(Array.from({ length: facts.municipality.length }, (_, row) => row));
const loadMs = performance.now() - started;

async function columnsOf(path) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(task.threads) });
  const connection = await instance.connect();
  const rows = Number((await connection.runAndReadAll(`select count(*) from '${path}'`)).getRows()[0][0]);
  const columns = {
    municipality: new Uint16Array(rows),
    month: new Uint8Array(rows),
    age_group: new Uint8Array(rows),
    sex: new Uint8Array(rows),
    area: new Uint8Array(rows),
    person_id: new Int32Array(rows),
    amount: new Float64Array(rows),
    flag: new Uint8Array(rows),
  };
  const read = await connection.stream(`select municipality, (year(month) - 2020) * 12 + month(month) - 1,
    age_group, (sex = 'M')::int, substr(area, 2)::int, person_id, amount::double, flag::int from '${path}'`);
  let row = 0;
  for (let chunk = await read.fetchChunk(); chunk?.rowCount; chunk = await read.fetchChunk()) {
    const values = chunk.getColumns();
    for (const [at, column] of Object.values(columns).entries()) column.set(values[at].map(Number), row);
    row += chunk.rowCount;
  }
  connection.closeSync();
  return columns;
}

const sums = (group) =>
  group.reduce(
    (state, row) => {
      state.n += 1;
      state.amount += facts.amount[row];
      state.flagged += facts.flag[row];
      return state;
    },
    (state, row) => {
      state.n -= 1;
      state.amount -= facts.amount[row];
      state.flagged -= facts.flag[row];
      return state;
    },
    () => ({ n: 0, amount: 0, flagged: 0 }),
  );
const persons = (group) =>
  group.reduce(
    (state, row) => {
      const person = facts.person_id[row];
      state.persons.set(person, (state.persons.get(person) ?? 0) + 1);
      state.n += 1;
      state.amount += facts.amount[row];
      return state;
    },
    (state, row) => {
      const person = facts.person_id[row];
      const times = state.persons.get(person);
      if (times === 1) state.persons.delete(person);
      else state.persons.set(person, times - 1);
      state.n -= 1;
      state.amount -= facts.amount[row];
      return state;
    },
    () => ({ n: 0, amount: 0, persons: new Map() }),
  );
const monthText = (month) =>
  `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const sexText = (sex) => (sex === 0 ? 'K' : 'M');
const areaText = (area) => `A${String(area).padStart(2, '0')}`;
const two = ({ n, amount }) => [n, amount];
const { municipality, month, age_group: age, sex, area } = facts;
const byKommuneMonth = [
  (row) => municipality[row] * 64 + month[row],
  (key) => [key >> 6, monthText(key & 63)],
];
const byMonth = [(row) => month[row], (key) => [monthText(key)]];
/** What is filtered by, the key of the group and what it means, the reducer, and the figures of a group. */
const questions = {
  q01_total_by_month: [[], byMonth, sums, two],
  q02_one_kommune: [['kommune'], byMonth, sums, two],
  q03_dice: [
    ['kommuner', 'ages', 'year'],
    [
      (row) => (municipality[row] * 32 + age[row]) * 2 + sex[row],
      (key) => [key >> 6, (key >> 1) & 31, sexText(key & 1)],
    ],
    sums,
    two,
  ],
  q04_crosstab: [[], byKommuneMonth, sums, two],
  q05_drill_down: [
    ['kommune', 'area', 'year'],
    [(row) => month[row] * 32 + age[row], (key) => [monthText(key >> 5), key & 31]],
    sums,
    two,
  ],
  q06_ratios: [
    ['year'],
    [(row) => municipality[row], (key) => [key]],
    sums,
    ({ n, amount, flagged }) => [(100 * flagged) / n, amount / n],
  ],
  q07_persons_crosstab: [[], byKommuneMonth, persons, (state) => [state.persons.size]],
  q08_persons_slice: [['kommune'], byMonth, persons, (state) => [state.persons.size]],
  q09_year_to_date: [['kommuner', 'year'], byKommuneMonth, sums, ({ amount }) => [amount]],
  q10_top10: [
    ['sex', 'year'],
    [(row) => area[row], (key) => [areaText(key)]],
    sums,
    ({ amount }) => [amount],
  ],
  q11_amount_per_person: [
    ['year'],
    [(row) => age[row] * 2 + sex[row], (key) => [key >> 1, sexText(key & 1)]],
    persons,
    (state) => [state.amount / state.persons.size],
  ],
  q12_cells_of_a_year: [
    ['year'],
    [
      (row) => ((month[row] * 128 + municipality[row] - 100) * 32 + age[row]) * 2 + sex[row],
      (key) => [monthText(key >> 13), 100 + ((key >> 6) & 127), (key >> 1) & 31, sexText(key & 1)],
    ],
    sums,
    two,
  ],
};
const filters = {
  kommune: [(row) => municipality[row], (dimension, draw) => dimension.filterExact(draw.municipality)],
  kommuner: [
    (row) => municipality[row],
    (dimension, draw) => dimension.filterFunction((code) => draw.municipalities.includes(code)),
  ],
  ages: [(row) => age[row], (dimension, draw) => dimension.filterRange([draw.ageFrom, draw.ageTo + 1])],
  sex: [(row) => sex[row], (dimension, draw) => dimension.filterExact(draw.sex === 'K' ? 0 : 1)],
  area: [(row) => area[row], (dimension, draw) => dimension.filterExact(Number(draw.area.slice(1)))],
  year: [
    (row) => month[row],
    (dimension, draw) => dimension.filterRange([(draw.year - 2020) * 12, (draw.year - 2019) * 12]),
  ],
};
let current = null;
const setupMs = {};
await race({
  version: 'crossfilter2 1.5.4',
  families: Object.keys(questions),
  extra: { loadMs },
  prepare: (family) => {
    const begin = performance.now();
    current?.group.dispose();
    for (const dimension of current?.dimensions ?? []) dimension.dispose();
    const [slice, [key], reducer] = questions[family];
    const dimensions = slice.map((name) => filtered.dimension(filters[name][0]));
    const grouped = filtered.dimension(key);
    const group = reducer(grouped.group());
    group.all();
    current = { slice, group, dimensions: [...dimensions, grouped] };
    setupMs[family] = performance.now() - begin;
  },
  run: (family, draw) => {
    for (const [at, name] of current.slice.entries()) filters[name][1](current.dimensions[at], draw);
    if (family === 'q10_top10') return current.group.order(({ amount }) => amount).top(10);
    return current.group.all().filter(({ value }) => value.n > 0);
  },
  rows: (family, groups) => {
    const [, [, meaning], , figures] = questions[family];
    const rows = groups.map(({ key, value }) => [...meaning(key), ...figures(value)]);
    if (family !== 'q09_year_to_date') return rows;
    // The running sum is left to the reader of the group.
    const running = new Map();
    return rows
      .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
      .map(([code, day, amount]) => {
        running.set(code, (running.get(code) ?? 0) + amount);
        return [code, day, running.get(code)];
      });
  },
});
