import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentParts } from '../../src/catalog/sourceState.ts';
import type { Snapshot } from '../../src/catalog/types.ts';
import { snapshotWith } from './records.ts';

const periods = ['2026M04', '2026M05', '2026M06', '2026M07'];
const times = ['2026-08-01T00:00:00.000Z', '2026-08-02T00:00:00.000Z', '2026-08-03T00:00:00.000Z'];

/** Snapshots in any order of time, each with a receipt of its own. */
const history = fc
  .array(fc.record({ received: fc.constantFrom(...times), held: fc.subarray(periods, { minLength: 1 }) }), {
    maxLength: 6,
  })
  .map((list) =>
    list.map(({ received, held }, n) =>
      snapshotWith({
        number: n + 1,
        receipt: n + 1,
        received,
        periods: held.map((period) => ({ period, rows: 1 })),
      }),
    ),
  );

/** By replay: every snapshot in order of receipt overwrites the periods it holds. */
function replay(snapshots: readonly Snapshot[]): Map<string, number> {
  const state = new Map<string, number>();
  for (const time of times) {
    for (const snapshot of snapshots.filter(({ received }) => received === time)) {
      for (const { period } of snapshot.periods) state.set(period, snapshot.number);
    }
  }
  return state;
}

describe('currentParts', () => {
  it('of full deliveries is the newest by time of receipt, then by receipt', () => {
    fc.assert(
      fc.property(history, (snapshots) => {
        const ordered = times.flatMap((time) => snapshots.filter(({ received }) => received === time));
        const newest = ordered.at(-1);
        expect(currentParts(snapshots, { delivery: 'full' })).toEqual(
          newest === undefined ? [] : [{ snapshot: newest, periods: null }],
        );
      }),
    );
  });

  it('of deliveries by period equals a replay, period by period', () => {
    fc.assert(
      fc.property(history, (snapshots) => {
        const state = new Map<string, number>();
        for (const part of currentParts(snapshots, { delivery: 'periods' })) {
          for (const period of part.periods ?? part.snapshot.periods.map((held) => held.period)) {
            expect(state.has(period)).toBe(false);
            state.set(period, part.snapshot.number);
          }
        }
        expect([...state].sort()).toEqual([...replay(snapshots)].sort());
      }),
    );
  });

  it('does not depend on the order in which snapshots are handed in', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('full' as const, 'periods' as const), (snapshots, delivery) => {
        expect(currentParts([...snapshots].reverse(), { delivery })).toEqual(
          currentParts(snapshots, { delivery }),
        );
      }),
    );
  });

  it('takes a return to older content as newest, since the receipt is', () => {
    const [a, b, again] = ['a', 'b', 'a'].map((content, n) =>
      snapshotWith({
        number: n + 1,
        receipt: n + 1,
        received: times[n] ?? '',
        file: { sha256: content, size: 1 },
      }),
    );
    const snapshots = [a, b, again].filter((one) => one !== undefined);
    expect(currentParts(snapshots, { delivery: 'full' }).map(({ snapshot }) => snapshot.number)).toEqual([3]);
  });

  it('says which periods a snapshot still gives, and null where it gives all', () => {
    const old = snapshotWith({
      number: 1,
      periods: [
        { period: '2026M06', rows: 1 },
        { period: '2026M07', rows: 1 },
      ],
    });
    const young = snapshotWith({ number: 2, receipt: 2, periods: [{ period: '2026M07', rows: 1 }] });
    expect(currentParts([old, young], { delivery: 'periods' })).toEqual([
      { snapshot: old, periods: ['2026M06'] },
      { snapshot: young, periods: null },
    ]);
  });
});
