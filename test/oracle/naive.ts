import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** One row of a result: columns as numbers where they are numbers, else as text. */
export type NaiveRow = Readonly<Record<string, string | number | null>>;

/** A DuckDB of its own that reads the delivered files, with none of the product's code between. */
export interface Naive {
  /** Runs statements one by one and gives the rows of each `select`. */
  readonly run: (sql: string) => Promise<NaiveRow[][]>;
  readonly close: () => void;
}

export async function openNaive(): Promise<Naive> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const run = async (sql: string) => {
    const results: NaiveRow[][] = [];
    for (const statement of statementsOf(sql)) {
      const rows = await rowsOf(connection, statement);
      if (/^(from|select|with)\b/i.test(withoutComments(statement))) results.push(rows);
    }
    return results;
  };
  await run(readFileSync(join(import.meta.dirname, 'shapes.sql'), 'utf8'));
  return {
    run,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function rowsOf(connection: DuckDBConnection, statement: string): Promise<NaiveRow[]> {
  const reader = await connection.runAndReadAll(statement).catch((cause: unknown) => {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${statement}`, { cause });
  });
  return reader
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
}

function plain(value: unknown): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return Number(value);
}

const statementsOf = (sql: string): string[] =>
  sql.split(/;\s*(?:\n|$)/).filter((each) => withoutComments(each) !== '');

const withoutComments = (sql: string): string => sql.replace(/--.*$/gm, '').trim();
