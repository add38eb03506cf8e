import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLattice } from '../../src/build/lattice.ts';
import { rollUp } from '../../src/build/rollUp.ts';
import { type Grain, narrowed } from '../../src/catalog/block.ts';
import { grainBytes } from '../../src/catalog/grainBytes.ts';

const merging = { merges: { antal: 'sum' }, leaves: {} } as const;

/** Cells of one period, of so many codes in each dimension, each with a chance to be there. */
function grainWith(sizes: Readonly<Record<string, number>>, share: number): Grain {
  const columns = Object.entries(sizes);
  const rows: number[][] = [];
  const all = columns.reduce((product, [, size]) => product * size, 1);
  for (let at = 0; at < all; at += 1) {
    if ((at * 7919) % 1000 >= share * 1000) continue;
    let rest = at;
    const row: number[] = [];
    for (const [, size] of columns.toReversed()) {
      row.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    rows.push(row);
  }
  const known = narrowed(rows.map((_, row) => 1 + (row % 200)));
  return {
    rows: rows.length,
    periods: ['2026M01'],
    starts: Uint32Array.of(0, rows.length),
    dimensions: columns.map(([column, size], at) => ({
      column,
      codes: Array.from({ length: size }, (_, code) => String(code)),
      ordinals: narrowed(rows.map((row) => row[at] ?? 0)),
    })),
    states: [
      {
        state: 'antal',
        decimals: 0,
        values: known,
        known,
        suppressed: null,
        notApplicable: null,
        squares: null,
      },
    ],
  };
}

describe('the rollups of a table', () => {
  it('are the same each time, are as large as is said, and stay within their share of bytes', () => {
    const sizes = fc.record({
      kommune: fc.integer({ min: 1, max: 98 }),
      koen: fc.integer({ min: 1, max: 3 }),
      alder: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.2, max: 1, noNaN: true }), (of, share) => {
        const finest = grainWith(of, share);
        const lattice = chooseLattice('2026M01', finest, merging);
        expect(chooseLattice('2026M01', finest, merging)).toEqual(lattice);
        const rolled = lattice.rollups.map(({ dimensions }) => rollUp(finest, dimensions, merging));
        expect(lattice.rollups.map(({ rows }) => rows)).toEqual(rolled.map(({ rows }) => rows));
        expect(lattice.rollups.map(({ bytes }) => bytes)).toEqual(rolled.map(grainBytes));
        const bytes = lattice.rollups.reduce((sum, rollup) => sum + rollup.bytes, 0);
        expect(bytes).toBeLessThanOrEqual(lattice.budget * grainBytes(finest));
      }),
      { numRuns: 25 },
    );
  });

  it('hold the whole and the kommuner, and not what is hardly smaller than the cells', () => {
    const finest = grainWith({ kommune: 98, koen: 2, alder: 60 }, 0.9);
    const { rollups, considered } = chooseLattice('2026M01', finest, merging);
    const chosen = rollups.map(({ dimensions }) => dimensions.join());
    expect(considered).toBe(7);
    expect(chosen).toEqual(expect.arrayContaining(['', 'kommune', 'koen']));
    expect(chosen).not.toContain('kommune,koen,alder');
  });

  it('are none but the whole where there are few cells', () => {
    const { rollups } = chooseLattice('2026M01', grainWith({ kommune: 98, koen: 2 }, 1), merging);
    expect(rollups.map(({ dimensions }) => dimensions)).toEqual([[]]);
  });
});
