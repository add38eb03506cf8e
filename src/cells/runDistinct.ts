import { groupBy } from '../model/groupBy.ts';
import type { FactPlan } from '../plan/plan.ts';
import type { PeriodPair } from '../query/bound.ts';
import { type AxisNeed, axesNeeded, axisOf, type Structures } from './axis.ts';
import type { PeopleInMemory, PeopleOfState } from './people.ts';
import { daysOfPair } from './runFact.ts';
import { distinctOf, type Rows } from './sets.ts';
import { byGroup, type ColumnReading, pickRows, readingOf, type SetTree } from './setTree.ts';

/** How many different there are in one cell of the answer; see `FigureOfRows` of the finishing. */
export interface DistinctCell {
  readonly members: readonly string[];
  readonly value: number;
  /** Source periods that have any; where periods are pooled they count as one. */
  readonly periods: number;
}

/** Period of the answer to its cells. */
export type DistinctInMemory = ReadonlyMap<string, readonly DistinctCell[]>;

/** Most combinations of asked members: a number for each is kept while they are counted. */
const mostGroups = 2 ** 22;

/**
 * A fact that counts different people, from their sets: what the statement over rows counts, cell by cell. Null where
 * there are no sets of it, or where the answer could have more cells than are counted beside each other.
 */
export function runDistinct(
  fact: FactPlan,
  people: PeopleInMemory,
  structures: Structures,
): DistinctInMemory | null {
  const [measure] = fact.measures;
  const { ofRows } = fact;
  const state = measure && people.states.get(measure.state);
  if (ofRows?.kind !== 'distinct' || !state || ofRows.key.join() !== people.key.join()) return null;
  const slices = slicesOf(fact, people, structures);
  if (slices === null) return null;
  const found = new Map<string, readonly DistinctCell[]>();
  for (const [out, pairs] of groupBy(fact.pairs, (pair) => pair.out)) {
    const counts = ofRows.pooled
      ? pooled(pairs, slices, state, people)
      : byPeriod(pairs, slices, state, people);
    found.set(
      out,
      [...counts].map(([group, count]) => ({ members: slices.membersOf(group), ...count })),
    );
  }
  return found;
}

// --- what the columns say ----------------------------------------------------------------------------

interface Slices {
  readonly groups: number;
  readonly columns: readonly string[];
  /** The same object for pairs whose days make no difference. */
  readonly of: (pair: PeriodPair) => readonly ColumnReading[];
  readonly membersOf: (group: number) => readonly string[];
}

/** What is asked of a column, with the members that it is counted under on any of the days. */
interface Asked {
  readonly need: AxisNeed;
  readonly members: (readonly string[])[];
  /** Day to the members of each ordinal, by their places. */
  readonly byDays: Map<string, readonly (readonly number[])[]>;
}

function slicesOf(fact: FactPlan, people: PeopleInMemory, structures: Structures): Slices | null {
  const asked = axesNeeded({ ...fact, parts: [], weight: null })
    .filter(({ levels, filters }) => levels.length > 0 || filters.length > 0)
    .map((need): Asked => ({ need, members: [], byDays: new Map() }));
  const classOf = classesOfDays(asked, structures);
  const classes = new Map<string, string>();
  for (const pair of fact.pairs) {
    const days = daysOfPair(fact, pair);
    const name = classOf(days);
    classes.set(pairName(pair), name);
    for (const each of asked) {
      if (each.byDays.has(name)) continue;
      const axis = axisOf(each.need, people.codes[each.need.column] ?? [], days, structures);
      const places = axis.keys.map((key) => placeIn(each.members, key));
      each.byDays.set(
        name,
        Array.from({ length: axis.starts.length - 1 }, (_, ordinal) => {
          const own = axis.targets.slice(axis.starts[ordinal], axis.starts[ordinal + 1]);
          return [...new Set(own.map(({ slot }) => places[axis.slots[slot]?.key ?? 0] ?? 0))];
        }),
      );
    }
  }
  const sizes = asked.map(({ members }) => Math.max(1, members.length));
  const groups = sizes.reduce((product, size) => product * size, 1);
  if (groups > mostGroups) return null;
  const strides = sizes.map((_, at) => sizes.slice(at + 1).reduce((product, size) => product * size, 1));
  const levels = levelReadings(fact, people);
  const readings = new Map<string, readonly ColumnReading[]>();
  for (const name of new Set(classes.values()))
    readings.set(
      name,
      [
        ...levels,
        ...asked.map(({ need, byDays }, at) =>
          readingOf(
            need.column,
            (byDays.get(name) ?? []).map((own) => own.map((place) => place * (strides[at] ?? 1))),
          ),
        ),
      ].filter((reading) => !isWhole(reading)),
    );
  const orders = fact.keys.map((key) => {
    const at = asked.findIndex(({ need }) => need.column === key.column);
    return { at, level: asked[at]?.need.levels.indexOf(key.level) ?? 0 };
  });
  return {
    groups,
    columns: [...new Set([...readings.values()].flat().map(({ column }) => column))],
    of: (pair) => readings.get(classes.get(pairName(pair)) ?? '') ?? [],
    membersOf: (group) =>
      orders.map(({ at, level }) => {
        const place = Math.floor(group / (strides[at] ?? 1)) % (sizes[at] ?? 1);
        return asked[at]?.members[place]?.[level] ?? '';
      }),
  };
}

