import type { Ordinals } from '../catalog/block.ts';
import { type SetsOfPart, startsOf } from '../catalog/setsFile.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { groupBy } from '../model/groupBy.ts';
import { type Marks, newMarks } from './sets.ts';
import { mergedTree, newPicks, type Picks, type SetTree, treeOf } from './setTree.ts';

/** Everybody who is counted once in some state of a table, by one key, in memory. */
export interface PeopleInMemory {
  readonly source: string;
  readonly key: readonly string[];
  /** Column to the codes that occur in it, in the order of codes. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** How many there are in all years. */
  readonly universe: number;
  readonly states: ReadonlyMap<string, PeopleOfState>;
  /** To work with; empty between calls. */
  readonly marks: Marks;
  readonly picks: Picks;
}

export interface PeopleOfState {
  /** Period to everybody in each of its finest cells. */
  readonly periods: ReadonlyMap<string, SetTree>;
  /** The same of several periods together by fewer columns, the smallest first. */
  readonly merged: readonly MergedPeople[];
  /** How many there are by some columns, worked out when it is first asked for and kept. */
  readonly counted: Map<SetTree, Map<string, Uint32Array>>;
}

export interface MergedPeople {
  readonly columns: readonly string[];
  readonly periods: readonly string[];
  readonly tree: SetTree;
}

/** A part as its files say it, and the numbers in all years of those who are met first in it. */
export interface PeopleOfPart {
  readonly year: string;
  readonly sets: SetsOfPart;
  readonly link: Uint32Array;
}

/** Bytes that merged sets may have together, as a share of those of the finest. */
const budget = 0.75;

export function peopleInMemory(
  source: string,
  key: readonly string[],
  parts: readonly PeopleOfPart[],
): PeopleInMemory {
  const codes = unionOfCodes(parts);
  const numbers = numbersByYear(parts);
  const universe = [...numbers.values()].reduce(
    (most, own) => own.reduce((largest, number) => Math.max(largest, number + 1), most),
    0,
  );
  const [marks, picks] = [newMarks(universe), newPicks()];
  const trees = new Map<string, Map<string, SetTree>>();
  for (const part of parts)
    for (const [state, period, tree] of treesOf(
      part,
      codes,
      numbers.get(part.year) ?? new Uint32Array(0),
      universe,
    )) {
      const own = trees.get(state) ?? new Map<string, SetTree>();
      trees.set(state, own.set(period, tree));
    }
  const states = new Map<string, PeopleOfState>();
  for (const [state, periods] of trees)
    states.set(state, {
      periods,
      merged: mergedOf(periods, codes, universe, marks, picks),
      counted: new Map(),
    });
  return { source, key, codes, universe, states, marks, picks };
}

function unionOfCodes(parts: readonly PeopleOfPart[]): Record<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { sets } of parts)
    for (const { column, codes } of sets.dimensions) {
      const own = found.get(column) ?? new Set();
      for (const code of codes) own.add(code);
      found.set(column, own);
    }
  return Object.fromEntries([...found].map(([column, own]) => [column, [...own].sort(compareCodes)]));
}

/** Ordinal in a year to the number in all years. */
function numbersByYear(parts: readonly PeopleOfPart[]): Map<string, Uint32Array> {
  const lengths = new Map<string, number>();
  for (const { year, link } of parts) lengths.set(year, (lengths.get(year) ?? 0) + link.length);
  const found = new Map([...lengths].map(([year, length]) => [year, new Uint32Array(length)]));
  const ends = new Map<string, number>();
  for (const { year, link } of parts) {
    const end = ends.get(year) ?? 0;
    found.get(year)?.set(link, end);
    ends.set(year, end + link.length);
  }
  return found;
}

function treesOf(
  { sets }: PeopleOfPart,
  codes: Readonly<Record<string, readonly string[]>>,
  numbers: Uint32Array,
  universe: number,
): [string, string, SetTree][] {
  const columns = sets.dimensions.map(({ column, codes: own, ordinals }) => ({
    column,
    ordinals: remapped(ordinals, own, codes[column] ?? []),
  }));
  const made = new Map<Uint32Array, readonly SetTree[]>();
  return sets.states.flatMap(({ state, counts, ordinals }) => {
    const known =
      made.get(ordinals) ??
      treesByPeriod(sets, columns, startsOf(counts), moved(ordinals, numbers), universe);
    made.set(ordinals, known);
    return sets.periods.flatMap((period, at): [string, string, SetTree][] => {
      const tree = known[at];
      return tree ? [[state, period, tree]] : [];
    });
  });
}

