import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divide, isZero, multiply, rational } from '../../src/model/rational.ts';
import { agree, productText, shown } from '../support/agree.ts';
import { answerTo, holds, lawHarness, patience, same } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 1: components first, division last. */
describe('a ratio', () => {
  it(
    'is the ratio of the sums that stand beside it, at whatever grain',
    async () => {
      const compared = await holds(harness(), { kpis: ['andel'], whole: true }, async (built, question) => {
        const kpis = ['andel', 'test.andel.antal', 'test.andel.personer'];
        const answer = await answerTo(built, { ...question, kpis });
        let ratios = 0;
        for (const { cells } of answer?.rows ?? []) {
          const [ratio, above, below] = cells;
          if (!ratio || !above?.value || !below?.value) continue;
          // The unit is per thousand.
          const wanted = isZero(below.value)
            ? null
            : divide(multiply(above.value, rational(1000n)), below.value);
          const agrees =
            wanted === null
              ? ratio.status === 'undefined'
              : ratio.value !== null && same(ratio.value, wanted);
          if (!agrees) throw new Error(`${cells.map(productText).join('\n')}\n${shown(question)}`);
          ratios += 1;
        }
        return ratios;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'is what reading the rows gives, whatever is missing above or below the line',
    async () => {
      expect(await holds(harness(), { kpis: ['andel'] }, agree)).toBeGreaterThan(0);
    },
    patience,
  );
});
