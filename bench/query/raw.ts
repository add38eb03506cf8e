import { DuckDBInstance } from '@duckdb/node-api';
import { type Drawn, exactSqlOf, families, fill, sqlOf } from './families.ts';
import type { ExactRow, Reference } from './rivals/harness.mjs';

/** The facts in DuckDB's memory: whose answers all others are held against, and the clock that a drifting machine is read by. */
export interface Raw {
  /** The first questions of each family as exact fractions. */
  readonly reference: (drawn: readonly Drawn[]) => Promise<Reference>;
  /** Milliseconds of one question of each family, the least of a few. */
  readonly pass: (drawn: Drawn) => Promise<Readonly<Record<string, number>>>;
  readonly close: () => void;
}

export async function openRaw(facts: string, threads: number): Promise<Raw> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`create table facts as from read_parquet('${facts}')`);
  return {
    reference: async (drawn) => {
      const known = new Map<string, readonly ExactRow[]>();
      const answer = async (sql: string, keys: number) => {
        const rows = (await connection.runAndReadAll(sql)).getRowsJson();
        return rows.map((row) => exactRow(row.map(String), keys));
      };
      const reference: Record<string, (readonly ExactRow[])[]> = {};
      for (const family of families) {
        const answers: (readonly ExactRow[])[] = [];
        for (const one of drawn) {
          const sql = fill(exactSqlOf(family), one);
          const rows = known.get(sql) ?? (await answer(sql, family.keys.length));
          known.set(sql, rows);
          answers.push(rows);
        }
        reference[family.name] = answers;
      }
      return reference;
    },
    pass: async (drawn) => {
      const least: Record<string, number> = {};
      for (const family of families) {
        const sql = fill(sqlOf(family), drawn);
        const times: number[] = [];
        for (let rep = 0; rep < 3 && times.reduce((sum, each) => sum + each, 0) < 500; rep += 1) {
          const started = performance.now();
          (await connection.runAndReadAll(sql)).getRowsJS();
          times.push(performance.now() - started);
        }
        least[family.name] = Math.min(...times);
      }
      return least;
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function exactRow(row: readonly string[], keys: number): ExactRow {
  const figures = row.slice(keys);
  return {
    keys: row.slice(0, keys),
    figures: figures.flatMap((above, at) => (at % 2 === 0 ? [[above, figures[at + 1] ?? '1'] as const] : [])),
  };
}
