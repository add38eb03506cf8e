import { createRequire } from 'node:module';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import type { Table as ArrowTable } from 'apache-arrow';
import type { ForeignTable, Table } from '../../catalog/types.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import { type PrintedSql, printSql } from '../../sql/print.ts';
import type { SqlQuery } from '../../sql/tree.ts';
import { type ColumnRead, type Engine, EngineError, type KeptRows } from '../engine.ts';
import { chunksToArrow } from './arrow.ts';
import { columnsReader } from './columns.ts';
import { duckDbDialect } from './dialect.ts';
import { type DuckDbOptions, lockdown, startOptions } from './lockdown.ts';
import { appendTable, temporaryTable } from './tables.ts';
import { heldAs } from './types.ts';

type NodeApi = typeof import('@duckdb/node-api');
type NodeBindings = typeof import('@duckdb/node-bindings');

/** An open DuckDB and the two packages it came with, which are loaded only when one is opened. */
interface DuckDb {
  readonly api: NodeApi;
  readonly bindings: NodeBindings;
  readonly instance: DuckDBInstance;
  readonly writable: readonly string[];
}

/**
 * Opens DuckDB in memory, able to read the given folders and nothing else. A builder names the
 * folders that it writes to as well; without them the engine answers questions only.
 */
export async function openDuckDb(options: DuckDbOptions): Promise<Engine> {
  // Loading the native library takes a fifth of a second, so nobody pays for it by an import.
  const [api, bindings] = await Promise.all([
    import('@duckdb/node-api').then((module) => module.default as NodeApi),
    import('@duckdb/node-bindings').then((module) => module.default as NodeBindings),
  ]);
  const instance = await api.DuckDBInstance.create(':memory:', startOptions(options));
  const duckDb: DuckDb = {
    api,
    bindings,
    instance,
    writable: (options.writable ?? []).map((folder) => resolve(folder)),
  };
  await withConnection(duckDb, async (connection) => {
    for (const setting of lockdown(options)) await run(connection, setting);
  });
  return {
    name: 'duckdb',
    version: versionOf(api),
    dialect: duckDbDialect,
    query: (tree) => runQuery(duckDb, tree),
    stream: (tree) => streamQuery(duckDb, tree),
    readColumns: (tree) =>
      withConnection(duckDb, (connection) => readColumns(duckDb, connection, printed(tree))),
    writeQuery: (tree, path) => writeQuery(duckDb, tree, path),
    withRows: (tree, name, use) => withRows(duckDb, tree, name, use),
    writeTable: (table, path) => writeTable(duckDb, table, path),
    describeParquet: (path) => describeParquet(duckDb, path),
    close: () => instance.closeSync(),
  };
}

function versionOf(api: NodeApi): string {
  const client: unknown = createRequire(import.meta.url)('@duckdb/node-api/package.json');
  invariant(typeof client === 'object' && client !== null && 'version' in client, 'the client has a version');
  return `duckdb ${api.version().replace(/^v/, '')} (node-api ${client.version})`;
}

const printed = (tree: SqlQuery): PrintedSql => printSql(tree, duckDbDialect, { values: 'parameters' });

function runQuery(duckDb: DuckDb, tree: SqlQuery): Promise<ArrowTable> {
  return withConnection(duckDb, (connection) => selectArrow(duckDb, connection, printed(tree)));
}

/** Runs a SELECT and copies its result; anything else is refused before it runs. */
function selectArrow(duckDb: DuckDb, connection: DuckDBConnection, sql: PrintedSql): Promise<ArrowTable> {
  return asEngineError(sql.text, async () => {
    const statement = await prepare(connection, sql);
    invariant(statement.statementType === duckDb.api.StatementType.SELECT, 'a question is a SELECT');
    const result = await statement.run();
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
    return chunksToArrow(duckDb.bindings, columns, await result.fetchAllChunks());
  });
}

/** A chunk is read while the next one is made, so that no more of them lie there than that. */
function readColumns(
  duckDb: DuckDb,
  connection: DuckDBConnection,
  sql: PrintedSql,
): Promise<readonly ColumnRead[]> {
  return asEngineError(sql.text, async () => {
    const statement = await prepare(connection, sql);
    invariant(statement.statementType === duckDb.api.StatementType.SELECT, 'a question is a SELECT');
    const result = await statement.stream();
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
    const reader = columnsReader(duckDb.bindings, columns);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return reader.finish();
      reader.add(chunk);
    }
  });
}

/**
 * Fixed, because a file's bytes depend on them. Bytes then depend on rows and order alone, with any
 * number of threads, since the insertion order is kept and row groups are cut by count.
 */
const parquetOptions = 'format parquet, compression zstd, row_group_size 122880';

function writeQuery(duckDb: DuckDb, tree: SqlQuery, path: string): Promise<number> {
  const sql = printSql(tree, duckDbDialect, { values: 'parameters' });
  return withConnection(duckDb, (connection) => copyTo(duckDb, connection, sql, path));
}