function treesByPeriod(
  { periods, starts }: SetsOfPart,
  columns: readonly { readonly column: string; readonly ordinals: Ordinals }[],
  all: Uint32Array,
  numbers: Uint32Array,
  universe: number,
): readonly SetTree[] {
  return periods.map((_, at) => {
    const [from, to] = [starts[at] ?? 0, starts[at + 1] ?? 0];
    return treeOf(
      columns.map(({ column, ordinals }) => ({ column, ordinals: ordinals.subarray(from, to) })),
      { universe, starts: all.subarray(from, to + 1), numbers, bitmaps: null },
    );
  });
}

function moved(ordinals: Uint32Array, numbers: Uint32Array): Uint32Array {
  const found = new Uint32Array(ordinals.length);
  for (let at = 0; at < found.length; at += 1) found[at] = numbers[ordinals[at] as number] as number;
  return found;
}

function remapped(ordinals: Ordinals, own: readonly string[], whole: readonly string[]): Ordinals {
  if (own.length === whole.length) return ordinals;
  const places = new Map(whole.map((code, at) => [code, at]));
  const place = own.map((code) => places.get(code) ?? 0);
  const wide = whole.length <= 2 ** 8 ? Uint8Array : whole.length <= 2 ** 16 ? Uint16Array : Uint32Array;
  const found = new wide(ordinals.length);
  for (let row = 0; row < found.length; row += 1) found[row] = place[ordinals[row] as number] as number;
  return found;
}

// --- what is merged beforehand ------------------------------------------------------------------------

/** Most cells that a merged grain may have: a list of them is made while it is worked out. */
const mostCells = 2 ** 20;

/**
 * Everybody of a year, and of all years, by all columns but those that would make it hardly smaller: most people are in
 * a place for many months.
 */
