import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctOf, newMarks } from '../../src/cells/sets.ts';
import {
  byGroup,
  type ColumnReading,
  mergedTree,
  newPicks,
  pickRows,
  readingOf,
  type SetTree,
  treeOf,
} from '../../src/cells/setTree.ts';

/** A person at a place, in one of two months. */
interface Fact {
  readonly month: number;
  readonly place: readonly number[];
  readonly person: number;
}

const columns = [
  { column: 'kommune', count: 4 },
  { column: 'alder', count: 3 },
  { column: 'koen', count: 2 },
] as const;
const people = 70;

const facts: fc.Arbitrary<readonly Fact[]> = fc.array(
  fc.record({
    month: fc.nat(1),
    place: fc.tuple(fc.nat(3), fc.nat(2), fc.nat(1)),
    person: fc.nat(people - 1),
  }),
  { maxLength: 150 },
);

/** Groups of an ordinal in a column: none, one or several; the number of a group is made of all columns. */
const slice = fc.tuple(
  ...columns.map(({ count }) =>
    fc.option(fc.array(fc.subarray([0, 1]), { minLength: count, maxLength: count }), { freq: 3 }),
  ),
);

function treeOfFacts(own: readonly Fact[]): SetTree {
  const rows = new Map<string, Set<number>>();
  for (const { place, person } of own) {
    const key = place.join();
    rows.set(key, (rows.get(key) ?? new Set()).add(person));
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const starts = new Uint32Array(sorted.length + 1);
  for (const [row, [, numbers]] of sorted.entries()) starts[row + 1] = (starts[row] ?? 0) + numbers.size;
  return treeOf(
    columns.map(({ column }, at) => ({
      column,
      ordinals: Uint8Array.from(sorted, ([key]) => Number(key.split(',')[at])),
    })),
    {
      universe: people,
      starts,
      numbers: Uint32Array.from(sorted.flatMap(([, numbers]) => [...numbers])),
      bitmaps: null,
    },
  );
}

const strides = [4, 2, 1];

/** Different people in each of eight groups. */
function counted(trees: readonly SetTree[], wanted: readonly (readonly number[][] | null)[]): number[] {
  const readings = columns.flatMap(({ column }, at): ColumnReading[] => {
    const groups = wanted[at];
    return groups
      ? [
          readingOf(
            column,
            groups.map((own) => own.map((group) => group * (strides[at] ?? 1))),
          ),
        ]
      : [];
  });
  const picks = newPicks();
  const marks = newMarks(people);
  const pieces = Array.from({ length: 8 }, () => [] as ReturnType<ReturnType<typeof byGroup>['rowsOf']>[]);
  for (const tree of trees) {
    pickRows(tree, readings, picks);
    const picked = byGroup(picks, 8, tree.sets);
    picked.groups.forEach((group, at) => {
      pieces[group]?.push(picked.rowsOf(at));
    });
  }
  return pieces.map((own) => distinctOf(own, marks));
}

function byHand(all: readonly Fact[], wanted: readonly (readonly number[][] | null)[]): number[] {
  const groups = Array.from({ length: 8 }, () => new Set<number>());
  for (const { place, person } of all) {
    const own = place.reduce<number[]>(
      (found, ordinal, at) =>
        found.flatMap((group) =>
          (wanted[at]?.[ordinal] ?? (wanted[at] ? [] : [0])).map((each) => group + each * (strides[at] ?? 1)),
        ),
      [0],
    );
    for (const group of own) groups[group]?.add(person);
  }
  return groups.map(({ size }) => size);
}

describe('a tree of rows', () => {
  it('gives every group of a slice the different numbers of its rows', () => {
    fc.assert(
      fc.property(facts, slice, (all, wanted) => {
        const months = [0, 1].map((month) => treeOfFacts(all.filter((fact) => fact.month === month)));
        expect(counted(months, wanted)).toEqual(byHand(all, wanted));
      }),
      { numRuns: 500 },
    );
  });

  it('merged to fewer columns says the same of slices that read no other', () => {
    fc.assert(
      fc.property(facts, slice, fc.shuffledSubarray([0, 1, 2], { minLength: 1 }), (all, wanted, kept) => {
        const months = [0, 1].map((month) => treeOfFacts(all.filter((fact) => fact.month === month)));
        const merged = mergedTree(
          months,
          kept.flatMap((at) => columns[at] ?? []),
          people,
          newMarks(people),
          newPicks(),
        );
        const asked = wanted.map((each, at) => (kept.includes(at) ? each : null));
        expect(counted([merged], asked)).toEqual(byHand(all, asked));
      }),
      { numRuns: 500 },
    );
  });
});
