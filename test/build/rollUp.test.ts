import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollUp } from '../../src/build/rollUp.ts';
import { decodeBlock, encodeBlock } from '../../src/catalog/block.ts';
import { aggregates } from '../../src/model/aggregates.ts';
import { compareCodes } from '../../src/model/codeOrder.ts';
import {
  cellsOf,
  grainOf,
  type NaiveCell,
  type NaiveState,
  plan,
  type RandomCells,
  randomCells,
} from './randomCells.ts';

const merging = {
  merges: Object.fromEntries(plan.states.map(({ state, aggregate }) => [state, aggregates[aggregate].merge])),
  leaves: { kommune: 'kommune' },
};
const keysOf = (dimensions: readonly string[]): readonly string[] =>
  ['kommune', 'koen', 'alder'].flatMap((column) =>
    dimensions.includes(column) ? (column === 'kommune' ? ['kommune_level', column] : [column]) : [],
  );

/** Grouped one cell after the other, with a map. */
function naively({ cells }: RandomCells, dimensions: readonly string[]): readonly NaiveCell[] {
  const keys = keysOf(dimensions);
  const groups = new Map<string, NaiveCell>();
  for (const cell of cells) {
    if (!dimensions.includes('kommune') && cell.codes.kommune_level !== 'kommune') continue;
    const codes = Object.fromEntries(keys.map((key) => [key, cell.codes[key] ?? '']));
    const key = JSON.stringify([cell.period, codes]);
    const before = groups.get(key);
    const states = Object.fromEntries(
      plan.states.map(({ state, aggregate }) => {
        const [a, b] = [before?.states[state], cell.states[state]];
        return [state, a && b ? merged(a, b, aggregates[aggregate].merge) : (b as NaiveState)];
      }),
    );
    groups.set(key, { period: cell.period, codes, states });
  }
  return [...groups.values()].sort(
    (a, b) =>
      (a.period < b.period ? -1 : a.period > b.period ? 1 : 0) ||
      keys.reduce((order, key) => order || compareCodes(a.codes[key] ?? '', b.codes[key] ?? ''), 0),
  );
}

function merged(a: NaiveState, b: NaiveState, merge: 'sum' | 'min' | 'max'): NaiveState {
  const [one, other] = [a.known > 0n ? a.value : null, b.known > 0n ? b.value : null];
  const chosen =
    one === null ? other : other === null ? one : (merge === 'min') === one < other ? one : other;
  return {
    value: merge === 'sum' ? a.value + b.value : (chosen ?? 0n),
    known: a.known + b.known,
    suppressed: a.suppressed + b.suppressed,
    notApplicable: a.notApplicable + b.notApplicable,
    squares: a.squares + b.squares,
  };
}

describe('a grain of cells', () => {
  it('holds the cells that an engine gave, in order', () => {
    fc.assert(
      fc.property(randomCells, (random) => {
        expect(cellsOf(grainOf(random))).toEqual(naively(random, ['kommune', 'koen', 'alder']));
      }),
    );
  });

  it('rolled up is what grouping cell by cell gives, from the file too', () => {
    fc.assert(
      fc.property(randomCells, fc.subarray(['kommune', 'koen', 'alder']), (random, dimensions) => {
        const rolled = rollUp(grainOf(random), dimensions, merging);
        expect(cellsOf(rolled)).toEqual(naively(random, dimensions));
        expect(decodeBlock(encodeBlock({ grains: [rolled] }))?.grains[0]).toEqual(rolled);
      }),
    );
  });

  it('rolled up in two steps is the same as in one', () => {
    fc.assert(
      fc.property(randomCells, fc.subarray(['kommune', 'koen', 'alder']), (random, dimensions) => {
        const grain = grainOf(random);
        const between = rollUp(grain, [...dimensions, 'koen'], merging);
        expect(rollUp(between, dimensions, merging)).toEqual(rollUp(grain, dimensions, merging));
      }),
    );
  });
});
