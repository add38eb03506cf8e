import { currentParts } from '../catalog/sourceState.ts';
import type { EditionInput, Snapshot } from '../catalog/types.ts';
import { comparePeriods } from '../model/periods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';

/** What a cube would be made of now: the present parts of each of its sources that has any. */
export function inputsOf(
  model: SemanticModel,
  cube: Cube,
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
): EditionInput[] {
  return cube.sources.flatMap((id): EditionInput[] => {
    const source = model.sources[id];
    const parts = source ? currentParts(snapshots.get(id) ?? [], source) : [];
    if (parts.length === 0) return [];
    return [
      {
        source: id,
        synthetic: parts.some(({ snapshot }) => snapshot.synthetic),
        snapshots: parts.map(({ snapshot, periods }) => ({
          number: snapshot.number,
          receipt: snapshot.receipt,
          received: snapshot.received,
          sha256: snapshot.file.sha256,
          size: snapshot.file.size,
          periods,
          holds: periods ?? snapshot.periods.map(({ period }) => period),
        })),
      },
    ];
  });
}

/** Periods of a source in an edition's inputs, sorted. */
export function periodsOf(input: EditionInput, snapshots: readonly Snapshot[]): string[] {
  const held = input.snapshots.flatMap(({ number, periods }) => {
    const all =
      snapshots.find((snapshot) => snapshot.number === number)?.periods.map(({ period }) => period) ?? [];
    return periods ?? all;
  });
  return [...new Set(held)].sort(comparePeriods);
}

/** Period to the hash of the snapshot that gives it. */
export function holdingOf(input: EditionInput, snapshots: readonly Snapshot[]): ReadonlyMap<string, string> {
  return new Map(
    input.snapshots.flatMap((part) =>
      periodsOf({ ...input, snapshots: [part] }, snapshots).map((period) => [period, part.sha256] as const),
    ),
  );
}
