import { adoptFile, objectPath } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { Engine } from '../engine/engine.ts';
import { periodColumnOf, tableColumns } from '../model/relations.ts';
import type { Source } from '../model/types.ts';
import { periodColumn } from '../sql/lowerCells.ts';
import {
  allOf,
  ascending,
  cast,
  coalesce,
  column,
  countRows as counts,
  equals,
  integer,
  isIn,
  join,
  minimum,
  output,
  parquet,
  query,
  select,
  subquery,
  text,
  textType,
  unionAll,
} from '../sql/make.ts';
import type { SqlExpression, SqlQuery, SqlSelect } from '../sql/tree.ts';
import type { SnapshotRef } from './state.ts';

/** Snapshot files by path with the periods to read of each. */
export type Rows = readonly { readonly file: string; readonly periods: readonly string[] }[];

/** Between what was delivered and what is: with the rows gone that are gone, then with the others changed. */
export interface SplitRows {
  readonly removed: Pick<SnapshotRef, 'sha256' | 'size'>;
  readonly changed: Pick<SnapshotRef, 'sha256' | 'size'>;
  /** How many rows went, how many say something else, and how many came. */
  readonly rows: Readonly<Record<'removed' | 'changed' | 'added', number>>;
}

/**
 * The rows of a source before and after a delivery, told apart by the key of its contract: the old rows whose
 * key is still there, and the new rows whose key was there. Null where the contract has no key.
 */
export async function splitRows(
  source: Source,
  before: Rows,
  after: Rows,
  context: { readonly engine: Engine; readonly store: Store },
): Promise<SplitRows | null> {
  if (source.key.length === 0) return null;
  const { engine, store } = context;
  const write = (body: SqlSelect) =>
    store.withTemporary('.parquet', async (path) => ({
      rows: await engine.writeQuery(query(body), path),
      file: await adoptFile(store, path),
    }));
  const count = async (rows: Rows): Promise<number> => {
    const counted = select({
      select: [output(counts, 'rows')],
      from: subquery(rowsOf(source, [periodOf(source)], rows)),
      alias: 'side',
    });
    return Number((await engine.query(query(counted))).getChild('rows')?.get(0) ?? 0n);
  };
  const removed = await write(withKeyIn(source, before, after));
  const changed = await write(withKeyIn(source, after, before));
  const unlike = await engine.query(
    unlikeRows(
      source,
      [removed.file, changed.file].map((ref) => store.localPath(objectPath(ref))),
    ),
  );
  return {
    removed: removed.file,
    changed: changed.file,
    rows: {
      removed: (await count(before)) - removed.rows,
      changed: Number(unlike.getChild('rows')?.get(0) ?? 0n),
      added: (await count(after)) - changed.rows,
    },
  };
}

/** The rows of one side whose key is on the other, in the order of the snapshots. */
function withKeyIn(source: Source, own: Rows, other: Rows): SqlSelect {
  const keys = keyColumns(source);
  const names = [...source.columns.flatMap(tableColumns), '_row'];
  const theirs: SqlSelect = select({
    select: keys.map((name) => output(writtenKey('rows', name), name)),
    from: subquery(rowsOf(source, keys, other)),
    alias: 'rows',
    groupBy: keys.map((name) => writtenKey('rows', name)),
  });
  const on = allOf(keys.map((name) => equals(writtenKey('own', name), column('theirs', name))));
  invariant(on, 'a key has columns');
  return select({
    select: names.map((name) => output(column('own', name), name)),
    from: subquery(rowsOf(source, names, own)),
    alias: 'own',
    joins: [join('inner', subquery(query(theirs)), 'theirs', on)],
    orderBy: [ascending(column('own', '_row'))],
  });
}

/** Rows of the second file that the first has not, whatever line they came from. */
function unlikeRows(source: Source, files: readonly string[]): SqlQuery {
  const names = source.columns.flatMap(tableColumns);
  const sides = files.map((file, at) =>
    select({
      select: [...names.map((name) => output(column('file', name), name)), output(integer(at), 'side')],
      from: parquet([file]),
      alias: 'file',
    }),
  );
  const groups = select({
    select: [output(minimum(column('rows', 'side')), 'side')],
    from: subquery(query(unionAll(sides))),
    alias: 'rows',
    groupBy: names.map((name) => column('rows', name)),
  });
  return query(
    select({
      select: [output(counts, 'rows')],
      from: subquery(query(groups)),
      alias: 'groups',
      where: equals(column('groups', 'side'), integer(1)),
    }),
  );
}

/** A row is one of its period, whether the key says so or not. */
function keyColumns(source: Source): string[] {
  const named = new Set([...source.key, periodOf(source)]);
  return source.columns
    .filter(({ name }) => named.has(name))
    .flatMap((each) => (each.kind === 'number' ? [each.name] : tableColumns(each)));
}

/** As text, and none as a text that no file holds: nulls are equal here. */
const writtenKey = (table: string, name: string): SqlExpression =>
  coalesce(cast(column(table, name), textType), text('\u0001'));

const periodOf = ({ columns }: Source): string => periodColumnOf(columns)?.name ?? periodColumn;

function rowsOf(source: Source, names: readonly string[], rows: Rows): SqlQuery {
  const selects = rows.map(({ file, periods }) =>
    select({
      select: names.map((name) => output(column('file', name), name)),
      from: parquet([file]),
      alias: 'file',
      where: isIn(column('file', periodOf(source)), periods.map(text)),
    }),
  );
  const [first] = selects;
  invariant(first, 'there are rows to compare');
  return query(selects.length === 1 ? first : unionAll(selects));
}
