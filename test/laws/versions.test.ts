import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/query/answer.ts';
import type { World, WorldFormula } from '../support/world.ts';
import { answerTo, cellsOf, holds, lawHarness, patience, sameCells } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** Every KPI in two versions that say the same, one to the end of a year and one from then on. */
const inTwoVersions = (world: World): World => ({
  ...world,
  kpis: world.kpis.flatMap((kpi) => [
    { ...kpi, version: 1, validTo: '2025M12' },
    { ...kpi, version: 2, validFrom: '2026M01' },
  ]),
});

const call = (name: string, of: WorldFormula, ...more: readonly string[]): WorldFormula => ({
  kind: 'call',
  name,
  of: [of],
  with: more,
});

const withoutBreak = (cells: ReadonlyMap<string, Cell>): ReadonlyMap<string, Cell> =>
  new Map(
    [...cells].map(([place, cell]) => [
      place,
      { ...cell, flags: cell.flags.filter((flag) => flag !== 'break') },
    ]),
  );

const wrappings: readonly (readonly [string, (formula: WorldFormula) => WorldFormula])[] = [
  ['as they are', (formula) => formula],
  ['over time', (formula) => call('rolling', formula, '2')],
  ['of a year before', (formula) => call('same_period_last_year', formula)],
];

describe('two versions of a KPI that say the same', () => {
  it.each(wrappings)(
    'have the answers of one, but for the flag: %s',
    async (_, wrapped) => {
      const shape = (world: World): World => ({
        ...world,
        kpis: world.kpis.map(({ validFrom: _from, validTo: _to, ...kpi }) => ({
          ...kpi,
          formula: wrapped(kpi.formula),
        })),
      });
      const twins = (world: World) => [inTwoVersions(world)];
      const compared = await holds(
        harness(),
        { shape, twins, worlds: 15, questions: 4 },
        async (built, asked, [twin]) => {
          if (!twin) return 0;
          const [one, other] = [await answerTo(built, asked), await answerTo(twin, asked)];
          expect(other === null, 'whether it is answered').toBe(one === null);
          if (!one || !other) return 0;
          let cells = 0;
          for (const kpi of asked.kpis) {
            const [left, right] = [cellsOf(asked, one, kpi), cellsOf(asked, other, kpi)];
            expect([...right.keys()].sort()).toEqual([...left.keys()].sort());
            cells += sameCells(withoutBreak(left), withoutBreak(right), asked);
          }
          return cells;
        },
      );
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});
