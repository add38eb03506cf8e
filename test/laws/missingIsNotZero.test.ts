import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree, productText, shown } from '../support/agree.ts';
import type { World, WorldKpi, WorldQuestion, WorldRow } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, withRules } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 5: missing is not zero. */
describe('what is missing', () => {
  it(
    'is taken by the two rules of the definition, as reading the rows gives',
    async () => {
      expect(await holds(harness(), { kpis: ['alene', 'forskel'] }, agree)).toBeGreaterThan(0);
    },
    patience,
  );

  it.each([
    ['absent', () => []],
    ['suppressed', (row: WorldRow) => [emptied(row, 'suppressed')]],
    ['empty', (row: WorldRow) => [emptied(row, 'not_delivered')]],
  ])(
    'never gives another number where all is required: rows made %s leave a cell as it was, or without one',
    async (_, how) => {
      const holed = (world: World) => changeMain(world, (row, at) => (at % 5 === 0 ? how(row) : [row]));
      const trial = {
        kpis: ['alene'],
        whole: true,
        shape: allExpected,
        ask: withoutFilter,
        twins: (world: World) => [holed(world)],
      };
      const compared = await holds(harness(), trial, async (built, question, [twin]) => {
        const before = await answerTo(built, question);
        const after = twin && (await answerTo(twin, question));
        if (!before || !after) return 0;
        const cells = cellsOf(question, after, 'alene');
        for (const [place, was] of cellsOf(question, before, 'alene')) {
          const is = cells.get(place);
          if (is?.status === 'ok' && productText(is) !== productText(was)) {
            throw new Error(
              `at "${place}"\nwhole: ${productText(was)}\nholed: ${productText(is)}\n${shown(question)}`,
            );
          }
        }
        return cells.size;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'counts as zero only where the definition says so: there, a row of zero may as well be absent',
    async () => {
      const missing: WorldKpi['missing'] = { parts: 'as_zero', operand: 'require_all' };
      const shape = (world: World) =>
        withRules(
          world,
          () => ({ missing }),
          () => ({ overTime: 'sum', over: {} }),
        );
      const thirds = (change: (row: WorldRow) => WorldRow[]) => (world: World) =>
        changeMain(world, (row, at) => (at % 3 === 0 ? change(row) : [row]));
      const twins = (world: World) => [thirds((row) => [zeroed(row)])(world), thirds(() => [])(world)];
      const compared = await holds(
        harness(),
        { kpis: ['alene'], shape, twins },
        async (_, question, [zeros, none]) => {
          const there = zeros && (await answerTo(zeros, question));
          const absent = none && (await answerTo(none, question));
          if (!there || !absent) return 0;
          const cells = cellsOf(question, absent, 'alene');
          const shared = [...cellsOf(question, there, 'alene')].filter(([place]) => cells.has(place));
          expect(shared.map(([place, { value }]) => [place, value])).toEqual(
            shared.map(([place]) => [place, cells.get(place)?.value]),
          );
          return shared.length;
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});

const emptied = (row: WorldRow, why: 'suppressed' | 'not_delivered'): WorldRow => ({
  ...row,
  values: Object.fromEntries(Object.keys(row.values).map((name) => [name, why])),
});

const zeroed = (row: WorldRow): WorldRow => ({
  ...row,
  values: Object.fromEntries(Object.keys(row.values).map((name) => [name, 0n])),
});

function changeMain(world: World, change: (row: WorldRow, at: number) => WorldRow[]): World {
  const main = world.cube.waitFor;
  return {
    ...world,
    sources: world.sources.map((source) =>
      source.id === main ? { ...source, rows: source.rows.flatMap(change) } : source,
    ),
  };
}

/** All is required, every row is a part that is expected, and nothing but parts answers. */
function allExpected(world: World): World {
  const rule: WorldKpi['missing'] = { parts: 'require_all', operand: 'require_all' };
  const classifications = world.classifications.map(({ id, members }) => ({
    id,
    members: members.map(({ expected: _expected, ...member }) => member),
  }));
  const sources = world.sources.map((source) => ({
    ...source,
    codes: source.codes.map((code) => ({ ...code, expect: 'all' as const })),
    rows: source.rows.filter(
      ({ slags, codes }) => slags === 'x' && Object.values(codes).every(({ code }) => code !== 'uoplyst'),
    ),
  }));
  const cube = { ...world.cube, dimensions: world.dimensions.map(({ id }) => id) };
  return withRules(
    { ...world, classifications, sources, cube },
    () => ({ missing: rule }),
    () => ({ over: {} }),
  );
}

/** A filter on the unknown asks for what is not there. */
const withoutFilter = (question: WorldQuestion): WorldQuestion => ({ ...question, where: [] });
