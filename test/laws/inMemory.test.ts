import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/serve/ask.ts';
import { editionCells } from '../../src/serve/editionCells.ts';
import { shown } from '../support/agree.ts';
import { requestOf } from '../support/cubeHarness.ts';
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
