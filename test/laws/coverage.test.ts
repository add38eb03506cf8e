import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shown } from '../support/agree.ts';
import type { World } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, withRules } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 6: coverage travels with every answer. */
describe('coverage', () => {
  it(
    'counts every expected part once: delivered, suppressed or absent',
    async () => {
      const compared = await holds(harness(), {}, async (built, question) => {
        const answer = await answerTo(built, question, { totals: true });
        const cells = [...(answer?.rows ?? []), ...(answer?.total ? [answer.total] : [])].flatMap(
          (row) => row.cells,
        );
        for (const { coverage } of cells) {
          const { expected, delivered, suppressed, notApplicable, absent } = coverage;
          const sound =
            expected === delivered + suppressed + absent &&
            Math.min(delivered, suppressed, notApplicable, absent) >= 0;
          if (!sound) throw new Error(`${JSON.stringify(coverage)}\n${shown(question)}`);
        }
        return cells.length;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'of groups adds up to that of all, in the structure of one day',
    async () => {
      const trial = {
        kpis: ['alene', 'sparet', 'optalt'],
        // As-was a stretch of months may lie in two groups; and what nobody is known to expect has no row of its own.
        ask: (question: Parameters<typeof shown>[0]) => ({
          ...question,
          by: ['kommune'],
          hierarchy: '2026-02-01',
        }),
        shape: (world: World) => ({
          ...world,
          sources: world.sources.map((source) => ({
            ...source,
            codes: source.codes.map((code) =>
              code.dimension === 'kommune' ? { ...code, expect: 'all' as const } : code,
            ),
          })),
          cube: { ...world.cube, dimensions: [...new Set(['kommune', ...world.cube.dimensions])] },
        }),
      };
      const compared = await holds(harness(), trial, async (built, question) => {
        const groups = await answerTo(built, question);
        const all = await answerTo(built, { ...question, by: [] });
        if (!groups || !all) return 0;
        for (const kpi of question.kpis) {
          const whole = cellsOf({ ...question, by: [] }, all, kpi).get('')?.coverage;
          const parts = [...cellsOf(question, groups, kpi).values()].map(({ coverage }) => coverage);
          for (const count of ['expected', 'delivered', 'suppressed', 'notApplicable', 'absent'] as const) {
            const sum = parts.reduce((total, each) => total + each[count], 0);
            if (sum !== whole?.[count])
              throw new Error(`${count}: groups ${sum}, all ${whole?.[count]}\n${shown(question)}`);
          }
        }
        return parts(question.kpis);
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'under the threshold of a definition leaves no number, and above it does',
    async () => {
      const shape = (world: World) =>
        withRules(
          world,
          () => ({}),
          () => ({ over: {} }),
        );
      const compared = await holds(harness(), { kpis: ['alene'], shape }, async (built, question) => {
        const { parts: rule, coverage: least = 1 } = built.world.kpis[0]?.missing ?? {
          parts: 'require_all' as const,
        };
        const threshold = rule === 'require_all' ? 1 : rule === 'skip' ? least : 0;
        const answer = await answerTo(built, question);
        const cells = answer
          ? [...cellsOf(question, answer, 'alene').values()].filter(({ coverage }) => coverage.expected > 0)
          : [];
        for (const { status, coverage } of cells) {
          if (status === 'ok')
            expect(coverage.delivered / coverage.expected).toBeGreaterThanOrEqual(threshold);
          if (status === 'below_coverage' && threshold < 1)
            expect(coverage.delivered / coverage.expected).toBeLessThan(threshold);
        }
        return cells.length;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});

const parts = (kpis: readonly string[]): number => kpis.length;
