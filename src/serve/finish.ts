import type { DeliveredBy } from '../catalog/types.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { groupBy } from '../model/groupBy.ts';
import { periodAt } from '../model/periods.ts';
import { compare } from '../model/rational.ts';
import { unionOfFlags } from '../model/status.ts';
import type { SemanticModel } from '../model/types.ts';
import type { AnswerRow, Cell } from '../query/answer.ts';
import type { BoundColumn, BoundQuery, MeasureUse, OutPeriod } from '../query/bound.ts';
import { formulaFor, formulasFor } from '../query/versions.ts';
import { cellKey, splitKey } from './cellKey.ts';
import { holdsSomething, type MeasureComponents } from './components.ts';
import { expectationOf } from './expected.ts';
import { type CollectedUse, type FiguresScope, figuresAt } from './figures.ts';
import { finishColumn, type Reach, reachesOf } from './finishColumn.ts';
import type { Figures } from './finishFormula.ts';
import { type PreliminaryPeriods, preliminaryFigures } from './preliminary.ts';

export interface FinishScope {
  readonly model: SemanticModel;
  /** Sources whose figures are made up. */
  readonly syntheticSources: ReadonlySet<string>;
  /** Delivered source to who delivered it, of sources whose silence is zero. */
  readonly delivered: ReadonlyMap<string, DeliveredBy>;
  /** Source to the periods that the edition holds of it. */
  readonly held: Readonly<Record<string, readonly string[]>>;
  /** Source to its periods that are preliminary; none where nothing is said. */
  readonly preliminary?: PreliminaryPeriods;
  /** Which rows to finish, by period and members; all where nothing is said. */
  readonly wanted?: (period: string, members: readonly string[]) => boolean;
}

/**
 * Components to rows: every expected member has a row, and every other member that holds something. Without figures
 * there is nothing to expect: the rows are the members that hold something.
 */
export function finishRows(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
): AnswerRow[] {
  if (query.columns.length === 0) return orderRows(query, rowsThatHold(query, components));
  const isPreliminary = preliminaryFigures(query, scope.preliminary ?? new Map());
  return orderRows(
    query,
    finishEach(query, components, scope, ({ column, figures, period, synthetic, reach }) => {
      const cell = finishColumn(column, figures, period, synthetic, reach);
      if (!isPreliminary(column, period)) return cell;
      return { ...cell, flags: unionOfFlags([cell.flags, ['preliminary']]) };
    }),
  );
}

/** One cell of an answer that is about to be finished. */
export interface CellAtHand {
  readonly column: BoundColumn;
  readonly figures: Figures;
  readonly period: OutPeriod;
  readonly synthetic: boolean;
  readonly reach: Reach;
}

/** What is made of every cell of an answer, row by row. */
export function finishEach<T>(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
  finish: (cell: CellAtHand) => T,
): { readonly members: readonly string[]; readonly cells: readonly T[] }[] {
  const holding = membersThatHold(query, components);
  const found = foundCodes(query, holding);
  const expectation = expectationOf(query, scope.model, found, scope.delivered);
  const held: FiguresScope['held'] = new Map();
  const asked = query.levels.filter((level) => level.kind === 'member').length;
  const pairs: PairsOf = new Map(query.measures.map((use) => [use, groupBy(use.pairs, ({ out }) => out)]));
  const sides = query.columns.map((column) => sidesOf(query, components, scope, column, pairs));
  return query.periods.flatMap((period) => {
    const tuples = [...expectation.members(period.code), ...(holding.get(period.code) ?? [])];
    const { wanted } = scope;
    const kept = wanted ? tuples.filter((members) => wanted(period.code, members)) : tuples;
    const distinct = new Map(kept.map((members) => [cellKey(period.code, members), members]));
    const sidesHere = sides.map((side) => side(period));
    return [...distinct.values()].map((members) => ({
      members: asked === query.levels.length ? members : withPeriod(query, members, period),
      cells: sidesHere.map((side) => {
        const { column, uses, synthetic } = side;
        const scope = { query, expectation, uses, missing: column.kpi.missing, held };
        const figures = figuresAt(scope, { period: period.code, codes: codesOf(query, members) });
        return finish({ column, figures, period, synthetic, reach: side.reach(period) });
      }),
    }));
  });
}