/** A temporary table is one connection's own, so that whatever else runs neither sees nor disturbs it. */
function withRows<Result>(
  duckDb: DuckDb,
  tree: SqlQuery,
  name: string,
  use: (kept: KeptRows) => Promise<Result>,
): Promise<Result> {
  return withConnection(duckDb, async (connection) => {
    const { text, parameters } = printed(tree);
    const create = `create temporary table ${duckDbDialect.identifier(name)} as\n${text}`;
    await asEngineError(create, async () => (await prepare(connection, { text: create, parameters })).run());
    try {
      return await use({
        query: (asked) => selectArrow(duckDb, connection, printed(asked)),
        readColumns: (asked) => readColumns(duckDb, connection, printed(asked)),
        writeQuery: (asked, path) => copyTo(duckDb, connection, printed(asked), path),
      });
    } finally {
      await run(connection, `drop table ${duckDbDialect.identifier(name)}`);
    }
  });
}

function writeTable(duckDb: DuckDb, table: Table, path: string): Promise<void> {
  return withConnection(duckDb, async (connection) => {
    const create = temporaryTable(table);
    await run(connection, create);
    await asEngineError(create, () => appendTable(duckDb.api, connection, table));
    await copyTo(duckDb, connection, { text: 'from table_to_write', parameters: [] }, path);
  });
}

async function copyTo(
  duckDb: DuckDb,
  connection: DuckDBConnection,
  sql: PrintedSql,
  path: string,
): Promise<number> {
  const target = resolve(path);
  const text = `copy (\n${sql.text}\n) to '${target.replaceAll("'", "''")}' (${parquetOptions})`;
  if (!duckDb.writable.some((folder) => isWithin(folder, target))) {
    throw new EngineError(`DuckDB was not opened to write "${target}".`, text, null);
  }
  return asEngineError(text, async () => {
    const copied = await (await prepare(connection, { text, parameters: sql.parameters })).run();
    return copied.rowsChanged;
  });
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Columns and rows as the footer has them. A damaged or hostile file can bring DuckDB down, so what comes from
 * outside is read in a process that may die.
 */
function describeParquet(duckDb: DuckDb, path: string): Promise<ForeignTable> {
  const columns = 'select * from read_parquet([$1]) limit 0';
  const rows = 'select count(*) from read_parquet([$1])';
  return withConnection(duckDb, (connection) =>
    asEngineError(columns, async () => {
      const described = await (await prepare(connection, { text: columns, parameters: [path] })).run();
      const counted = await (await prepare(connection, { text: rows, parameters: [path] })).runAndReadAll();
      const types = described.columnTypes();
      return {
        rows: Number(counted.getRows()[0]?.[0] ?? 0),
        columns: described.columnNames().map((name, index) => ({ name, ...heldAs(String(types[index])) })),
      };
    }),
  );
}

/** A batch is so many of DuckDB's chunks that calls between the two cost little. */
const chunksOfBatch = 32;

async function* streamQuery(duckDb: DuckDb, tree: SqlQuery): AsyncIterable<ArrowTable> {
  const sql = printSql(tree, duckDbDialect, { values: 'parameters' });
  const connection = await duckDb.instance.connect();
  try {
    const statement = await asEngineError(sql.text, () => prepare(connection, sql));
    invariant(statement.statementType === duckDb.api.StatementType.SELECT, 'a question is a SELECT');
    const result = await asEngineError(sql.text, () => statement.stream());
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
    for (;;) {
      const chunks = await asEngineError(sql.text, () => nextChunks(result));
      if (chunks.length === 0) return;
      yield chunksToArrow(duckDb.bindings, columns, chunks);
    }
  } finally {
    connection.closeSync();
  }
}

async function nextChunks(result: DuckDBResult): Promise<DuckDBDataChunk[]> {
  const chunks: DuckDBDataChunk[] = [];
  while (chunks.length < chunksOfBatch) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    chunks.push(chunk);
  }
  return chunks;
}

async function prepare(connection: DuckDBConnection, sql: PrintedSql): Promise<DuckDBPreparedStatement> {
  const statement = await connection.prepare(sql.text);
  sql.parameters.forEach((value, index) => {
    if (typeof value === 'string') statement.bindVarchar(index + 1, value);
    else statement.bindBigInt(index + 1, BigInt(value));
  });
  return statement;
}

async function run(connection: DuckDBConnection, text: string): Promise<void> {
  await asEngineError(text, () => connection.run(text));
}

/** A connection for each call, so that calls at the same time neither wait for nor disturb each other. */
async function withConnection<Result>(
  duckDb: Pick<DuckDb, 'instance'>,
  use: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await duckDb.instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
  }
}

async function asEngineError<Result>(sql: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new EngineError(`DuckDB refused a statement: ${reason}`, sql, cause);
  }
}
