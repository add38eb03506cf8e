import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  distinctOf,
  mergedSets,
  newMarks,
  type Rows,
  rowsFrom,
  type Sets,
} from '../../src/cells/sets.ts';

const universe = 300;

/** Rows of numbers, few in most of them and many in some. */
const rowsOfNumbers = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.uniqueArray(fc.nat(universe - 1), { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.nat(universe - 1), { minLength: 20, maxLength: 200 }) },
  ),
  { minLength: 1, maxLength: 20 },
);

function listed(rows: readonly (readonly number[])[]): Sets {
  const starts = new Uint32Array(rows.length + 1);
  for (const [row, numbers] of rows.entries()) starts[row + 1] = (starts[row] ?? 0) + numbers.length;
  return { universe, starts, numbers: Uint32Array.from(rows.flat()), bitmaps: null };
}

const some = (sets: Sets, rows: readonly number[]): Rows => ({
  sets,
  ranges: Uint32Array.from(rows.flatMap((row) => [row, row + 1])),
  from: 0,
  to: rows.length,
});
const together = (rows: readonly (readonly number[])[]): number => new Set(rows.flat()).size;

describe('sets of rows', () => {
  it('are counted together as a set of all their numbers', () => {
    fc.assert(
      fc.property(rowsOfNumbers, fc.array(fc.nat(19), { maxLength: 12 }), fc.nat(19), (rows, picks, cut) => {
        const marks = newMarks(universe);
        const sets = listed(rows);
        const merged = mergedSets(
          rows.map((_, row) => [rowsFrom(sets, row, row + 1)]),
          universe,
          marks,
        );
        const picked = picks.map((pick) => pick % rows.length);
        const from = cut % rows.length;
        for (const each of [sets, merged]) {
          expect(distinctOf([some(each, picked)], marks)).toBe(
            together(picked.map((row) => rows[row] ?? [])),
          );
          expect(distinctOf([rowsFrom(each, from, rows.length)], marks)).toBe(together(rows.slice(from)));
          expect(distinctOf([rowsFrom(each, 0, from), some(sets, picked)], marks)).toBe(
            together([...rows.slice(0, from), ...picked.map((row) => rows[row] ?? [])]),
          );
        }
        expect(marks.every((word) => word === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are merged group by group, and counted as what went into them', () => {
    fc.assert(
      fc.property(rowsOfNumbers, fc.array(fc.integer({ min: -1, max: 4 })), (rows, groups) => {
        const groupOf = Int32Array.from(rows, (_, row) => groups[row] ?? 0);
        const marks = newMarks(universe);
        const sets = listed(rows);
        const inGroup = (group: number) => rows.flatMap((_, row) => (groupOf[row] === group ? [row] : []));
        const merged = mergedSets(
          [0, 1, 2, 3, 4].map((group) => [some(sets, inGroup(group))]),
          universe,
          marks,
        );
        for (let group = 0; group < 5; group += 1) {
          const own = rows.filter((_, row) => groupOf[row] === group);
          expect(distinctOf([rowsFrom(merged, group, group + 1)], marks)).toBe(together(own));
        }
        expect(distinctOf([rowsFrom(merged, 0, 5)], marks)).toBe(
          together(rows.filter((_, row) => groupOf[row] !== -1)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('take a bitmap where that is smaller than a list', () => {
    const marks = newMarks(3200);
    const numbers = Uint32Array.from({ length: 3200 }, (_, at) => at);
    const sets: Sets = { universe: 3200, starts: Uint32Array.of(0, 3200), numbers, bitmaps: null };
    const merged = mergedSets([[rowsFrom(sets, 0, 1)]], 3200, marks);
    expect(merged.numbers.length).toBe(0);
    expect(bytesOf(merged)).toBeLessThan(bytesOf(sets) / 10);
  });
});
