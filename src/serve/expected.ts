import type { DeliveredBy } from '../catalog/types.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { groupBy } from '../model/groupBy.ts';
import { inGroups } from '../model/groups.ts';
import type { StructureRow } from '../model/structure.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import type { BoundQuery, MeasureUse, PeriodPair } from '../query/bound.ts';
import { daysOf, isPlaced } from '../query/figureDate.ts';
import { sliceOf } from '../query/slice.ts';
import {
  columnOf,
  expectedParts,
  isExpected,
  levelsOf,
  type PartsOf,
  type SliceOf,
  validOn,
} from './expectedParts.ts';
import { type PresentOf, presentParts } from './presentParts.ts';

/** What a complete delivery would hold, as far as the definitions say. */
export interface Expectation {
  /** Expected parts (members x source periods) of a measure in a cell; null: no one has said. */
  readonly partsOf: PartsOf;
  /** The same of the source's own totals: parts by the dimensions that they do not stand over. */
  readonly totalsOf: PartsOf;
  /**
   * Whether the unknown finest member alone is what a cell holds of every dimension that totals stand
   * over: nobody gives a total of it, and nothing is merged.
   */
  readonly isUnknownAlone: (use: MeasureUse, period: string, members: readonly string[]) => boolean;
  /** Who should have delivered and did, of sources whose silence is zero; null of others. */
  readonly presentOf: PresentOf;
  /** Expected codes of a level that a mean is taken over, below the codes of a cell. */
  readonly codesOf: (
    use: MeasureUse,
    period: string,
    over: { readonly level: string; readonly dimension: string },
    codes: Readonly<Record<string, string>>,
  ) => readonly string[];
  /** Tuples of codes at the asked levels that must be in the answer, per period. */
  readonly members: (period: string) => readonly (readonly string[])[];
}

/** Builds the expectation of a question; `found` are the codes met in the figures, per asked level. */
export function expectationOf(
  query: BoundQuery,
  model: SemanticModel,
  found: readonly ReadonlySet<string>[],
  delivered: ReadonlyMap<string, DeliveredBy>,
): Expectation {
  const slices = new Map<string, readonly StructureRow[]>();
  const slice: SliceOf = (dimension, filters) => {
    // A use has all filters on a dimension, or none where a total drops it.
    const isFiltered = filters.some((filter) => filter.dimension === dimension);
    const key = `${dimension}\n${isFiltered}`;
    const known = slices.get(key);
    if (known) return known;
    const rows = sliceOf(model, dimension, isFiltered ? query.filters : []);
    slices.set(key, rows);
    return rows;
  };
  const choices = new Map<string, readonly Record<string, string>[]>();
  const pairs = new Map<MeasureUse, ReadonlyMap<string, readonly PeriodPair[]>>();
  const pairsIn: PairsIn = (use, period) => {
    const known = pairs.get(use) ?? groupBy(use.pairs, ({ out }) => out);
    pairs.set(use, known);
    return known.get(period) ?? [];
  };
  // Asked of every cell, and the same for all of them that lie at one date.
  const places = new Map<string, boolean>();
  const placed: AllPlaced = (dimension, level, date) => {
    const key = `${dimension}\n${level}\n${date}`;
    const known = places.get(key) ?? allHavePlaces(model, dimension, level, date);
    places.set(key, known);
    return known;
  };
  return {
    partsOf: expectedParts(model, slice, () => []),
    totalsOf: expectedParts(model, slice, ({ totalAt }) => Object.keys(totalAt ?? {})),
    isUnknownAlone: (use, period, members) => isUnknownAlone(placed, use, period, members),
    presentOf: presentParts(model, slice, delivered),
    codesOf: (use, period, { level, dimension }, codes) => {
      const levels = levelsOf(use, dimension);
      const key = [use.id, period, dimension].join('\n');
      const rows = inGroups(model, dimension, slice(dimension, use.filters), levels);
      const known =
        choices.get(key) ?? choicesOf([use], model, rows, dimension, levels, period, pairsIn) ?? [];
      choices.set(key, known);
      const others = levels.filter((name) => name !== level);
      return known
        .filter((choice) => others.every((name) => codes[name] === undefined || choice[name] === codes[name]))
        .flatMap((choice) => choice[level] ?? []);
    },
    members: (period) => expectedMembers(query, model, slice, found, period, pairsIn),
  };
}

