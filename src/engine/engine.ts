import type { Table as ArrowTable } from 'apache-arrow';
import type { ForeignTable, Table } from '../catalog/types.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { SqlQuery } from '../sql/tree.ts';

/** A result in memory, column by column. Other rooms know it by this name only. */
export type ResultTable = ArrowTable;

/** A column of texts of which few differ. */
export interface CodesRead {
  readonly kind: 'codes';
  readonly name: string;
  /** Those that occur, in no order; null where a row has none. */
  readonly codes: readonly (string | null)[];
  /** Place in `codes` by row. */
  readonly ordinals: Uint32Array;
}

/** Numbers in units of their last decimal, 0 where there is none. */
export interface NumbersRead {
  readonly kind: 'numbers';
  readonly name: string;
  /** Doubles where they keep every one of them exactly; null: some have more than 64 bits. */
  readonly values: Float64Array | BigInt64Array | null;
}

export type ColumnRead = CodesRead | NumbersRead;

/** Asks of rows that an engine keeps. */
export type KeptRows = Pick<Engine, 'query' | 'writeQuery' | 'readColumns'>;

/** What runs SQL. Results leave it as Arrow. */
export interface Engine {
  readonly name: string;
  /** Engine and client version; goes into manifests, since Parquet bytes depend on it. */
  readonly version: string;
  readonly dialect: Dialect;
  /** Runs one query; text as Utf8, integers as Int64, decimals as Decimal128, in the query's column order. */
  readonly query: (query: SqlQuery) => Promise<ArrowTable>;
  /** The same, a batch of rows at a time, so that what is larger than memory can be gone through. */
  readonly stream: (query: SqlQuery) => AsyncIterable<ArrowTable>;
  /** The same as columns of numbers, for millions of rows: no text and no object is made of any of them. */
  readonly readColumns: (query: SqlQuery) => Promise<readonly ColumnRead[]>;
  /** Runs a query and writes its rows, in its order, as one Parquet file whose bytes depend only on them; gives the number of rows. */
  readonly writeQuery: (query: SqlQuery, path: string) => Promise<number>;
  /**
   * Runs a query once and keeps its rows under a name for as long as `use` asks of them: a table of that name in
   * what it asks. They may go to the disk where they are more than the memory.
   */
  readonly withRows: <Result>(
    query: SqlQuery,
    name: string,
    use: (kept: KeptRows) => Promise<Result>,
  ) => Promise<Result>;
  /** Writes a table as one Parquet file, rows in the given order, bytes depending only on them. */
  readonly writeTable: (table: Table, path: string) => Promise<void>;
  /** What a Parquet file that somebody else wrote says that it holds; throws where it cannot be read. */
  readonly describeParquet: (path: string) => Promise<ForeignTable>;
  readonly close: () => void;
}

/** A query that the engine refused: our fault or the environment's, never the user's. */
export class EngineError extends Error {
  readonly sql: string;
  constructor(message: string, sql: string, cause: unknown) {
    super(message, { cause });
    this.name = 'EngineError';
    this.sql = sql;
  }
}
