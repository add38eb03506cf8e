import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { naiveText, productText, shown } from '../support/agree.ts';
import { cellOf, refusalsOf } from '../support/naive.ts';
import { answerTo, holds, lawHarness, patience } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 11: totals are queries, never sums of shown cells. */
describe('the total of an answer', () => {
  it(
    'is the same question without levels, each figure by itself, and what reading the rows gives',
    async () => {
      const compared = await holds(harness(), { questions: 3 }, async (built, question) => {
        const answer = await answerTo(built, question, { totals: true, top: 1 });
        if (!answer) return 0;
        for (const [position, kpi] of question.kpis.entries()) {
          const cell = answer.total?.cells[position];
          if (!cell) throw new Error(`no total of ${kpi}`);
          const alone = { ...question, kpis: [kpi], by: [] };
          if (refusalsOf(built.world, alone).length > 0) {
            expect(cell).toMatchObject({ status: 'not_applicable', value: null });
            continue;
          }
          const naive = naiveText(cellOf(built.world, alone, kpi, []));
          if (productText(cell) !== naive)
            throw new Error(`${kpi}: ${productText(cell)}\nby hand: ${naive}\n${shown(question)}`);
        }
        return question.kpis.length;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});
