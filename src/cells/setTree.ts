import type { Ordinals } from '../catalog/block.ts';
import { type Marks, mergedSets, type Rows, type Sets } from './sets.ts';

/**
 * Rows with a set each, sorted by columns of ordinals, as a tree: a node of a level is what rows with the same first
 * ordinals have in common. A slice leaves out whole branches, and takes whole branches as one range of rows.
 */
export interface SetTree {
  /** In the order that rows are sorted by; nodes of the last level are rows. */
  readonly levels: readonly TreeLevel[];
  readonly sets: Sets;
}

export interface TreeLevel {
  readonly column: string;
  /** Node to its ordinal in the column. */
  readonly ordinals: Ordinals;
  /** Node to its first row, and the number of rows; null in the last level, where nodes are rows. */
  readonly rows: Uint32Array | null;
  /** Node to its first child in the next level, and the number of those; null in the last level. */
  readonly children: Uint32Array | null;
}

/** What a slice makes of the ordinals of a column. A column that it does not read has none. */
export interface ColumnReading {
  readonly column: string;
  /** Ordinal to what it adds to the number of the group: nothing where it is left out, several where it is in several. */
  readonly groups: readonly (readonly number[])[];
  /** The same as numbers, -1 where it is left out; null where some ordinal is in several groups. */
  readonly single: Int32Array | null;
}

export function readingOf(column: string, groups: ColumnReading['groups']): ColumnReading {
  const isSingle = groups.every(({ length }) => length <= 1);
  return { column, groups, single: isSingle ? Int32Array.from(groups, ([group = -1]) => group) : null };
}

export function treeOf(
  columns: readonly { readonly column: string; readonly ordinals: Ordinals }[],
  sets: Sets,
): SetTree {
  const rows = sets.starts.length - 1;
  const begins = new Uint8Array(rows);
  if (rows > 0) begins[0] = 1;
  const firsts = columns.slice(0, -1).map(({ ordinals }) => {
    for (let row = 1; row < rows; row += 1) if (ordinals[row] !== ordinals[row - 1]) begins[row] = 1;
    return firstRows(begins);
  });
  const levels = columns.map(({ column, ordinals }, depth): TreeLevel => {
    const own = firsts[depth];
    if (!own) return { column, ordinals, rows: null, children: null };
    return {
      column,
      ordinals: taken(ordinals, own),
      rows: own,
      children: placesIn(own, firsts[depth + 1] ?? null),
    };
  });
  return { levels, sets };
}

function firstRows(begins: Uint8Array): Uint32Array {
  let count = 0;
  for (let row = 0; row < begins.length; row += 1) count += begins[row] as number;
  const first = new Uint32Array(count + 1);
  let next = 0;
  for (let row = 0; row < begins.length; row += 1) if (begins[row] === 1) first[next++] = row;
  first[count] = begins.length;
  return first;
}

function taken(ordinals: Ordinals, rows: Uint32Array): Ordinals {
  const own = ordinals.slice(0, rows.length - 1);
  for (let node = 0; node < own.length; node += 1) own[node] = ordinals[rows[node] as number] as number;
  return own;
}

/** Where each of the first rows stands among those of the level below, which has all of them. */
function placesIn(rows: Uint32Array, below: Uint32Array | null): Uint32Array {
  if (below === null) return rows;
  const places = new Uint32Array(rows.length);
  let at = 0;
  for (let node = 0; node < rows.length; node += 1) {
    while ((below[at] as number) < (rows[node] as number)) at += 1;
    places[node] = at;
  }
  return places;
}

/** Ranges of rows as they are found, each with the group that it is in. It grows, and is used again. */
export interface Picks {
  length: number;
  groups: Int32Array;
  ranges: Uint32Array;
}

export const newPicks = (): Picks => ({
  length: 0,
  groups: new Int32Array(256),
  ranges: new Uint32Array(512),
});

/** The rows that a slice leaves, with their groups, in place of what was picked before. */
export function pickRows(tree: SetTree, readings: readonly ColumnReading[], picks: Picks): void {
  picks.length = 0;
  const { levels, sets } = tree;
  const read = levels.map(({ column }) => readings.find((each) => each.column === column) ?? null);
  const last = read.findLastIndex((each) => each !== null);
  const rows = sets.starts.length - 1;
  if (last < 0) {
    if (rows > 0) pick(picks, 0, 0, rows);
    return;
  }
  descend({ levels, read, last, picks }, 0, 0, levels[0]?.ordinals.length ?? 0, 0);
}

interface Descent {
  readonly levels: readonly TreeLevel[];
  readonly read: readonly (ColumnReading | null)[];
  /** The last level that is read: what is beneath its nodes is taken whole. */
  readonly last: number;
  readonly picks: Picks;
}

