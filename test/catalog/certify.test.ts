import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUp } from '../../src/build/rollUp.ts';
import type { Block, Grain, Numbers } from '../../src/catalog/block.ts';
import { certificateOf, certifies } from '../../src/catalog/certify.ts';
import { aggregates } from '../../src/model/aggregates.ts';
import { grainOf, plan, randomCells } from '../build/randomCells.ts';

const merges = Object.fromEntries(
  plan.states.map(({ state, aggregate }) => [state, aggregates[aggregate].merge]),
);
const leaves = { kommune: 'kommune' };

const blocks = fc
  .tuple(
    randomCells.map((random) => grainOf(random)),
    fc.uniqueArray(fc.subarray(['kommune', 'koen', 'alder']), { selector: String, maxLength: 4 }),
  )
  .map(([finest, subsets]): { block: Block; certificate: ReturnType<typeof certificateOf> } => ({
    block: { grains: [finest, ...subsets.map((subset) => rollUp(finest, subset, { merges, leaves }))] },
    certificate: certificateOf(finest, merges, leaves),
  }));

type Column = 'values' | 'known' | 'suppressed' | 'notApplicable' | 'squares';

/** A copy in which one number of one state is another. */
function changed(block: Block, at: number, which: number, row: number, column: Column): Block | null {
  const grain = block.grains[at % block.grains.length];
  const state = grain?.states[which % (grain?.states.length ?? 1)];
  const numbers: Numbers | null | undefined = state?.[column];
  if (!grain || !state || !numbers || grain.rows === 0) return null;
  const other = numbers.slice();
  const place = row % grain.rows;
  if (other instanceof BigInt64Array) other[place] = (other[place] ?? 0n) + 1n;
  else other[place] = (other[place] ?? 0) > 0 ? (other[place] ?? 0) - 1 : (other[place] ?? 0) + 1;
  const states = grain.states.map((each) => (each === state ? { ...state, [column]: other } : each));
  return { grains: block.grains.map((each): Grain => (each === grain ? { ...grain, states } : each)) };
}

describe('the certificate of a block', () => {
  it('holds for the finest cells and for every rollup of them', () => {
    fc.assert(
      fc.property(blocks, ({ block, certificate }) => {
        expect(certificate && certifies(block, certificate)).toBe(null);
      }),
    );
  });

  it('refuses a block in which any sum is another, and says which', () => {
    const column = fc.constantFrom<Column>('values', 'known', 'suppressed', 'notApplicable', 'squares');
    fc.assert(
      fc.property(
        blocks,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        column,
        ({ block, certificate }, at, which, row, of) => {
          const other = changed(block, at, which, row, of);
          const state = plan.states[which % plan.states.length];
          fc.pre(other !== null && certificate !== null && state !== undefined);
          // Of the least and the greatest only they are certified: another value may be neither.
          fc.pre(of !== 'values' || merges[state.state] === 'sum');
          fc.pre(of !== 'known' || merges[state.state] === 'sum');
          expect(certifies(other, certificate)).toContain(state.state);
        },
      ),
    );
  });

  it('refuses a rollup that lost a row, and one with a row of another level', () => {
    fc.assert(
      fc.property(blocks, ({ block, certificate }) => {
        const [finest] = block.grains;
        fc.pre(certificate !== null && finest !== undefined);
        const wrong = rollUp(finest, [], { merges, leaves: { kommune: 'land' } });
        const right = rollUp(finest, [], { merges, leaves });
        fc.pre(JSON.stringify(wrong, numbers) !== JSON.stringify(right, numbers));
        fc.pre(!wrong.states.every(({ known }) => known.every((count) => count === 0)));
        expect(certifies({ grains: [finest, wrong] }, certificate)).toContain('the rollup by period');
      }),
    );
  });
});

const numbers = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
