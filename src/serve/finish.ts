import { compareCodes } from '../model/codeOrder.ts';
import { compare } from '../model/rational.ts';
import type { SemanticModel } from '../model/types.ts';
import type { AnswerRow, Cell } from '../query/answer.ts';
import type { BoundQuery, OutPeriod } from '../query/bound.ts';
import { type Component, cellKey, type MeasureComponents, splitKey } from './components.ts';
import { type Expectation, expectationOf } from './expected.ts';
import { finishColumn } from './finishColumn.ts';
import { type CellComponents, finishMeasure } from './finishMeasure.ts';

export interface FinishScope {
  readonly model: SemanticModel;
  /** Sources whose figures are made up. */
  readonly syntheticSources: ReadonlySet<string>;
  /** Source to the periods that the edition holds of it. */
  readonly held: Readonly<Record<string, readonly string[]>>;
}

/** Components to rows: every expected member has a row, and every other member that holds something. */
export function finishRows(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
): AnswerRow[] {
  const holding = holdingKeys(components);
  const found = foundCodes(query, holding);
  const expectation = expectationOf(query, scope.model, found);
  const rows = query.periods.flatMap((period) =>
    rowsOfPeriod(query, components, scope, expectation, holding, period),
  );
  return orderRows(query, rows);
}

/** Keys of cells in which some measure has a row that says something. */
function holdingKeys(components: ReadonlyMap<string, MeasureComponents>): Set<string> {
  const holds = ({ knownRows, suppressedRows, notApplicableRows }: Component) =>
    knownRows + suppressedRows + notApplicableRows > 0;
  const keys = new Set<string>();
  for (const { parts, totals } of components.values()) {
    for (const each of [parts, totals])
      for (const [key, component] of each) if (holds(component)) keys.add(key);
  }
  return keys;
}

function foundCodes(query: BoundQuery, keys: ReadonlySet<string>): Set<string>[] {
  const found = query.levels.filter((level) => level.kind === 'member').map(() => new Set<string>());
  for (const key of keys)
    for (const [position, code] of splitKey(key).members.entries()) found[position]?.add(code);
  return found;
}

function rowsOfPeriod(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
  expectation: Expectation,
  holding: ReadonlySet<string>,
  period: OutPeriod,
): AnswerRow[] {
  const tuples = new Map<string, readonly string[]>();
  for (const members of expectation.members(period.code)) tuples.set(cellKey(period.code, members), members);
  for (const key of holding) if (splitKey(key).period === period.code) tuples.set(key, splitKey(key).members);
  return [...tuples.entries()].map(([key, members]) => ({
    members: withPeriod(query, members, period.code),
    cells: finishCells(query, components, scope, expectation, { key, period, members }),
  }));
}

/** Codes in the order asked for, the period's own among them. */
function withPeriod(query: BoundQuery, members: readonly string[], period: string): string[] {
  let next = 0;
  return query.levels.map((level) => (level.kind === 'time' ? period : (members[next++] ?? '')));
}

function finishCells(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
  expectation: Expectation,
  at: { readonly key: string; readonly period: OutPeriod; readonly members: readonly string[] },
): Cell[] {
  return query.columns.map((column) => {
    const uses = query.measures.filter(({ measure }) => column.measures.includes(measure.id));
    const results = new Map(
      uses.map((use) => {
        const collected = components.get(use.measure.id);
        const held = scope.held[use.measure.source] ?? [];
        const cell: CellComponents = {
          parts: collected?.parts.get(at.key),
          total: collected?.totals.get(at.key),
          expected: expectation.partsOf(use, at.period.code, at.members),
          expectedTotals: expectation.totalsOf(use, at.period.code, at.members),
          isUnknownAlone: expectation.isUnknownAlone(use, at.period.code, at.members),
          periods: use.pairs.flatMap(({ out, source }) =>
            out === at.period.code ? [{ source, held: held.includes(source) }] : [],
          ),
        };
        return [use.measure.id, finishMeasure(use, cell, column.kpi.missing)] as const;
      }),
    );
    const sources = uses.flatMap((use) => [
      use.measure.source,
      ...(use.weight ? [use.weight.measure.source] : []),
    ]);
    return finishColumn(
      column,
      results,
      at.period,
      sources.some((source) => scope.syntheticSources.has(source)),
    );
  });
}

function orderRows(query: BoundQuery, rows: AnswerRow[]): AnswerRow[] {
  const sorted = rows.sort((a, b) => byMembers(query, a, b));
  const order = query.order ?? (query.top === null ? null : { column: 0, descending: true });
  if (order !== null)
    sorted.sort((a, b) => byValue(a.cells[order.column], b.cells[order.column], order.descending));
  return query.top === null ? sorted : sorted.slice(0, query.top);
}

function byMembers(query: BoundQuery, a: AnswerRow, b: AnswerRow): number {
  for (const [position, level] of query.levels.entries()) {
    const [left = '', right = ''] = [a.members[position], b.members[position]];
    const order =
      level.kind === 'time' ? (left < right ? -1 : left > right ? 1 : 0) : compareCodes(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Cells without a number come last whichever way the numbers go; equal ones keep the members' order. */
function byValue(a: Cell | undefined, b: Cell | undefined, descending: boolean): number {
  const [left, right] = [a?.value ?? null, b?.value ?? null];
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return descending ? compare(right, left) : compare(left, right);
}
