import { invariant } from '../diagnostics/invariant.ts';
import {
  and,
  coalesce,
  column,
  equals,
  greater,
  integer,
  isNull,
  join,
  not,
  nothing,
  or,
  output,
  parquet,
  query,
  select,
  subquery,
  text,
} from './make.ts';
import type { SqlExpression, SqlQuery, SqlRelation, SqlSelect } from './tree.ts';

/** Cells of one source in two editions, of the same dimensions; one side may have no files. */
export interface ComparedCells {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Columns that name a cell. */
  readonly keys: readonly string[];
  /** Pairs of states that are the same measure; null where a side has no such measure. */
  readonly states: readonly { readonly before: string | null; readonly after: string | null }[];
}

export interface ComparedSide {
  readonly files: readonly string[];
  /** Key to what it is in every row, for keys that the files have no column for. */
  readonly constants: Readonly<Record<string, string>>;
}

type Side = 'before' | 'after';

/** A state as cells hold it, in the order of `differenceColumns`. */
const storedColumns = (state: string): readonly string[] => [
  state,
  `${state}_known`,
  `${state}_suppressed`,
  `${state}_not_applicable`,
];

/** The columns that `lowerDifference` gives for a state: its value, and how many rows are known, suppressed and not applicable. */
export const differenceColumns = (side: Side, state: number): readonly string[] =>
  ['value', 'known', 'suppressed', 'not_applicable'].map((name) => `${side}_${state}_${name}`);

/**
 * Cells of which a state or a count is not the same, or that only one side has: the keys, then the columns of
 * every state before and after, null where a side has no such cell. In no order.
 */
export function lowerDifference(compared: ComparedCells): SqlQuery {
  const sides = (['before', 'after'] as const).filter((side) => compared[side].files.length > 0);
  const [only, other] = sides;
  invariant(only, 'a comparison has files on one side at least');
  return query(other === undefined ? oneSided(compared, only) : twoSided(compared));
}

function twoSided(compared: ComparedCells): SqlSelect {
  const same = compared.keys.map((key) => equals(column('before', key), column('after', key)));
  const [first] = compared.keys;
  invariant(first, 'cells have a period');
  return select({
    select: [
      ...compared.keys.map((key) => output(coalesce(column('before', key), column('after', key)), key)),
      ...outputs(compared, ['before', 'after']),
    ],
    from: cellsOf(compared, 'before'),
    alias: 'before',
    joins: [join('full', cellsOf(compared, 'after'), 'after', and(...same))],
    where: or(
      isNull(column('before', first)),
      isNull(column('after', first)),
      ...compared.states.flatMap((state) => stateDiffers(state)),
    ),
  });
}

function oneSided(compared: ComparedCells, side: Side): SqlSelect {
  return select({
    select: [...compared.keys.map((key) => output(column(side, key), key)), ...outputs(compared, [side])],
    from: cellsOf(compared, side),
    alias: side,
  });
}

/** Files with every key as a column, so that both sides have the same. */
function cellsOf({ keys, states, ...sides }: ComparedCells, side: Side): SqlRelation {
  const { files, constants } = sides[side];
  const own = states.flatMap((state) => state[side] ?? []).flatMap(storedColumns);
  return subquery(
    query(
      select({
        select: [
          ...keys.map((key) => {
            const constant = constants[key];
            return output(constant === undefined ? column('cells', key) : text(constant), key);
          }),
          ...[...new Set(own)].map((name) => output(column('cells', name), name)),
        ],
        from: parquet(files),
        alias: 'cells',
      }),
    ),
  );
}

const outputs = ({ states }: ComparedCells, held: readonly Side[]) =>
  (['before', 'after'] as const).flatMap((side) =>
    states.flatMap((state, at) => {
      const name = state[side];
      const columns = held.includes(side) && name !== null ? storedColumns(name) : null;
      return differenceColumns(side, at).map((as, place) => {
        const own = columns?.[place];
        return output(own === undefined ? nothing : column(side, own), as);
      });
    }),
  );

/** A measure that one side does not have differs wherever a row of it fell into the cell. */
function stateDiffers({ before, after }: ComparedCells['states'][number]): SqlExpression[] {
  if (before !== null && after !== null) {
    const pairs = storedColumns(after).map((name, at) => [storedColumns(before)[at] ?? name, name] as const);
    return pairs.map(([then, now]) => unlike(column('before', then), column('after', now)));
  }
  const [side, name] = before === null ? (['after', after] as const) : (['before', before] as const);
  if (name === null) return [];
  return storedColumns(name)
    .slice(1)
    .map((count) => greater(column(side, count), integer(0)));
}

/** Two nulls are alike, and a null is like nothing else. */
const unlike = (a: SqlExpression, b: SqlExpression): SqlExpression =>
  not(coalesce(equals(a, b), and(isNull(a), isNull(b))));
