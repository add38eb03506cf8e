import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, decodeBlock, encodeBlock, narrowed, narrowedNumbers } from '../../src/catalog/block.ts';

const column = (rows: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: most }), { minLength: rows, maxLength: rows });

const blocks: fc.Arbitrary<Block> = fc
  .integer({ min: 0, max: 20 })
  .chain((rows) =>
    fc.record({
      codes: fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 4 }), { minLength: 1, maxLength: 300 }),
      ordinals: column(rows, 70_000),
      known: column(rows, 300),
      values: fc.array(fc.integer({ min: -(2 ** 33), max: 2 ** 33 }), { minLength: rows, maxLength: rows }),
      big: fc.array(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), { minLength: rows, maxLength: rows }),
    }),
  )
  .map(({ codes, ordinals, known, values, big }) => {
    const rows = known.length;
    const counts = narrowed(known);
    return {
      grains: [
        {
          rows,
          periods: ['2026M01'],
          starts: Uint32Array.of(0, rows),
          dimensions: [{ column: 'kommune', codes, ordinals: narrowed(ordinals) }],
          states: [
            {
              state: 'antal',
              decimals: 0,
              values: counts,
              known: counts,
              suppressed: null,
              notApplicable: counts,
              squares: null,
            },
            {
              state: 'beloeb',
              decimals: 2,
              values: narrowedNumbers(Float64Array.from(values)),
              known: counts,
              suppressed: counts,
              notApplicable: null,
              squares: BigInt64Array.from(big),
            },
          ],
        },
      ],
    };
  });

describe('a block', () => {
  it('comes back from its bytes as it was, and the same block gives the same bytes', () => {
    fc.assert(
      fc.property(blocks, (block) => {
        const bytes = encodeBlock(block);
        expect(decodeBlock(bytes)).toEqual(block);
        expect(encodeBlock(block)).toEqual(bytes);
      }),
    );
  });

  it('lies wherever its bytes lie', () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 0, max: 15 }), (block, shift) => {
        const bytes = encodeBlock(block);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(decodeBlock(moved.subarray(shift))).toEqual(block);
      }),
    );
  });

  it('holds a column once that is two', () => {
    const counts = narrowed(Array.from({ length: 1000 }, () => 7));
    const state = { decimals: 0, known: counts, suppressed: null, notApplicable: null, squares: null };
    const grain = { rows: 1000, periods: [], starts: Uint32Array.of(1000), dimensions: [] };
    const twice = (values: typeof counts): Block => ({
      grains: [{ ...grain, states: [{ ...state, state: 'antal', values }] }],
    });
    expect(encodeBlock(twice(counts.slice())).length - encodeBlock(twice(counts)).length).toBe(1000);
  });

  it('is not what is cut off, or something else', () => {
    const bytes = encodeBlock({ grains: [] });
    expect(decodeBlock(new Uint8Array())).toBeNull();
    expect(decodeBlock(bytes.subarray(0, 12))).toBeNull();
    expect(decodeBlock(new TextEncoder().encode('PAR1 and so on, more than sixteen bytes'))).toBeNull();
  });

  it('says no to a heading that lies of its columns', () => {
    const bytes = encodeBlock({ grains: [] });
    const other = new TextEncoder().encode('{"format":2,"grains":[]}');
    bytes.set(other, 16);
    expect(decodeBlock(bytes)).toBeNull();
  });
});

describe('numbers at their narrowest', () => {
  it('are the same numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (values) => {
        expect([...narrowedNumbers(Float64Array.from(values))]).toEqual(values.map((each) => each + 0));
      }),
    );
  });
});
