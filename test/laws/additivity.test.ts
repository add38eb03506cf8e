import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree } from '../support/agree.ts';
import { refusalsOf } from '../support/naive.ts';
import { holds, lawHarness, patience } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 4: additivity is per dimension, and over time comes last. */
describe('over every dimension and over time by its own rule', () => {
  it.each([
    ['sums', ['alene', 'sparet']],
    ['least and greatest values', ['graense']],
    ['numbers of rows', ['optalt']],
    ['weighed means, the weight of every kommune by its own year', ['pris']],
  ])(
    '%s',
    async (_, kpis) => {
      expect(await holds(harness(), { kpis, questions: 4 }, agree)).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'what does not add is refused, or is the total of the source, never a sum',
    async () => {
      let refused = 0;
      let totals = 0;
      await holds(
        harness(),
        { kpis: ['alene', 'pris'], whole: true, questions: 4 },
        async (built, question) => {
          if (refusalsOf(built.world, question).includes('does-not-add')) refused += 1;
          const { value } = await built.ask(question);
          if (value?.rows.some(({ cells }) => cells.some(({ flags }) => flags.includes('source_total'))))
            totals += 1;
          return agree(built, question);
        },
      );
      expect(refused).toBeGreaterThan(0);
      expect(totals).toBeGreaterThan(0);
    },
    patience,
  );
});
