import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree } from '../support/agree.ts';
import { holds, lawHarness, patience } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

describe('every law at once', () => {
  it(
    'any question has the answer that reading the rows one by one gives',
    async () => {
      expect(await holds(harness(), { worlds: 90, questions: 4 }, agree)).toBeGreaterThan(0);
    },
    patience,
  );
});
