import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scaled } from '../../src/model/rational.ts';
import type { World, WorldQuestion } from '../support/world.ts';
import { answerTo, holds, lawHarness, patience } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 3: exact. */
describe('figures', () => {
  it(
    'do not depend on the order of the rows',
    async () => {
      const turned = (world: World): World => ({
        ...world,
        sources: world.sources.map((source) => ({ ...source, rows: [...source.rows].reverse() })),
      });
      const compared = await holds(
        harness(),
        { twins: (world) => [turned(world)] },
        async (built, question, [other]) => {
          const before = await answerTo(built, question);
          const after = other && (await answerTo(other, question));
          expect(after?.rows).toEqual(before?.rows);
          return before?.rows.length ?? 0;
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'are the sums of their decimals to the last one, where doubles would be off',
    async () => {
      const amount = fc.oneof(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.constantFrom(1n, -1n, 10n ** 17n));
      await fc.assert(
        fc.asyncProperty(
          fc.array(amount, { minLength: 2, maxLength: 30 }),
          fc.constantFrom(1, 2, 4),
          async (amounts, decimals) => {
            const built = await harness().build(ledger(amounts, decimals));
            const answer = await answerTo(built, ofAll(['sum', 'mindst', 'stoerst', 'snit']));
            const sorted = [...amounts].sort((a, b) => (a < b ? -1 : 1));
            const sum = amounts.reduce((a, b) => a + b);
            const wanted = [sum, sorted[0] ?? 0n, sorted.at(-1) ?? 0n, sum].map((value) =>
              scaled(value, decimals),
            );
            expect(answer?.rows[0]?.cells.map(({ value }) => value)).toEqual(wanted);
          },
        ),
        { numRuns: 30 },
      );
    },
    patience,
  );

  it('of a whole country and many years stay exact beyond what 64 bits hold', async () => {
    const amounts = Array.from({ length: 400 }, () => 10n ** 17n - 1n);
    const built = await harness().build(ledger(amounts, 2));
    const answer = await answerTo(built, ofAll(['sum']));
    expect(answer?.rows[0]?.cells[0]?.value).toEqual(scaled(400n * (10n ** 17n - 1n), 2));
  });
});

const ofAll = (kpis: readonly string[]): WorldQuestion => ({
  kpis,
  by: [],
  where: [],
  period: '2026',
  hierarchy: 'as-is',
});

/** A ledger of one kommune and year: an amount in every row. */
function ledger(amounts: readonly bigint[], decimals: number): World {
  const kpi = (
    name: string,
    aggregate: 'sum' | 'min' | 'max',
    overTime: 'sum' | 'mean',
  ): World['kpis'][number] => ({
    name,
    unit: 'kr.',
    formula: { kind: 'measure', name: `${name}_beloeb` },
    measures: [
      { name: `${name}_beloeb`, source: 'test.kasse', aggregate, column: 'beloeb', unit: 'kr.', overTime },
    ],
    missing: { parts: 'require_all', operand: 'require_all' },
  });
  return {
    classifications: [{ id: 'kommune', members: [{ code: '101' }] }],
    dimensions: [{ id: 'kommune', hierarchies: { kommune: ['kommune'] } }],
    sources: [
      {
        id: 'test.kasse',
        frequency: 'Å',
        codes: [{ dimension: 'kommune', levels: ['kommune'], expect: 'all' }],
        numbers: [{ name: 'beloeb', decimals }],
        rows: amounts.map((beloeb, at) => ({
          period: '2026',
          codes: { kommune: { level: 'kommune', code: '101' } },
          slags: String(at),
          values: { beloeb },
        })),
      },
    ],
    kpis: [
      kpi('sum', 'sum', 'sum'),
      kpi('mindst', 'min', 'sum'),
      kpi('stoerst', 'max', 'sum'),
      kpi('snit', 'sum', 'mean'),
    ],
    cube: { dimensions: ['kommune'], waitFor: 'test.kasse' },
  };
}
