import { resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { EngineError } from '../../engine.ts';
import { type DuckDbOptions, lockdown, startOptions } from '../lockdown.ts';
import { type Combination, combinationsOf } from './chart.ts';
import { drawsWith } from './draws.ts';
import { type Fault, hitsOf, withFaults } from './faults.ts';
import type { Month } from './month.ts';
import { combinationTable } from './oekonomi.ts';
import { peopleTables } from './people.ts';
import type { Place } from './places.ts';
import type { NationalSource } from './source.ts';

export interface NationalOptions {
  readonly places: readonly Place[];
  readonly months: readonly Month[];
  readonly seed: number;
  readonly scale: number;
  /** Left out: the ones composed here. */
  readonly combinations?: readonly Combination[];
}

/** The made-up country in memory. */
export interface National {
  /** Writes the rows of a source's month, with what is to be wrong in them, to a Parquet file; gives their number. */
  readonly write: (
    source: NationalSource,
    month: Month,
    path: string,
    faults?: readonly Fault[],
  ) => Promise<number>;
  /** How many rows of a source's month each fault hits. */
  readonly hits: (
    source: NationalSource,
    month: Month,
    faults: readonly Fault[],
  ) => Promise<readonly number[]>;
  readonly close: () => void;
}

/**
 * Light compression, since a delivery is read once. One thread a file keeps the rows in their order and cuts
 * row groups at the same places (DuckDB 1.5 does neither behind a filter or a join with several), so the bytes
 * are the same on every machine; several files are made at a time.
 */
const parquetOptions = 'format parquet, compression snappy, row_group_size 122880';

/**
 * Joins stay as they are written: rows stream through in their order, past small tables whose keys are unique.
 * DuckDB 1.5 would else take the smaller side, by its guess, to be the one that waits, and so turn the order.
 */
const keptOrder = "set disabled_optimizers = 'join_order,build_side_probe_side'";

/**
 * Makes the persons; every file after that is one statement, streamed from them to disk. Calls at the same time
 * run beside each other, as many as `threads`.
 */
export async function openNational(engine: DuckDbOptions, options: NationalOptions): Promise<National> {
  const { DuckDBInstance } = (await import('@duckdb/node-api')).default;
  const instance = await DuckDBInstance.create(':memory:', startOptions({ ...engine, threads: 1 }));
  const connection = await instance.connect();
  const draws = drawsWith(options.seed);
  const making = { draws, scale: options.scale };
  for (const statement of [
    keptOrder,
    ...lockdown(engine),
    ...peopleTables(options.places, { months: options.months, draws }),
    combinationTable(options.combinations ?? combinationsOf()),
  ])
    await run(connection, statement);
  const withConnection = poolOf(instance, [connection]);
  return {
    write: (source, month, path, faults = []) =>
      withConnection(async (own) => {
        const target = resolve(path).replaceAll("'", "''");
        const rows = withFaults(source.rows(month, making), faults);
        return (await run(own, `copy (${rows}) to '${target}' (${parquetOptions})`)).rowsChanged;
      }),
    hits: async (source, month, faults) => {
      if (faults.length === 0) return [];
      return withConnection(async (own) => {
        const result = await run(own, hitsOf(source.rows(month, making), faults));
        return ((await result.getRows())[0] ?? []).map(Number);
      });
    },
    close: () => instance.closeSync(),
  };
}

/** A connection for each call that runs, used again by the next. */
function poolOf(instance: DuckDBInstance, free: DuckDBConnection[]) {
  return async <Result>(use: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> => {
    const connection = free.pop() ?? (await instance.connect());
    try {
      return await use(connection);
    } finally {
      free.push(connection);
    }
  };
}

async function run(connection: DuckDBConnection, text: string) {
  try {
    return await connection.run(text);
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new EngineError(`DuckDB refused a statement: ${reason}`, text, cause);
  }
}
