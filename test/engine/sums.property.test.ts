import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellValue } from '../../src/engine/arrow.ts';
import * as sql from '../../src/sql/make.ts';
import type { SqlExpression } from '../../src/sql/tree.ts';
import { type Desk, openDesk, plainTable } from './support.ts';

interface Row {
  readonly kommune: string | null;
  readonly koen: string;
  readonly antal: number | null;
  readonly timer: bigint | null;
}

const row: fc.Arbitrary<Row> = fc.record({
  kommune: fc.option(fc.constantFrom('101', '147', 'Ærø', "x'")),
  koen: fc.constantFrom('1', '2'),
  antal: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
  timer: fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })),
});

/** A condition both as a tree and as a function; unknown is null, as in SQL. */
interface Condition {
  readonly tree: SqlExpression;
  readonly holds: (row: Row) => boolean | null;
}

const r = (name: keyof Row) => sql.column('r', name);
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom<string>('101', '147', 'Ærø', "x'", 'nowhere'), { maxLength: 3 })
    .map((codes) => ({
      tree: sql.isIn(r('kommune'), codes.map(sql.text)),
      holds: ({ kommune }: Row) =>
        codes.length === 0 ? false : kommune === null ? null : codes.includes(kommune),
    })),
  fc.constantFrom('1', '2').map((code) => ({
    tree: sql.equals(r('koen'), sql.text(code)),
    holds: ({ koen }: Row) => koen === code,
  })),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((limit) => ({
    tree: sql.less(r('antal'), sql.integer(limit)),
    holds: ({ antal }: Row) => (antal === null ? null : antal < limit),
  })),
  fc.constant({ tree: sql.isNull(r('timer')), holds: ({ timer }: Row) => timer === null }),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('node').map((inner) => ({
      tree: sql.not(inner.tree),
      holds: (item: Row) => negated(inner.holds(item)),
    })),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => ({
      tree: sql.and(left.tree, right.tree),
      holds: (item: Row) => both(left.holds(item), right.holds(item)),
    })),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => ({
      tree: sql.or(left.tree, right.tree),
      holds: (item: Row) => negated(both(negated(left.holds(item)), negated(right.holds(item)))),
    })),
  ),
})).node;

const negated = (value: boolean | null): boolean | null => (value === null ? null : !value);
const both = (left: boolean | null, right: boolean | null): boolean | null =>
  left === false || right === false ? false : left === null || right === null ? null : true;

describe('sums', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.leave());

  it('are those of a loop over the rows, for every table, filter and condition', async () => {
    const path = join(desk.folder, 'random.parquet');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), condition, condition, async (rows, where, only) => {
        await desk.engine.writeTable(
          {
            rows: rows.length,
            columns: [
              { name: 'kommune', type: 'text', values: rows.map((item) => item.kommune) },
              { name: 'koen', type: 'text', values: rows.map((item) => item.koen) },
              { name: 'antal', type: 'integer', values: rows.map((item) => item.antal) },
              { name: 'timer', type: 'decimal', decimals: 1, values: rows.map((item) => item.timer) },
            ],
          },
          path,
        );
        const kommune = sql.coalesce(r('kommune'), sql.text('uoplyst'));
        const query = sql.query(
          sql.select({
            select: [
              sql.output(kommune, 'kommune'),
              sql.output(sql.cast(sql.sum(r('antal')), sql.integerType), 'antal'),
              sql.output(
                sql.cast(sql.sum(sql.caseWhen([[only.tree, r('timer')]])), sql.decimalType(1)),
                'timer',
              ),
              sql.output(sql.count(r('timer')), 'kendte'),
            ],
            from: sql.parquet([path]),
            alias: 'r',
            where: where.tree,
            groupBy: [kommune],
            orderBy: [sql.ascending(kommune)],
          }),
        );
        expect(plainTable(await desk.engine.query(query)).rows).toEqual(naive(rows, where, only));
      }),
      { numRuns: 150 },
    );
  });
});

function naive(rows: readonly Row[], where: Condition, only: Condition): readonly (readonly CellValue[])[] {
  const groups = new Map<string, Row[]>();
  for (const item of rows) {
    if (where.holds(item) !== true) continue;
    const name = item.kommune ?? 'uoplyst';
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  const names = [...groups.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return names.map((name) => {
    const items = groups.get(name) ?? [];
    const counts = items.flatMap((item) => (item.antal === null ? [] : [BigInt(item.antal)]));
    const hours = items.flatMap((item) =>
      item.timer === null || only.holds(item) !== true ? [] : [item.timer],
    );
    const known = items.filter((item) => item.timer !== null).length;
    return [name, total(counts), total(hours), BigInt(known)];
  });
}

function total(values: readonly bigint[]): bigint | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value);
}