/** Period to the members of cells in which some measure has a row that says something. */
function membersThatHold(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
): Map<string, (readonly string[])[]> {
  const asked = query.levels.filter((level) => level.kind === 'member').map(({ name }) => name);
  const held = new Map<string, Map<string, readonly string[]>>();
  for (const { id, levels, askedOf } of query.measures) {
    const { parts, totals } = components.get(id) ?? { parts: new Map(), totals: new Map() };
    const places = asked.map((name) => levels.findIndex((level) => level.name === name));
    // A total over a dimension that is asked for says nothing of its members.
    if (places.includes(-1)) continue;
    for (const each of [parts, totals])
      for (const [key, component] of each) {
        if (!holdsSomething(component)) continue;
        const { period: taken, members } = splitKey(key);
        const period = askedOf?.[taken] ?? taken;
        const own = places.map((place) => members[place] ?? '');
        const here = held.get(period) ?? new Map<string, readonly string[]>();
        here.set(cellKey(period, own), own);
        held.set(period, here);
      }
  }
  return new Map([...held].map(([period, members]) => [period, [...members.values()]]));
}

function rowsThatHold(query: BoundQuery, components: ReadonlyMap<string, MeasureComponents>): AnswerRow[] {
  const holding = membersThatHold(query, components);
  const isOfMembers = query.levels.every((level) => level.kind === 'member');
  return query.periods.flatMap((period) =>
    (holding.get(period.code) ?? []).map((members) => ({
      members: isOfMembers ? members : withPeriod(query, members, period),
      cells: [],
    })),
  );
}

function foundCodes(
  query: BoundQuery,
  holding: ReadonlyMap<string, readonly (readonly string[])[]>,
): Set<string>[] {
  const found = query.levels.filter((level) => level.kind === 'member').map(() => new Set<string>());
  for (const tuples of holding.values())
    for (const members of tuples) for (const [at, code] of members.entries()) found[at]?.add(code);
  return found;
}

/** Codes by the names of their levels. */
function codesOf(query: BoundQuery, members: readonly string[]): Record<string, string> {
  const asked = query.levels.filter((level) => level.kind === 'member');
  return Object.fromEntries(asked.map(({ name }, at) => [name, members[at] ?? '']));
}

/** Codes in the order asked for, the period's own among them. */
function withPeriod(query: BoundQuery, members: readonly string[], period: OutPeriod): string[] {
  const isOne = query.levels.length - members.length === 1;
  let next = 0;
  return query.levels.map((level) => {
    if (level.kind === 'member') return members[next++] ?? '';
    return isOne ? period.code : periodAt(period.firstDay, level.name).code;
  });
}

/** The source periods of every measure, by the period of the answer that they make. */
type PairsOf = ReadonlyMap<MeasureUse, ReadonlyMap<string, MeasureUse['pairs']>>;

/** What is the same for every cell of a column, as long as it is worked out by one formula. */
interface Side {
  readonly column: BoundColumn;
  readonly uses: ReadonlyMap<string, CollectedUse>;
  readonly synthetic: boolean;
  readonly reach: (period: OutPeriod) => Reach;
}

/** The side of a column that a period of the answer is on. */
function sidesOf(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
  column: BoundColumn,
  pairs: PairsOf,
): (period: OutPeriod) => Side {
  const sides = new Map(
    formulasFor(column, query.periods).map((formula) => [
      formula,
      sideOf(query, components, scope, { ...column, ...formula }, pairs),
    ]),
  );
  return (period) => {
    const side = sides.get(formulaFor(column, period));
    invariant(side, `${column.name} has a formula for ${period.code}`);
    return side;
  };
}

function sideOf(
  query: BoundQuery,
  components: ReadonlyMap<string, MeasureComponents>,
  scope: FinishScope,
  column: BoundColumn,
  pairs: PairsOf,
): Side {
  const ids = new Set(column.uses.map(({ id }) => id));
  const uses = query.measures.filter(({ id }) => ids.has(id));
  const sources = uses.flatMap((use) => [
    use.measure.source,
    ...(use.weight ? [use.weight.measure.source] : []),
  ]);
  return {
    column,
    uses: new Map(
      uses.map((use) => [
        use.id,
        {
          use,
          collected: components.get(use.id),
          periodsOf: (code: string) =>
            (pairs.get(use)?.get(code) ?? []).map(({ source }) => ({
              source,
              held: scope.held[use.measure.source]?.includes(source) ?? false,
            })),
        },
      ]),
    ),
    synthetic: sources.some((source) => scope.syntheticSources.has(source)),
    reach: reachesOf(uses),
  };
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
