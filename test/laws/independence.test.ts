import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { shown } from '../support/agree.ts';
import type { World, WorldQuestion } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, placeOf, sameCells } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** The same asked otherwise. */
const otherwise: readonly (readonly [
  string,
  (question: WorldQuestion) => WorldQuestion,
  Partial<Request>?,
])[] = [
  ['one column alone', (question) => ({ ...question, kpis: question.kpis.slice(-1) })],
  ['columns turned round', (question) => ({ ...question, kpis: [...question.kpis].reverse() })],
  ['levels turned round', (question) => ({ ...question, by: [...question.by].reverse() })],
  ['filters turned round', (question) => ({ ...question, where: [...question.where].reverse() })],
  ['with a total', (question) => question, { totals: true }],
  ['the first two rows', (question) => question, { top: 2 }],
  ['from the cells', (question) => question, { route: 'cells' }],
  ['from the snapshots', (question) => question, { route: 'base' }],
];

/** Law 7: a value does not change with what else is asked, with order, or with route. */
describe('a value does not change', () => {
  it(
    'with the other columns, with the order of anything, with totals, or with the route',
    async () => {
      const compared = await holds(harness(), { questions: 2 }, async (built, question) => {
        const plain = await answerTo(built, question);
        if (!plain) return 0;
        let cells = 0;
        for (const [name, change, more] of otherwise) {
          const other = change(question);
          const answer = await answerTo(built, other, more);
          if (!answer) throw new Error(`refused when asked otherwise: ${name}`);
          for (const kpi of other.kpis) {
            const [here, there] = [cellsOf(question, plain, kpi), cellsOf(other, answer, kpi)];
            cells += sameCells(here, there, question);
            if (!more?.top) saysNothingElsewhere(here, there, question);
          }
        }
        return cells;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'with a filter that keeps its row',
    async () => {
      const compared = await holds(harness(), {}, async (built, question) => {
        const level = question.by.find((each) => isMemberLevel(built.world, each));
        const all = level === undefined ? null : await answerTo(built, question);
        const row = all?.rows[Math.floor(all.rows.length / 2)];
        if (level === undefined || !all || !row) return 0;
        const code = row.members[question.by.indexOf(level)] ?? '';
        const kept = await answerTo(built, {
          ...question,
          where: [...question.where, { level, is: '==', codes: [code] }],
        });
        if (!kept) throw new Error('refused when filtered to one of its rows');
        const only = (cells: ReturnType<typeof cellsOf>) =>
          new Map([...cells].filter(([place]) => place === placeOf(question, row)));
        return question.kpis.reduce(
          (sum, kpi) =>
            sum + sameCells(only(cellsOf(question, all, kpi)), only(cellsOf(question, kept, kpi)), question),
          0,
        );
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});

/** A row that only the other columns bring says nothing of this one: no number, or none of anything. */
function saysNothingElsewhere(
  all: ReadonlyMap<string, Cell>,
  alone: ReadonlyMap<string, Cell>,
  question: WorldQuestion,
): void {
  for (const [place, { value }] of all)
    if (!alone.has(place) && value && value.numerator !== 0n)
      throw new Error(`at "${place}" there is a number only beside other columns\n${shown(question)}`);
}

function isMemberLevel(world: World, level: string): boolean {
  return world.classifications.some(({ id }) => id === level);
}
