import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/serve/ask.ts';
import { editionCells } from '../../src/serve/editionCells.ts';
import { hotQuestions } from '../../src/serve/hot/questions.ts';
import { shown } from '../support/agree.ts';
import { requestOf } from '../support/cubeHarness.ts';
import { rowsOfAnswer, rowsOfHot } from '../support/hotRows.ts';
import { holds, lawHarness, patience } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));

/** Law 7 for the route that no engine runs. */
describe('cells in memory', () => {
  it(
    'answer as the engine does, to the last digit, with status, flags and coverage',
    async () => {
      const compared = await holds(harness(), { worlds: 60, questions: 6 }, async (built, question) => {
        const { edition, context } = built;
        const cells = editionCells(edition, context.stores, context.engine);
        const request = requestOf(question);
        const bySql = await ask(edition, request, context);
        const inMemory = await ask(edition, request, { ...context, cells });
        if (text(inMemory.value?.rows) !== text(bySql.value?.rows))
          throw new Error(`memory: ${text(inMemory)}\nengine: ${text(bySql)}\n${shown(question)}`);
        return bySql.value?.rows.length ?? 0;
      });
      expect(compared).toBeGreaterThan(500);
    },
    patience,
  );
});

describe('questions that are asked most', () => {
  it(
    'have the same answer in columns, or go the longer way',
    async () => {
      let [asked, short] = [0, 0];
      const compared = await holds(harness(), { worlds: 60, questions: 6 }, async (built, question) => {
        const { edition, context } = built;
        const cells = editionCells(edition, context.stores, context.engine);
        if (!context.parse) return 0;
        const hot = hotQuestions(edition, context.stores, context.parse);
        const request = requestOf(question);
        const bySql = await ask(edition, request, context);
        const answer = await hot.answer(request, cells);
        asked += 1;
        if (typeof answer === 'string') return 0;
        short += 1;
        const [here, there] = [rowsOfHot(answer), bySql.value ? rowsOfAnswer(bySql.value) : []];
        if (here.join('\n') !== there.join('\n'))
          throw new Error(`columns:\n${here.join('\n')}\nengine:\n${there.join('\n')}\n${shown(question)}`);
        return here.length;
      });
      // A good part of the questions goes the short way, or this compares too little.
      expect(short).toBeGreaterThan(0.25 * asked);
      expect(compared).toBeGreaterThan(300);
    },
    patience,
  );
});
