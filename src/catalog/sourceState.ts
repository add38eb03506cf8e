import { comparePeriods } from '../model/periods.ts';
import type { Source } from '../model/types.ts';
import type { Snapshot, SnapshotPart } from './types.ts';

/** Time of receipt, then number of receipt: files and git keep no such time, and the clock of a run says nothing. */
export function compareReceipt(a: Snapshot, b: Snapshot): number {
  if (a.received !== b.received) return a.received < b.received ? -1 : 1;
  return a.receipt - b.receipt || a.number - b.number;
}

/**
 * What a source holds now, oldest part first. A full delivery is all there is; one of periods gives each
 * period that it holds, whatever was there before.
 */
export function currentParts(
  snapshots: readonly Snapshot[],
  source: Pick<Source, 'delivery'>,
): SnapshotPart[] {
  const newestFirst = [...snapshots].sort(compareReceipt).reverse();
  switch (source.delivery) {
    case 'full':
      return newestFirst.slice(0, 1).map((snapshot) => ({ snapshot, periods: null }));
    case 'periods':
      return partsByPeriod(newestFirst).reverse();
  }
}

function partsByPeriod(newestFirst: readonly Snapshot[]): SnapshotPart[] {
  const taken = new Set<string>();
  return newestFirst.flatMap((snapshot) => {
    const held = snapshot.periods.map(({ period }) => period);
    const given = held.filter((period) => !taken.has(period)).sort(comparePeriods);
    for (const period of given) taken.add(period);
    if (given.length === 0) return [];
    return [{ snapshot, periods: given.length === held.length ? null : given }];
  });
}
