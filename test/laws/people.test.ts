import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/query/request.ts';
import { type AskContext, ask, prepareQuery } from '../../src/serve/ask.ts';
import { editionPeople } from '../../src/serve/editionPeople.ts';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { countedOnce, peopleFiles, type ServiceRow, servicesCsv } from '../support/people.ts';
import { soundValue } from '../support/published.ts';
import { shownRows, smallWorld } from '../support/smallWorld.ts';
import { outsideOf } from '../support/workspace.ts';
import { longer, patience } from './support.ts';

const months = ['2024M11', '2024M12', '2025M01', '2025M02', '2025M03', '2026M01', '2026M02'];

const row: fc.Arbitrary<ServiceRow> = fc.record({
  kommune: fc.constantFrom('101', '400', '751', '851', 'uoplyst'),
  maaned: fc.constantFrom(...months),
  koen: fc.constantFrom('1', '2'),
  person: fc.oneof({ weight: 9, arbitrary: fc.nat(15).map((number) => `p${number}`) }, fc.constant('')),
  art: fc.constantFrom('hjaelp', 'anden'),
});

/** Deliveries of some months each, in order; a month that comes again takes the place of what it was. */
const deliveries = fc
  .array(row, { minLength: 20, maxLength: 160 })
  .chain((rows) =>
    fc.tuple(
      fc.constant(rows),
      fc.array(fc.subarray(months, { minLength: 1 }), { minLength: 1, maxLength: 2 }),
      fc.array(row, { maxLength: 30 }),
    ),
  )
  .map(([rows, again, others]) => {
    const some = again.map((own, at) => {
      const from = at === 0 ? rows : others;
      return from.filter(({ maaned }) => own.includes(maaned));
    });
    const all = [
      rows.filter(({ maaned }) => maaned < '2026'),
      rows.filter(({ maaned }) => maaned >= '2026'),
      ...some.slice(1),
    ];
    return all.filter(({ length }) => length > 0);
  });

const questions: readonly Omit<Request, 'cube' | 'kpis'>[] = ['as-was', 'as-is'].flatMap((hierarchy) =>
  [[], ['land'], ['landsdel'], ['kommune'], ['koen'], ['kommune', 'koen'], ['landsdel', 'koen']].flatMap(
    (by) =>
      ['maaned', 'kvartal', 'aar', null].flatMap((time) =>
        [undefined, 'koen == "2"', 'kommune in ["101", "751"]', 'landsdel == "01"'].map((where) => ({
          by: [...by, ...(time === null ? [] : [time])],
          period: '2024..2026',
          hierarchy: hierarchy as 'as-was' | 'as-is',
          ...(where === undefined ? {} : { where }),
        })),
      ),
  ),
);

/** Law 7 for figures that are counted once: sets of people say what rows say. */
describe('sets of people', () => {
  it(
    'answer as the rows do, whatever is asked, after months have come and come again',
    async () => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(
          deliveries,
          fc.shuffledSubarray([...questions], { minLength: 12, maxLength: 12 }),
          async (given, asked) => {
            const files = Object.fromEntries(
              given.map((rows, at) => [`ydelser-${at + 1}.csv`, servicesCsv(rows)]),
            );
            const world = await smallWorld(peopleFiles, files);
            const { root } = world.published;
            const { now, process } = outsideOf(root);
            const workspace = openWorkspace(root, { own: process.id, isAlive: process.isAlive, now });
            for (const { number } of await world.published.editions('test')) {
              const edition = await world.published.open('test', number);
              const context: AskContext = {
                stores: workspace,
                engine: () => workspace.engine('ask'),
                parse: await workspace.parser(),
              };
              const people = editionPeople(edition, workspace);
              for (const question of asked) {
                const request = { cube: 'test', kpis: Object.keys(countedOnce), ...question };
                const byRows = soundValue(await ask(edition, request, context));
                const bySets = soundValue(await ask(edition, request, { ...context, people }));
                expect(shownRows(bySets)).toEqual(shownRows(byRows));
                expect(bySets.rows).toEqual(byRows.rows);
                const prepared = soundValue(await prepareQuery(edition, request, { ...context, people }));
                expect(prepared.fromPeople.size).toBeGreaterThan(0);
                expect(prepared.plan.facts.some(({ kind }) => kind === 'rows')).toBe(false);
                compared += byRows.rows.length;
              }
            }
            await workspace.close();
            await world.close();
          },
        ),
        { numRuns: 2 * longer, endOnFailure: true },
      );
      expect(compared).toBeGreaterThan(100);
    },
    patience,
  );
});
