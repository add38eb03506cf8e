import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shown } from '../support/agree.ts';
import type { BuiltWorld } from '../support/cubeHarness.ts';
import type { World, WorldKpi, WorldQuestion } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, same, sumOf, textOf, withRules } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 8: nothing is dropped; the groups always add up to the total. */
describe('groups', () => {
  it(
    'add up to all, at every level, whatever they do over time',
    async () => {
      const shape = (world: World) => adding(world, 'require_all');
      expect(
        await holds(
          harness(),
          { kpis: ['alene'], whole: true, worlds: 30, shape, ask: inOneStructure },
          addUp,
        ),
      ).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'add up to all where much is missing and counts as zero',
    async () => {
      const shape = (world: World) => adding(world, 'as_zero');
      expect(
        await holds(harness(), { kpis: ['alene'], worlds: 30, shape, ask: inOneStructure }, addUp),
      ).toBeGreaterThan(0);
    },
    patience,
  );
});

async function addUp(built: BuiltWorld, question: WorldQuestion): Promise<number> {
  const groups = await answerTo(built, question);
  const all = await answerTo(built, { ...question, by: [] });
  const whole = all && cellsOf({ ...question, by: [] }, all, 'alene').get('')?.value;
  if (!groups || !whole) return 0;
  const values = [...cellsOf(question, groups, 'alene').values()].flatMap(({ value }) => value ?? []);
  if (!same(sumOf(values), whole))
    throw new Error(`groups: ${textOf(sumOf(values))}, all: ${textOf(whole)}\n${shown(question)}`);
  return values.length;
}

/** As-was, a mean is of the months in which a group was there; so groups add up in one structure. */
function inOneStructure(question: WorldQuestion): WorldQuestion {
  const by = question.by.filter((level) => !['maaned', 'kvartal', 'aar'].includes(level));
  const periods = ['2026K1', '2026M01', '2026M01..2026M03', '2025M12..2026M02'];
  return {
    ...question,
    by,
    period: periods[question.kpis.length + question.period.length - 1] ?? '2026K1',
    hierarchy: question.hierarchy === 'as-was' ? 'as-is' : question.hierarchy,
  };
}

const ways = ['sum', 'mean', 'last', 'first'] as const;

/** The KPI adds over everything and holds always; what it does over time is one thing or another. */
function adding(world: World, parts: WorldKpi['missing']['parts']): World {
  const rows = world.sources.find(({ id }) => id === world.cube.waitFor)?.rows.length ?? 0;
  const overTime = ways[rows % ways.length] ?? 'sum';
  return withRules(
    world,
    () => ({ missing: { parts, operand: 'require_all' }, validFrom: '2000', validTo: '2100' }),
    () => ({ over: {}, overTime }),
  );
}
