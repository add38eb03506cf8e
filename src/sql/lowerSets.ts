import type { CellState, CellsPlan } from '../plan/plan.ts';
import { isKnown, periodColumn, rowsOfCells } from './cellStates.ts';
import { cellKeys, rowsSteps } from './lowerCells.ts';
import { lowerCondition } from './lowerCondition.ts';
import {
  add,
  allOf,
  and,
  ascending,
  callOf,
  caseWhen,
  cast,
  column,
  equals,
  integer,
  integerType,
  isIn,
  isNull,
  join,
  maximum,
  minimum,
  multiply,
  or,
  output,
  parquet,
  query,
  select,
  subtract,
  table,
  text,
  textType,
  unionAll,
  values,
  window,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlQuery, SqlSelect } from './tree.ts';

/** The sets of one key in a table: the states that count it, and how their people are told apart. */
export interface SetsWanted {
  readonly plan: CellsPlan;
  readonly states: readonly CellState[];
  readonly key: readonly string[];
  /** Goes before every key that is hashed. */
  readonly secret: string;
  /** Partitions in order, of one year. */
  readonly parts: readonly { readonly partition: string; readonly periods: readonly string[] }[];
  /** Files of people who were met in earlier partitions of the year, and how many they are. */
  readonly earlier: { readonly files: readonly string[]; readonly count: number };
}

export const ordinalColumn = 'ordinal';
export const digestColumn = 'digest';
const firstColumn = 'first_part';

/** A column that is 1 where a row counts for a state. */
export const memberColumn = (at: number): string => `in_${at}`;

const keyName = (at: number): string => `key_${at}`;
const namesOfKey = ({ key }: SetsWanted) => key.map((_, at) => keyName(at));

/**
 * Everybody in every cell, once, with an ordinal: whoever was met in an earlier partition of the year keeps the one
 * that he has, and the others follow, by the partition that they are first met in and there by their digests.
 * What is made of these partitions therefore changes nothing in those before them.
 */
export function lowerSetRows(wanted: SetsWanted, places: Places): SqlQuery {
  const { plan, states, parts, earlier } = wanted;
  const periods = parts.flatMap((part) => part.periods);
  const keys = namesOfKey(wanted);
  const names = cellKeys(plan);
  const steps: SqlQuery['with'] = [
    ...rowsSteps(plan, places, periods),
    { name: 'placed', query: placedRows(wanted, periods) },
    { name: 'met', query: firstMet(wanted) },
    { name: 'named', query: namedPeople(wanted) },
    ...(earlier.files.length === 0 ? [] : [{ name: 'known', query: knownPeople(earlier.files) }]),
    { name: 'people', query: numberedPeople(wanted) },
  ];
  const body = select({
    select: [
      ...names.map((name) => output(column('placed', name), name)),
      ...states.map((_, at) => output(column('placed', memberColumn(at)), memberColumn(at))),
      ...[ordinalColumn, digestColumn, firstColumn].map((name) => output(column('people', name), name)),
    ],
    from: table('placed'),
    alias: 'placed',
    joins: [join('inner', table('people'), 'people', sameKey(keys, 'placed', 'people'))],
  });
  return query(body, steps);
}

const sameKey = (keys: readonly string[], one: string, other: string): SqlExpression =>
  and(...keys.map((name) => equals(column(one, name), column(other, name))));

/** Rows that count for some state, each of a cell and a key once. */
function placedRows(wanted: SetsWanted, periods: readonly string[]): SqlSelect {
  const { plan, states, key } = wanted;
  const conditions = states.map((state) => {
    const applies = state.where && lowerCondition(state.where, (name) => column('rows', name));
    return applies ?? null;
  });
  const some = conditions.includes(null) ? [] : [or(...conditions.flatMap((each) => each ?? []))];
  const [first] = states;
  const known = first ? isKnown(first, 'rows') : null;
  const grouped = [
    column('rows', plan.periodColumn),
    ...cellKeys(plan)
      .slice(1)
      .map((name) => column('rows', name)),
    ...key.map((name) => column('rows', name)),
  ];
  return select({
    select: [
      output(column('rows', plan.periodColumn), periodColumn),
      ...cellKeys(plan)
        .slice(1)
        .map((name) => output(column('rows', name), name)),
      ...key.map((name, at) => output(column('rows', name), keyName(at))),
      ...conditions.map((condition, at) =>
        output(
          cast(
            maximum(condition === null ? integer(1) : caseWhen([[condition, integer(1)]], integer(0))),
            integerType,
          ),
          memberColumn(at),
        ),
      ),
    ],
    from: table('rows'),
    alias: 'rows',
    where: allOf([rowsOfCells(plan, 'rows', periods), known, ...some].filter((each) => each !== null)),
    groupBy: grouped,
  });
}