/** Whether a column makes no difference: nothing is left out, and all is counted together. */
const isWhole = ({ single }: ColumnReading): boolean => single?.every((group) => group === 0) ?? false;

const pairName = ({ source, structureDate }: PeriodPair): string => `${source} ${structureDate}`;

function placeIn(members: (readonly string[])[], key: readonly string[]): number {
  const text = key.join('\n');
  const known = members.findIndex((each) => each.join('\n') === text);
  return known >= 0 ? known : members.push(key) - 1;
}

/** Rows of leveled columns are those of one level each. */
function levelReadings({ rowLevels }: FactPlan, { codes }: PeopleInMemory): readonly ColumnReading[] {
  return Object.entries(rowLevels).flatMap(([name, level]) => {
    const own = codes[`${name}_level`];
    return own
      ? [
          readingOf(
            `${name}_level`,
            own.map((code) => (code === level ? [0] : [])),
          ),
        ]
      : [];
  });
}

/** Days between which nothing that is read changes have one name. */
function classesOfDays(
  asked: readonly Asked[],
  structures: Structures,
): (days: { readonly structure: string; readonly figures: string }) => string {
  const exact = asked.some(({ need }) => need.structure?.mapping || need.groups.length > 0);
  if (exact) return ({ structure, figures }) => `${structure} ${figures}`;
  const changes = new Set<string>();
  for (const { need } of asked) {
    if (need.structure === null) continue;
    for (const rows of structures.rowsOf(need.dimension).values())
      for (const { validFrom, validTo } of rows) changes.add(validFrom).add(`${validTo}~`);
  }
  const sorted = [...changes].sort();
  return ({ structure }) => String(sorted.filter((change) => change <= structure).length);
}

// --- counting ----------------------------------------------------------------------------------------

interface Count {
  readonly value: number;
  readonly periods: number;
}

/** Everybody once over all periods. */
function pooled(
  pairs: readonly PeriodPair[],
  slices: Slices,
  state: PeopleOfState,
  people: PeopleInMemory,
): ReadonlyMap<number, Count> {
  const trees = treesFor(pairs, slices, state);
  const [only] = trees;
  const counted = only && trees.length === 1 ? countedIn(only, state, people) : null;
  if (counted) return counted;
  const pieces = new Map<number, Rows[]>();
  for (const { tree, readings } of trees) addPieces(pieces, tree, readings, slices, people);
  return countsOf(pieces, people);
}

/** Everybody once in each period, and the periods added. */
function byPeriod(
  pairs: readonly PeriodPair[],
  slices: Slices,
  state: PeopleOfState,
  people: PeopleInMemory,
): ReadonlyMap<number, Count> {
  const found = new Map<number, Count>();
  for (const own of groupBy(pairs, ({ source }) => source).values()) {
    for (const [group, { value }] of ofOnePeriod(own, slices, state, people)) {
      const before = found.get(group) ?? { value: 0, periods: 0 };
      found.set(group, { value: before.value + value, periods: before.periods + 1 });
    }
  }
  return found;
}

function ofOnePeriod(
  pairs: readonly PeriodPair[],
  slices: Slices,
  state: PeopleOfState,
  people: PeopleInMemory,
): ReadonlyMap<number, Count> {
  const tree = state.periods.get(pairs[0]?.source ?? '');
  if (!tree) return new Map();
  const all = [...new Set(pairs.map((pair) => slices.of(pair)))];
  const [only = []] = all;
  const counted = all.length === 1 ? countedIn({ tree, readings: only }, state, people) : null;
  if (counted) return counted;
  const pieces = new Map<number, Rows[]>();
  for (const readings of all) addPieces(pieces, tree, readings, slices, people);
  return countsOf(pieces, people);
}

/** Most combinations of ordinals whose counts are kept. */
const mostCounted = 2 ** 13;

