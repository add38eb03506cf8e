import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree } from '../support/agree.ts';
import { stretchOf } from '../support/naive.ts';
import type { World, WorldQuestion } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, sameCells } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 9: hierarchies are dated. */
describe('an answer by a level above', () => {
  it(
    'is what reading the rows in its structure gives: as it is, as it was, or as of a day',
    async () => {
      const above = (question: WorldQuestion, { cube }: World) =>
        cube.dimensions.includes('kommune')
          ? {
              ...question,
              by: [...new Set(['region', ...question.by.filter((level) => level !== 'kommune')])],
            }
          : question;
      expect(
        await holds(harness(), { kpis: ['alene', 'pris', 'optalt'], questions: 4, ask: above }, agree),
      ).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'as it was in a month is as of the last day of that month',
    async () => {
      const ask = (question: WorldQuestion) => ({
        ...question,
        by: question.by.filter((level) => level !== 'kvartal' && level !== 'aar'),
        period: '2026M02',
        hierarchy: 'as-was',
      });
      const compared = await holds(
        harness(),
        { kpis: ['alene', 'graense', 'optalt'], ask },
        async (built, question) => {
          const then = { ...question, hierarchy: stretchOf(question.period).to };
          const [one, two] = [await answerTo(built, question), await answerTo(built, then)];
          if (!one || !two) return 0;
          expect([one.hierarchy, two.hierarchy]).toEqual([
            { mode: 'as-was', date: null },
            { mode: 'date', date: then.hierarchy },
          ]);
          expect(one.rows.map(({ members }) => members)).toEqual(two.rows.map(({ members }) => members));
          return question.kpis.reduce(
            (sum, kpi) => sum + sameCells(cellsOf(question, one, kpi), cellsOf(then, two, kpi), question),
            0,
          );
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'as it is is as of the last day of the newest period',
    async () => {
      const ask = (question: WorldQuestion) => ({ ...question, hierarchy: 'as-is' });
      const compared = await holds(harness(), { ask }, async (built, question) => {
        const then = { ...question, hierarchy: stretchOf(built.edition.manifest.period).to };
        const [one, two] = [await answerTo(built, question), await answerTo(built, then)];
        if (!one || !two) return 0;
        expect(one.hierarchy).toEqual({ mode: 'as-is', date: then.hierarchy });
        expect(one.rows).toEqual(two.rows);
        return one.rows.length;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});