function mergedOf(
  periods: ReadonlyMap<string, SetTree>,
  codes: Readonly<Record<string, readonly string[]>>,
  universe: number,
  marks: Marks,
  picks: Picks,
): readonly MergedPeople[] {
  const scopes = scopesOf([...periods.keys()]);
  const found: MergedPeople[] = [];
  for (const { columns, scope } of chooseMerges(periods, codes, scopes))
    for (const own of scopes[scope]) {
      // What is merged to fewer columns or a longer time may be made of what is merged already.
      const from = found.find(
        (each) => columns.every((name) => each.columns.includes(name)) && same(each.periods, own),
      );
      const trees = from ? [from.tree] : own.flatMap((period) => periods.get(period) ?? []);
      const dimensions = columns.map((column) => ({ column, count: codes[column]?.length ?? 0 }));
      found.push({ columns, periods: own, tree: mergedTree(trees, dimensions, universe, marks, picks) });
    }
  return found.sort((a, b) => weightOfTree(a.tree) - weightOfTree(b.tree));
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

/** Numbers that are gone through where all of it is asked for, a word of a bitmap for one. */
const weightOfTree = ({ sets }: SetTree): number => sets.numbers.length + (sets.bitmaps?.words.length ?? 0);

type Scope = 'year' | 'all';

function scopesOf(periods: readonly string[]): Readonly<Record<Scope, readonly (readonly string[])[]>> {
  const years = [...groupBy(periods, (period) => period.slice(0, 4)).values()];
  return {
    year: years.filter(({ length }) => length > 1),
    all: years.length > 1 ? [periods] : [],
  };
}

interface Merge {
  readonly columns: readonly string[];
  readonly scope: Scope;
}

/**
 * Which merged sets save most numbers for their bytes, as far as the budget goes (Harinarayan, Rajaraman and Ullman
 * 1996): every set of columns is asked for as often as any other, of a year and of all years. Sizes are those of some
 * of the people, picked by a hash.
 */
export function chooseMerges(
  periods: ReadonlyMap<string, SetTree>,
  codes: Readonly<Record<string, readonly string[]>>,
  scopes: Readonly<Record<Scope, readonly (readonly string[])[]>>,
): readonly Merge[] {
  const all = [...periods.values()][0]?.levels.map(({ column }) => column) ?? [];
  if (all.length > mostColumns) return [];
  const total = [...periods.values()].reduce((sum, { sets }) => sum + lengthOf(sets), 0);
  const facts = sampleOf(periods, Math.min(1, sampleSize / Math.max(1, total)));
  if (facts.length === 0) return [];
  const subsets = Array.from({ length: 2 ** all.length }, (_, set) => set);
  const cellsOf = (set: number) =>
    all.reduce((cells, column, at) => (set & (1 << at) ? cells * (codes[column]?.length ?? 1) : cells), 1);
  const candidates = (['year', 'all'] as const).flatMap((scope) =>
    scopes[scope].length === 0
      ? []
      : subsets
          .filter((set) => cellsOf(set) <= mostCells)
          .map((set) => ({ set, scope, size: (total * distinctIn(facts, set, scope)) / facts.length })),
  );
  const cost = new Map(candidates.map(({ set, scope }) => [`${scope} ${set}`, total]));
  const chosen: Merge[] = [];
  let left = total * budget;
  for (;;) {
    let best: { candidate: (typeof candidates)[number]; gain: number } | null = null;
    for (const candidate of candidates) {
      if (candidate.size > left || candidate.size > total * worthwhile) continue;
      let gain = 0;
      for (const set of subsets)
        if ((set & candidate.set) === set)
          gain += Math.max(0, (cost.get(`${candidate.scope} ${set}`) ?? total) - candidate.size);
      const perByte = gain / Math.max(1, candidate.size);
      if (gain > 0 && (best === null || perByte > best.gain)) best = { candidate, gain: perByte };
    }
    if (best === null) return chosen.sort((a, b) => b.columns.length - a.columns.length);
    const { set, scope, size } = best.candidate;
    left -= size;
    for (const each of subsets)
      if ((each & set) === each) {
        const key = `${scope} ${each}`;
        cost.set(key, Math.min(cost.get(key) ?? total, size));
      }
    chosen.push({ columns: all.filter((_, at) => set & (1 << at)), scope });
  }
}

/** What is merged to hardly fewer numbers is not worth its bytes. */
const worthwhile = 0.6;
/** There is a set of columns for each combination of them. */
const mostColumns = 8;
const sampleSize = 20_000;

const lengthOf = ({ starts }: SetTree['sets']): number => (starts.at(-1) ?? 0) - (starts[0] ?? 0);

/** A person in a cell: the year, the ordinals of all columns, and the number. */
type Fact = readonly number[];

function sampleOf(periods: ReadonlyMap<string, SetTree>, share: number): readonly Fact[] {
  const least = share * 2 ** 32;
  const facts: Fact[] = [];
  for (const [period, { levels, sets }] of periods) {
    const rows = sets.starts.length - 1;
    const columns = levels.map((level) => ordinalsByRow(level, rows));
    for (let row = 0; row < rows; row += 1)
      for (let at = sets.starts[row] as number; at < (sets.starts[row + 1] as number); at += 1) {
        const number = sets.numbers[at] as number;
        if (Math.imul(number + 1, 0x9e3779b1) >>> 0 >= least) continue;
        facts.push([Number(period.slice(0, 4)), ...columns.map((ordinals) => ordinals[row] ?? 0), number]);
      }
  }
  return facts;
}

function ordinalsByRow({ ordinals, rows: firsts }: SetTree['levels'][number], rows: number): Ordinals {
  if (firsts === null) return ordinals;
  const found = new Uint32Array(rows);
  for (let node = 0; node < ordinals.length; node += 1)
    found.fill(ordinals[node] as number, firsts[node], firsts[node + 1]);
  return found;
}

function distinctIn(facts: readonly Fact[], set: number, scope: Scope): number {
  const found = new Set<string>();
  for (const fact of facts) {
    let key = scope === 'year' ? `${fact[0]} ${fact.at(-1)}` : `${fact.at(-1)}`;
    for (let at = 0; set >> at > 0; at += 1) if (set & (1 << at)) key += ` ${fact[at + 1]}`;
    found.add(key);
  }
  return found.size;
}