/**
 * Where no two members of a column are counted together, a number for every combination is all there is to look up.
 * Null where some are, so that sets have to be put together.
 */
function countedIn(
  { tree, readings }: TreeToRead,
  { counted }: PeopleOfState,
  people: PeopleInMemory,
): ReadonlyMap<number, Count> | null {
  const combinations = readings.reduce((product, { groups }) => product * groups.length, 1);
  if (combinations > mostCounted || !readings.every(isOneToOne)) return null;
  const kept = counted.get(tree) ?? new Map<string, Uint32Array>();
  counted.set(tree, kept);
  const name = readings.map(({ column }) => column).join();
  const counts = kept.get(name) ?? countsOfAll(tree, readings, combinations, people);
  kept.set(name, counts);
  const found = new Map<number, Count>();
  const look = (depth: number, place: number, group: number): void => {
    const single = readings[depth]?.single;
    if (!single) {
      const value = counts[place] ?? 0;
      if (value > 0) found.set(group, { value, periods: 1 });
      return;
    }
    for (let ordinal = 0; ordinal < single.length; ordinal += 1) {
      const own = single[ordinal] as number;
      if (own >= 0) look(depth + 1, place * single.length + ordinal, group + own);
    }
  };
  look(0, 0, 0);
  return found;
}

function isOneToOne({ single }: ColumnReading): boolean {
  const kept = single?.filter((group) => group >= 0);
  return kept !== undefined && new Set(kept).size === kept.length;
}

/** By the ordinals of the columns as one number, the last column the lowest. */
function countsOfAll(
  tree: SetTree,
  readings: readonly ColumnReading[],
  combinations: number,
  { picks, marks }: PeopleInMemory,
): Uint32Array {
  let stride = combinations;
  const identities = readings.map(({ column, groups }) => {
    stride /= groups.length;
    const own = stride;
    return readingOf(
      column,
      groups.map((_, ordinal) => [ordinal * own]),
    );
  });
  pickRows(tree, identities, picks);
  const picked = byGroup(picks, combinations, tree.sets);
  const counts = new Uint32Array(combinations);
  for (const [at, group] of picked.groups.entries()) counts[group] = distinctOf([picked.rowsOf(at)], marks);
  return counts;
}

function countsOf(
  pieces: ReadonlyMap<number, readonly Rows[]>,
  { marks }: PeopleInMemory,
): Map<number, Count> {
  const found = new Map<number, Count>();
  for (const [group, own] of pieces) {
    const value = distinctOf(own, marks);
    if (value > 0) found.set(group, { value, periods: 1 });
  }
  return found;
}

function addPieces(
  pieces: Map<number, Rows[]>,
  tree: SetTree,
  readings: readonly ColumnReading[],
  { groups }: Slices,
  { picks }: PeopleInMemory,
): void {
  pickRows(tree, readings, picks);
  const picked = byGroup(picks, groups, tree.sets);
  for (const [at, group] of picked.groups.entries()) {
    const own = pieces.get(group);
    if (own) own.push(picked.rowsOf(at));
    else pieces.set(group, [picked.rowsOf(at)]);
  }
}

interface TreeToRead {
  readonly tree: SetTree;
  readonly readings: readonly ColumnReading[];
}

/** Merged sets of all years or of a year, where all of its periods are asked for in the same way; else each period. */
function treesFor(pairs: readonly PeriodPair[], slices: Slices, state: PeopleOfState): TreeToRead[] {
  const left = new Map<string, Set<readonly ColumnReading[]>>();
  for (const pair of pairs) {
    if (!state.periods.has(pair.source)) continue;
    left.set(pair.source, (left.get(pair.source) ?? new Set()).add(slices.of(pair)));
  }
  const found: TreeToRead[] = [];
  const usable = state.merged.filter(({ columns }) => slices.columns.every((name) => columns.includes(name)));
  for (const { periods, tree } of longestFirst(usable)) {
    const [readings, ...more] = left.get(periods[0] ?? '') ?? [];
    const isAsked = periods.every((period) => {
      const own = left.get(period);
      return own?.size === 1 && readings !== undefined && own.has(readings);
    });
    if (!isAsked || more.length > 0 || readings === undefined) continue;
    found.push({ tree, readings });
    for (const period of periods) left.delete(period);
  }
  for (const [period, all] of left) {
    const tree = state.periods.get(period);
    if (tree) for (const readings of all) found.push({ tree, readings });
  }
  return found;
}

/** Among those of the same periods the smallest comes first, as it does in the list. */
const longestFirst = (merged: PeopleOfState['merged']): PeopleOfState['merged'] =>
  [...merged].sort((a, b) => b.periods.length - a.periods.length);
