// Mosaic's coordinator with its pre-aggregates: a client filtered by a selection, timed from the selection's update to
// the client's result. Only questions that are one clause over one dimension fit.

import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import { dateDay, float64, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';
import { Coordinator, clausePoint, clausePoints, makeClient, Selection } from '@uwdata/mosaic-core';
import { cast, count, Query, sum } from '@uwdata/mosaic-sql';
import { race, readTask } from '../harness.mjs';

const task = readTask();
const instance = await DuckDBInstance.create(':memory:', { threads: String(task.threads) });
const connection = await instance.connect();
const started = performance.now();
await connection.run(`create table facts as from read_parquet('${task.facts}')`);
const loadMs = performance.now() - started;
/** It takes Arrow as bytes, which this DuckDB gives only by an extension that must be fetched: so they are written here. */
const connector = {
  async query({ type, sql }) {
    if (type === 'exec') {
      await connection.run(sql);
      return undefined;
    }
    const answer = await connection.runAndReadAll(sql);
    const columns = answer.getColumnsJS();
    const types = {};
    const data = {};
    for (const [at, name] of answer.columnNames().entries()) {
      const value = columns[at].find((each) => each !== null);
      types[name] = value instanceof Date ? dateDay() : typeof value === 'string' ? utf8() : float64();
      data[name] = typeof value === 'bigint' ? columns[at].map(Number) : columns[at];
    }
    return tableToIPC(tableFromArrays(data, { types }), { format: 'stream' });
  },
};
const coordinator = new Coordinator(connector, {
  logger: null,
  cache: false,
  consolidate: false,
  preagg: { enabled: true },
});
const total = () => sum(cast('amount', 'DOUBLE'));
const months = ({ year }) => Array.from({ length: 12 }, (_, index) => [new Date(Date.UTC(year, index, 1))]);
const two = () => ({ n: count(), total: total() });
const questions = {
  q02_one_kommune: [
    (filter) =>
      Query.from('facts')
        .select({ month: 'month', ...two() })
        .where(filter)
        .groupby('month'),
    (draw, source) => clausePoint('municipality', draw.municipality, { source }),
  ],
  q06_ratios: [
    (filter) =>
      Query.from('facts')
        .select({
          municipality: 'municipality',
          n: count(),
          flagged: sum(cast('flag', 'INTEGER')),
          total: total(),
        })
        .where(filter)
        .groupby('municipality'),
    (draw, source) => clausePoints(['month'], months(draw), { source }),
  ],
  q12_cells_of_a_year: [
    (filter) =>
      Query.from('facts')
        .select({
          month: 'month',
          municipality: 'municipality',
          age_group: 'age_group',
          sex: 'sex',
          ...two(),
        })
        .where(filter)
        .groupby('month', 'municipality', 'age_group', 'sex'),
    (draw, source) => clausePoints(['month'], months(draw), { source }),
  ],
};
let current = null;
async function prepare(family) {
  if (current) {
    current.client.destroy?.();
    coordinator.disconnect(current.client);
  }
  const own = { selection: Selection.crossfilter(), source: { reset() {} }, wait: null };
  await new Promise((resolve, reject) => {
    own.wait = { resolve, reject };
    own.client = makeClient({
      coordinator,
      selection: own.selection,
      query: questions[family][0],
      queryResult: (data) => own.wait?.resolve(data),
      queryError: (error) => own.wait?.reject(error),
    });
  });
  current = own;
}
await race({
  version: 'mosaic-core 0.32.0, mosaic-sql 0.32.1',
  families: Object.keys(questions),
  extra: { loadMs },
  prepare,
  run: (family, draw) =>
    new Promise((resolve, reject) => {
      current.wait = { resolve, reject };
      const clause = questions[family][1](draw, current.source);
      current.selection.activate(clause);
      current.selection.update(clause);
    }),
  rows: (family, rows) =>
    [...rows].map((row) =>
      family === 'q06_ratios'
        ? [row.municipality, (100 * Number(row.flagged)) / Number(row.n), Number(row.total) / Number(row.n)]
        : Object.values(row),
    ),
});
process.exit(0);
