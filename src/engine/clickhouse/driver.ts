import { type Table, tableFromIPC } from 'apache-arrow';
import { printSql } from '../../sql/print.ts';
import type { SqlQuery } from '../../sql/tree.ts';
import { type Engine, EngineError } from '../engine.ts';
import { normaliseTable } from './arrow.ts';
import { clickHouseDialect } from './dialect.ts';

/**
 * What is used of the package `chdb`, ClickHouse within the process. It is handed in, because it
 * weighs half a gigabyte and is installed by those alone who want it.
 */
export interface ChdbModule {
  readonly Session: new (path?: string, options?: { connectionArgs?: readonly string[] }) => ChdbSession;
  readonly version: () => { readonly chdb: string };
}

export interface ChdbSession {
  readonly queryBindAsync: (
    sql: string,
    parameters: object,
    options: { format: string },
  ) => Promise<{ bytes: () => Uint8Array }>;
  /** Runs a statement at once and gives its result as text. */
  readonly query: (sql: string, format: string) => string;
  readonly close: () => void;
}

export interface ClickHouseOptions {
  readonly threads: number;
}

/** An engine that answers questions; cubes are built by DuckDB, and ClickHouse reads their files. */
export function openClickHouse(chdb: ChdbModule, options: ClickHouseOptions): Engine {
  const session = new chdb.Session(undefined, {
    connectionArgs: [
      `--max_threads=${options.threads}`,
      // apache-arrow reads compressed buffers only with a codec that it does not bring.
      '--output_format_arrow_compression_method=none',
    ],
  });
  return {
    name: 'clickhouse',
    version: `clickhouse ${serverVersion(session)} (chdb ${chdb.version().chdb})`,
    dialect: clickHouseDialect,
    query: (tree) => runQuery(session, tree),
    writeQuery: () => refuse('write a query'),
    readColumns: () => refuse('read columns'),
    withRows: () => refuse('keep rows'),
    writeTable: () => refuse('write a table'),
    stream: async function* (tree) {
      yield await runQuery(session, tree);
    },
    describeParquet: () => refuse("read somebody else's file"),
    close: () => session.close(),
  };
}

/** Asked of the server itself: the package knows it only while no session is open. */
function serverVersion(session: ChdbSession): string {
  return session.query('select version()', 'TabSeparated').trim();
}

/** Values are bound by the server to `{p1:String}` and `{p2:Int64}`, and never enter the text. */
async function runQuery(session: ChdbSession, tree: SqlQuery): Promise<Table> {
  const sql = printSql(tree, clickHouseDialect, { values: 'parameters' });
  const parameters = Object.fromEntries(sql.parameters.map((value, index) => [`p${index + 1}`, value]));
  try {
    const result = await session.queryBindAsync(sql.text, parameters, { format: 'ArrowStream' });
    return normaliseTable(tableFromIPC(result.bytes()));
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new EngineError(`ClickHouse refused a statement: ${reason}`, sql.text, cause);
  }
}

function refuse(what: string): Promise<never> {
  return Promise.reject(new EngineError(`ClickHouse is not used to ${what}.`, '', null));
}
