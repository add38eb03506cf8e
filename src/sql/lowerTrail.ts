import { periodColumnOf, tableColumns } from '../model/relations.ts';
import { isOfOrigin, originFile, originRow } from '../plan/originRows.ts';
import type { RowsPlan } from '../plan/plan.ts';
import type { RelationStage } from './lowerRelation.ts';
import { relationTrail } from './lowerRelation.ts';
import {
  allOf,
  ascending,
  atMost,
  callOf,
  cast,
  column,
  countRows,
  equals,
  integer,
  integerType,
  isIn,
  join,
  output,
  query,
  select,
  table,
  text,
  textType,
  unionAll,
  window,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlQuery } from './tree.ts';

/** Where the rows at the end of a trail lie. */
export const trailRows = 'rows';

export interface Trail {
  readonly steps: SqlQuery['with'];
  /** From the delivered rows to those of the relation, one after the other. */
  readonly stages: readonly RelationStage[];
}

export const trailOf = (plan: RowsPlan, places: Places, periods: readonly string[]): Trail =>
  relationTrail(plan, places, periods, trailRows);

/** How many rows (`number`) there are at each stage (`at`, from 0), and then after each of some conditions in turn. */
export function lowerRowsLeft({ steps, stages }: Trail, conditions: readonly SqlExpression[]): SqlQuery {
  const last = stages.at(-1);
  const counted = (at: number, stage: RelationStage | undefined, own: readonly SqlExpression[]) =>
    select({
      select: [output(cast(integer(at), integerType), 'at'), output(countRows, 'number')],
      from: table(stage?.name ?? trailRows),
      alias: stage?.name ?? trailRows,
      where: allOf([...(stage ? ofPeriods(stage) : []), ...own]),
    });
  return query(
    unionAll([
      ...stages.map((stage, at) => counted(at, stage, [])),
      ...conditions.map((_, at) => counted(stages.length + at, last, conditions.slice(0, at + 1))),
    ]),
    steps,
  );
}

function ofPeriods({ columns, name, periods }: RelationStage): SqlExpression[] {
  const period = periodColumnOf(columns)?.name;
  return periods === null || period === undefined ? [] : [isIn(column(name, period), periods.map(text))];
}

/** Groups whose rows are followed back: the stage before them, and the columns that they and it have in common. */
export interface Bridge {
  /** Position of the stage before the group. */
  readonly stage: number;
  readonly by: readonly string[];
}

/**
 * The first `limit` delivered rows that those at the end of a trail come from, in the order of the deliveries, and
 * how many there are (`_rows`). `bridges` are the groups between, the last one first. Values are those of `shown`.
 */
export function lowerSourceRows(
  { steps, stages }: Trail,
  conditions: readonly SqlExpression[],
  bridges: readonly Bridge[],
  shown: readonly string[],
  limit: number,
): SqlQuery {
  const more: { name: string; query: ReturnType<typeof select> }[] = [];
  const add = (name: string, body: ReturnType<typeof select>) => {
    more.push({ name, query: body });
    return name;
  };
  const last = stages.at(-1);
  let from = last?.name ?? trailRows;
  let columns = last?.columns ?? [];
  let where = allOf([...(last ? ofPeriods(last) : []), ...conditions]);
  for (const [at, { stage, by }] of bridges.entries()) {
    const before = stages[stage];
    if (!before) break;
    const hash = (relation: string) => callOf('rowHash', ...by.map((name) => column(relation, name)));
    const groups = add(
      `groups_${at + 1}`,
      select({
        select: [output(hash(from), '_group')],
        from: table(from),
        alias: from,
        where,
        groupBy: [hash(from)],
      }),
    );
    const there = before.name;
    const kept = before.columns.flatMap(tableColumns);
    from = add(
      `of_groups_${at + 1}`,
      select({
        select: kept.map((name) => output(column(there, name), name)),
        from: table(there),
        alias: there,
        joins: [join('inner', table(groups), groups, equals(column(groups, '_group'), hash(there)))],
        where: allOf(ofPeriods(before)),
      }),
    );
    columns = before.columns;
    where = null;
  }
  const names = [...(isOfOrigin(columns) ? [originFile, originRow] : []), ...shown];
  // A row that was spread over periods is one that was delivered all the same.
  const distinct = add(
    'source_rows',
    select({
      select: names.map((name) => output(column(from, name), name)),
      from: table(from),
      alias: from,
      where,
      groupBy: isOfOrigin(columns) ? names.map((name) => column(from, name)) : [],
    }),
  );
  const placed = add(
    'placed',
    select({
      select: [
        ...names.map((name) => output(column(distinct, name), name)),
        output(
          window('row_number', [], { orderBy: names.map((name) => ascending(column(distinct, name))) }),
          '_place',
        ),
        output(window('count', [], {}), '_rows'),
      ],
      from: table(distinct),
      alias: distinct,
    }),
  );
  return query(
    select({
      select: [
        ...names.map((name) => output(cast(column(placed, name), textType), name)),
        output(cast(column(placed, '_rows'), integerType), '_rows'),
      ],
      from: table(placed),
      alias: placed,
      where: atMost(column(placed, '_place'), integer(limit)),
      orderBy: [ascending(column(placed, '_place'))],
    }),
    [...steps, ...more],
  );
}