/** The source periods of a measure that make a period of the answer. */
type PairsIn = (use: MeasureUse, period: string) => readonly PeriodPair[];

/** Whether every member of a dimension has a place of its own at a level on a day. */
type AllPlaced = (dimension: string, level: string, date: string) => boolean;

function isUnknownAlone(
  placed: AllPlaced,
  use: MeasureUse,
  period: string,
  members: readonly string[],
): boolean {
  const { levels } = use;
  const over = Object.entries(use.totalAt ?? {});
  // Asked of every cell, and most measures have no totals: their pairs are not gone through each time.
  if (over.length === 0) return true;
  const codeAt = (level: string) => members[levels.findIndex(({ name }) => name === level)];
  if (over.some(([, level]) => codeAt(level) !== unknownMember)) return false;
  const dates = use.pairs.filter(({ out }) => out === period).map(({ structureDate }) => structureDate);
  return over.every(([dimension, level]) => dates.every((date) => placed(dimension, level, date)));
}

/** Whether every member that there ever was has a place of its own at a level on a day. */
function allHavePlaces(model: SemanticModel, dimension: string, level: string, date: string): boolean {
  const leaf = model.dimensions[dimension]?.leaf;
  const codes =
    leaf === undefined ? [] : (model.classifications[leaf]?.members.map(({ code }) => code) ?? []);
  const placed = sliceOf(model, dimension, []).filter(
    (row) => validOn(row, date) && row.levels[level] !== unknownMember,
  );
  const found = new Set(placed.map((row) => row.leaf));
  return codes.every((code) => found.has(code));
}

/** Every combination of expected members: what nobody delivered is shown as such, not left out. */
function expectedMembers(
  query: BoundQuery,
  model: SemanticModel,
  slice: SliceOf,
  found: readonly ReadonlySet<string>[],
  period: string,
  pairsIn: PairsIn,
): string[][] {
  const asked = query.levels.filter((level) => level.kind === 'member');
  const dimensions = [...new Set(asked.map(({ dimension }) => dimension))];
  let tuples: Record<string, string>[] = [{}];
  for (const dimension of dimensions) {
    const levels = levelsOf(query, dimension);
    const choices =
      choicesOf(
        query.measures.filter((use) => levels.every((name) => use.levels.some((each) => each.name === name))),
        model,
        inGroups(model, dimension, slice(dimension, query.filters), levels),
        dimension,
        levels,
        period,
        pairsIn,
      ) ?? foundChoices(asked, found, levels);
    tuples = tuples.flatMap((tuple) => choices.map((choice) => ({ ...tuple, ...choice })));
  }
  return tuples.map((tuple) => asked.map(({ name }) => tuple[name] ?? ''));
}

/** Members of a dimension that some source expects; null where all take what came. */
function choicesOf(
  asking: readonly MeasureUse[],
  model: SemanticModel,
  rows: readonly StructureRow[],
  dimension: string,
  levels: readonly string[],
  period: string,
  pairsIn: PairsIn,
): Record<string, string>[] | null {
  const uses = asking.flatMap((use) => {
    const column = columnOf(model, use.measure.source, dimension);
    return column && column.expect !== 'delivered' ? [{ use, column }] : [];
  });
  if (uses.length === 0) return null;
  const choices = new Map<string, Record<string, string>>();
  // Most measures of a question expect the same members on the same days.
  const seen = new Set<string>();
  for (const { use, column } of uses) {
    for (const pair of pairsIn(use, period)) {
      const days = daysOf(model, use.measure, pair);
      const key = JSON.stringify([use.measure.source, column.name, days]);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const row of rows) {
        if (!isExpected(column, row) || !isPlaced(row, days)) continue;
        const choice = Object.fromEntries(levels.map((level) => [level, row.levels[level] ?? '']));
        choices.set(JSON.stringify(choice), choice);
      }
    }
  }
  return [...choices.values()];
}

function foundChoices(
  asked: readonly { readonly name: string }[],
  found: readonly ReadonlySet<string>[],
  levels: readonly string[],
): Record<string, string>[] {
  const [level] = levels;
  if (level === undefined || levels.length > 1) return [];
  const position = asked.findIndex(({ name }) => name === level);
  return [...(found[position] ?? [])].sort(compareCodes).map((code) => ({ [level]: code }));
}
