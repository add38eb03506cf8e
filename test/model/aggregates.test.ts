import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AggregateName, aggregates } from '../../src/model/aggregates.ts';

/** The functions that the table names, on lists of numbers; null of nothing, as engines have it. */
const functions: Readonly<Record<string, (values: readonly number[]) => number | null>> = {
  sum: (values) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0)),
  count: (values) => values.length,
  known: (values) => values.length,
  min: (values) => (values.length === 0 ? null : Math.min(...values)),
  max: (values) => (values.length === 0 ? null : Math.max(...values)),
};

const run = (name: string, values: readonly (number | null)[]) =>
  functions[name]?.(values.filter((value) => value !== null)) ?? null;

const names = Object.keys(aggregates) as AggregateName[];
const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });

describe.each(names)('the aggregate %s', (name) => {
  const { state, merge, words } = aggregates[name];

  it('has states of parts that merge to the state of the whole, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1 }), (parts) => {
        const states = parts.map((part) => run(state, part));
        expect(run(merge, states)).toBe(run(state, parts.flat()));
      }),
    );
  });

  it('has a name in both languages', () => {
    expect(words.da).not.toBe(words.en);
  });
});