function descend(descent: Descent, depth: number, from: number, to: number, group: number): void {
  const { levels, read, last, picks } = descent;
  const level = levels[depth];
  if (!level) return;
  const { ordinals, rows, children } = level;
  const reading = read[depth] ?? null;
  if (reading === null) {
    // It is not the last one that is read, so there is a level below.
    if (children) descend(descent, depth + 1, children[from] as number, children[to] as number, group);
    return;
  }
  const { single, groups } = reading;
  for (let node = from; node < to; node += 1) {
    const ordinal = ordinals[node] as number;
    if (single !== null) {
      const own = single[ordinal] as number;
      if (own < 0) continue;
      if (depth < last && children !== null)
        descend(descent, depth + 1, children[node] as number, children[node + 1] as number, group + own);
      else if (rows === null) pick(picks, group + own, node, node + 1);
      else pick(picks, group + own, rows[node] as number, rows[node + 1] as number);
      continue;
    }
    for (const own of groups[ordinal] ?? []) {
      if (depth < last && children !== null)
        descend(descent, depth + 1, children[node] as number, children[node + 1] as number, group + own);
      else if (rows === null) pick(picks, group + own, node, node + 1);
      else pick(picks, group + own, rows[node] as number, rows[node + 1] as number);
    }
  }
}

/** A range that goes on where the last one ended, in the same group, makes it longer. */
function pick(picks: Picks, group: number, from: number, to: number): void {
  const { length } = picks;
  if (length > 0 && picks.groups[length - 1] === group && picks.ranges[length * 2 - 1] === from) {
    picks.ranges[length * 2 - 1] = to;
    return;
  }
  if (length === picks.groups.length) {
    const [groups, ranges] = [new Int32Array(length * 2), new Uint32Array(length * 4)];
    groups.set(picks.groups);
    ranges.set(picks.ranges);
    picks.groups = groups;
    picks.ranges = ranges;
  }
  picks.groups[length] = group;
  picks.ranges[length * 2] = from;
  picks.ranges[length * 2 + 1] = to;
  picks.length = length + 1;
}

/** What was picked of a tree by group. */
export interface PickedRows {
  /** Groups that have any, ascending. */
  readonly groups: Int32Array;
  readonly rowsOf: (at: number) => Rows;
}

/** The picks of a tree put in the order of their groups; they are copied, so that they can be used again. */
export function byGroup(picks: Picks, count: number, sets: Sets): PickedRows {
  const { length, groups, ranges } = picks;
  if (count === 1)
    return {
      groups: length === 0 ? new Int32Array(0) : new Int32Array(1),
      rowsOf: () => ({ sets, ranges: ranges.slice(0, length * 2), from: 0, to: length }),
    };
  const ends = new Uint32Array(count);
  for (let at = 0; at < length; at += 1)
    ends[groups[at] as number] = (ends[groups[at] as number] as number) + 1;
  let having = 0;
  for (let group = 0, end = 0; group < count; group += 1) {
    const own = ends[group] as number;
    if (own > 0) having += 1;
    end += own;
    ends[group] = end;
  }
  const sorted = new Uint32Array(length * 2);
  for (let at = length - 1; at >= 0; at -= 1) {
    const group = groups[at] as number;
    const place = (ends[group] as number) - 1;
    ends[group] = place;
    sorted[place * 2] = ranges[at * 2] as number;
    sorted[place * 2 + 1] = ranges[at * 2 + 1] as number;
  }
  // What were ends are beginnings by now.
  const present = new Int32Array(having);
  for (let group = 0, next = 0; group < count; group += 1) {
    if ((ends[group + 1] ?? length) > (ends[group] as number)) present[next++] = group;
  }
  return {
    groups: present,
    rowsOf: (at) => {
      const group = present[at] as number;
      return { sets, ranges: sorted, from: ends[group] as number, to: ends[group + 1] ?? length };
    },
  };
}

/** Rows of several trees merged to those of fewer columns, of which each has so many ordinals. */
export function mergedTree(
  trees: readonly SetTree[],
  columns: readonly { readonly column: string; readonly count: number }[],
  universe: number,
  marks: Marks,
  picks: Picks,
): SetTree {
  const strides = columns.map((_, at) => columns.slice(at + 1).reduce((all, { count }) => all * count, 1));
  const readings = columns.map(({ column, count }, at) =>
    readingOf(
      column,
      Array.from({ length: count }, (_, ordinal) => [ordinal * (strides[at] ?? 1)]),
    ),
  );
  const groups = columns.reduce((all, { count }) => all * count, 1);
  const pieces: Rows[][] = Array.from({ length: groups }, () => []);
  for (const tree of trees) {
    pickRows(tree, readings, picks);
    const picked = byGroup(picks, groups, tree.sets);
    picked.groups.forEach((group, at) => {
      pieces[group]?.push(picked.rowsOf(at));
    });
  }
  const present = pieces.flatMap((own, group) => (own.length > 0 ? [group] : []));
  const sets = mergedSets(
    present.map((group) => pieces[group] ?? []),
    universe,
    marks,
  );
  const ordinalsOf = (stride: number, count: number): Ordinals => {
    const own = present.map((group) => Math.floor(group / stride) % count);
    return count <= 2 ** 8
      ? Uint8Array.from(own)
      : count <= 2 ** 16
        ? Uint16Array.from(own)
        : Uint32Array.from(own);
  };
  return treeOf(
    columns.map(({ column, count }, at) => ({ column, ordinals: ordinalsOf(strides[at] ?? 1, count) })),
    sets,
  );
}
