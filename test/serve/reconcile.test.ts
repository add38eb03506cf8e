import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cube } from '../../src/model/types.ts';
import { reconcile } from '../../src/serve/reconcile.ts';
import { type CubeHarness, openHarness } from '../support/cubeHarness.ts';
import type { WorldRow } from '../support/world.ts';
import { alleLedige, exampleWorld, ledig } from './example.ts';

let harness: CubeHarness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

type Wanted = Cube['reconcile'][number];

async function reconciled(ledige: readonly WorldRow[], wanted: Partial<Wanted> = {}) {
  const built = await harness.build(exampleWorld({ ledige }));
  const entry: Wanted = {
    id: 'land',
    kpi: 'test.ledige',
    level: 'land',
    against: 'source_total',
    tolerance: 0,
    ...wanted,
  };
  const { value } = await reconcile(
    { ...built.edition, cube: { ...built.edition.cube, reconcile: [entry] } },
    built.context,
  );
  const [result] = value ?? [];
  if (!result) throw new Error('no result');
  return result;
}

/** January's own total by sex; the kommuner give 100 and 104. */
const total = (men: bigint, women: bigint): WorldRow[] => [
  ledig('2026M01', '000', '1', men),
  ledig('2026M01', '000', '2', women),
];

describe("our figure beside the source's own total", () => {
  it('agrees where both say the same', async () => {
    expect(await reconciled([...alleLedige, ...total(100n, 104n)])).toMatchObject({
      outcome: 'agrees',
      compared: 1,
      differences: [],
      reason: null,
    });
  });

  it('differs, and by how much, where they do not', async () => {
    expect(await reconciled([...alleLedige, ...total(110n, 104n)])).toMatchObject({
      outcome: 'differs',
      compared: 1,
      differences: [{ member: '000', period: '2026M01', ours: '204', theirs: '214', difference: '-10' }],
    });
  });

  it('agrees within the tolerance, and not beyond it', async () => {
    expect((await reconciled([...alleLedige, ...total(110n, 104n)], { tolerance: 10 })).outcome).toBe(
      'agrees',
    );
    expect((await reconciled([...alleLedige, ...total(110n, 104n)], { tolerance: 9.5 })).outcome).toBe(
      'differs',
    );
  });

  it('is not compared in a period where one of them is not known, and says so where there is none', async () => {
    const hidden = [
      ...alleLedige,
      ledig('2026M01', '000', '1', 'suppressed'),
      ledig('2026M01', '000', '2', 104n),
    ];
    expect(await reconciled(hidden)).toMatchObject({
      outcome: 'not_run',
      compared: 0,
      reason: 'no period in which both are known',
    });
    expect(await reconciled(alleLedige)).toMatchObject({ outcome: 'not_run', compared: 0 });
  });

  it('does not count the unknown, of which there is no total', async () => {
    const more = [...alleLedige, ...total(100n, 104n), ledig('2026M01', 'uoplyst', '1', 5n)];
    expect(await reconciled(more)).toMatchObject({ outcome: 'agrees', compared: 1 });
  });

  it('shows how far a figure that does not add is from its parts', async () => {
    expect(await reconciled([...alleLedige, ...total(95n, 99n)], { kpi: 'test.personer' })).toMatchObject({
      outcome: 'differs',
      differences: [{ ours: '204', theirs: '194', difference: '10' }],
    });
  });
});

describe('our figure beside another', () => {
  it('is compared in every member and period in which both are known', async () => {
    const { outcome, compared } = await reconciled(alleLedige, {
      level: 'kommune',
      against: 'test.personer',
    });
    expect([outcome, compared]).toEqual(['agrees', 12]);
    // Of a kommune with a thousand inhabitants a share per thousand is the number itself.
    const other = await reconciled(alleLedige, { level: 'kommune', against: 'test.andel' });
    expect([other.outcome, other.compared, other.differences.length]).toEqual(['differs', 12, 9]);
  });

  it('does not run where it cannot be asked, and says why', async () => {
    const result = await reconciled(alleLedige, { level: 'region', against: 'test.personer' });
    expect(result).toMatchObject({ outcome: 'not_run', compared: 0 });
    expect(result.reason).toContain('does not add over kommune');
  });
});