/** In which partition each is met first. */
function firstMet(wanted: SetsWanted): SqlSelect {
  const keys = namesOfKey(wanted);
  const places = values(
    [
      { name: 'period', type: textType },
      { name: 'place', type: integerType },
    ],
    wanted.parts.flatMap(({ periods }, place) => periods.map((period) => [text(period), integer(place)])),
  );
  return select({
    select: [
      ...keys.map((name) => output(column('placed', name), name)),
      output(minimum(column('part', 'place')), firstColumn),
    ],
    from: table('placed'),
    alias: 'placed',
    joins: [join('inner', places, 'part', equals(column('part', 'period'), column('placed', periodColumn)))],
    groupBy: keys.map((name) => column('placed', name)),
  });
}

/** Half of a SHA-256 over the secret and the key: 2^64 people would have to come before two were likely to meet. */
const digits = 32;

function namedPeople(wanted: SetsWanted): SqlSelect {
  const keys = namesOfKey(wanted);
  // With its length before it, no part of a key can be taken for two.
  const parts = keys.flatMap((name) => {
    const value = cast(column('met', name), textType);
    return [cast(callOf('length', value), textType), text(':'), value];
  });
  const digest = callOf('digest', callOf('concat', text(wanted.secret), ...parts));
  return select({
    select: [
      ...keys.map((name) => output(column('met', name), name)),
      output(column('met', firstColumn), firstColumn),
      output(callOf('substring', digest, integer(1), integer(digits)), digestColumn),
    ],
    from: table('met'),
    alias: 'met',
  });
}

function knownPeople(files: readonly string[]): SqlSelect {
  return select({
    select: [digestColumn, ordinalColumn].map((name) => output(column('person', name), name)),
    from: parquet(files),
    alias: 'person',
  });
}

/** `first_part` is -1 of those who were met before. */
function numberedPeople(wanted: SetsWanted): SqlSelect {
  const hasEarlier = wanted.earlier.files.length > 0;
  const isNew = hasEarlier ? isNull(column('known', ordinalColumn)) : equals(integer(1), integer(1));
  const running = window('sum', [caseWhen([[isNew, integer(1)]], integer(0))], {
    orderBy: [ascending(column('named', firstColumn)), ascending(column('named', digestColumn))],
  });
  const ordinal = add(subtract(running, integer(1)), integer(wanted.earlier.count));
  return select({
    select: [
      ...namesOfKey(wanted).map((name) => output(column('named', name), name)),
      output(column('named', digestColumn), digestColumn),
      output(cast(caseWhen([[isNew, column('named', firstColumn)]], integer(-1)), integerType), firstColumn),
      output(
        cast(
          hasEarlier ? caseWhen([[isNew, ordinal]], column('known', ordinalColumn)) : ordinal,
          integerType,
        ),
        ordinalColumn,
      ),
    ],
    from: table('named'),
    alias: 'named',
    joins: hasEarlier
      ? [
          join(
            'left',
            table('known'),
            'known',
            equals(column('known', digestColumn), column('named', digestColumn)),
          ),
        ]
      : [],
  });
}

/** Out of those rows, kept as a table: who is in each cell. */
export function lowerMembers(wanted: SetsWanted, kept: string): SqlQuery {
  const names = [...cellKeys(wanted.plan), ...wanted.states.map((_, at) => memberColumn(at)), ordinalColumn];
  return query(
    select({
      select: names.map((name) => output(column(kept, name), name)),
      from: table(kept),
      alias: kept,
    }),
  );
}

/** Out of the same: whoever is first met in a partition, by ordinal. */
export function lowerNewcomers(kept: string, at: number, periods: readonly string[]): SqlQuery {
  const names = [ordinalColumn, digestColumn];
  return query(
    select({
      select: names.map((name) => output(column(kept, name), name)),
      from: table(kept),
      alias: kept,
      where: and(
        equals(column(kept, firstColumn), integer(at)),
        isIn(column(kept, periodColumn), periods.map(text)),
      ),
      groupBy: names.map((name) => column(kept, name)),
      orderBy: [ascending(column(kept, ordinalColumn))],
    }),
  );
}

export const rankColumn = 'rank';

/** An ordinal of an earlier year as one number: the place of the year, and the ordinal in it. */
export const ranksOfYear = 2 ** 32;

/** Of people of some files, those who were met in an earlier year, with their ordinal in the first of these. */
export function lowerEarlierYears(
  files: readonly string[],
  years: readonly { readonly files: readonly string[] }[],
): SqlQuery {
  const met = unionAll(
    years.map(({ files: own }, place) =>
      select({
        select: [
          output(column('person', digestColumn), digestColumn),
          output(
            add(
              multiply(cast(integer(place), integerType), integer(ranksOfYear)),
              column('person', ordinalColumn),
            ),
            rankColumn,
          ),
        ],
        from: parquet(own),
        alias: 'person',
      }),
    ),
  );
  return query(
    select({
      select: [
        output(column('newcomer', ordinalColumn), ordinalColumn),
        output(minimum(column('met', rankColumn)), rankColumn),
      ],
      from: parquet(files),
      alias: 'newcomer',
      joins: [
        join(
          'inner',
          table('met'),
          'met',
          equals(column('met', digestColumn), column('newcomer', digestColumn)),
        ),
      ],
      groupBy: [column('newcomer', ordinalColumn)],
    }),
    [{ name: 'met', query: met }],
  );
}
