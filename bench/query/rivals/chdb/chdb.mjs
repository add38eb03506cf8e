// ClickHouse in process; a MergeTree ordered by month, texts as dictionaries.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';
import { fill, race, readTask } from '../harness.mjs';

const task = readTask();
const folder = mkdtempSync(join(tmpdir(), 'flis-chdb-'));
const session = new Session(folder);
const version = JSON.parse(session.query('select version()', 'JSONCompact')).data[0][0];
const started = performance.now();
session.query('create database if not exists b');
session.query(`create table b.facts (municipality UInt16, month Date, age_group UInt8, sex LowCardinality(String),
  area LowCardinality(String), person_id UInt32, amount Decimal(10, 2), flag Bool) engine = MergeTree order by month`);
session.query(`insert into b.facts select municipality, month, age_group, sex, area, person_id, amount, flag
  from file('${task.facts}', Parquet) settings max_threads = ${task.threads}, max_insert_threads = 1`);
const loadMs = performance.now() - started;
const sql = Object.fromEntries(task.families.map((family) => [family.name, family.sql]));
await race({
  version: `chdb 3.4.0, ClickHouse ${version}`,
  extra: { loadMs },
  run: async (family, draw) => {
    const text = fill(sql[family], draw)
      .replace('from facts', 'from b.facts')
      .replaceAll('::double', '::Float64');
    const answer = await session.queryAsync(`${text} settings max_threads = ${task.threads}`, {
      format: 'JSONCompact',
    });
    return answer.json().data;
  },
  rows: (_family, rows) => rows,
});
session.cleanup?.();
rmSync(folder, { recursive: true, force: true });
