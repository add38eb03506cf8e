import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree } from '../support/agree.ts';
import type { World, WorldRow } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, sameCells } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Law 2: each fact by itself, then side by side. */
describe('facts of several sources', () => {
  it(
    'are what each gives alone, whatever grain the others have',
    async () => {
      const compared = await holds(
        harness(),
        { kpis: ['forskel', 'andel'], questions: 2 },
        async (built, question) => {
          const kpis = ['test.forskel.antal', 'test.forskel.saldo', 'test.andel.personer'];
          const together = await answerTo(built, { ...question, kpis });
          if (!together) return 0;
          let cells = 0;
          for (const kpi of kpis) {
            const alone = await answerTo(built, { ...question, kpis: [kpi] });
            if (!alone) throw new Error(`${kpi} is answered beside others and refused alone`);
            cells += sameCells(cellsOf(question, alone, kpi), cellsOf(question, together, kpi), question);
          }
          return cells;
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'do not multiply when the rows of one are split in two, and make what reading the rows gives',
    async () => {
      const twins = (world: World) => [splitRows(world, 'test.kvartal')];
      const compared = await holds(
        harness(),
        { kpis: ['forskel'], twins },
        async (built, question, [split]) => {
          const before = await answerTo(built, question);
          const after = split && (await answerTo(split, question));
          if (!before || !after) return 0;
          const cells = sameCells(
            cellsOf(question, before, 'forskel'),
            cellsOf(question, after, 'forskel'),
            question,
          );
          return cells + (await agree(built, question));
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});

/** Every row of a source as two that add up to it. */
function splitRows(world: World, id: string): World {
  const part = (row: WorldRow, slags: string, change: (value: bigint) => bigint): WorldRow => {
    const values = Object.entries(row.values).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? change(value) : value,
    ]);
    return { ...row, slags, values: Object.fromEntries(values) };
  };
  const halves = (row: WorldRow): WorldRow[] => [
    part(row, 'x', (value) => value / 3n),
    part(row, 'y', (value) => value - value / 3n),
  ];
  return {
    ...world,
    sources: world.sources.map((source) =>
      source.id === id ? { ...source, rows: source.rows.flatMap(halves) } : source,
    ),
  };
}
