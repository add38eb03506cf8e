import { objectPath, verifiedPath } from '../catalog/objects.ts';
import type { EditionInput, ObjectRef } from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { PeriodsRead } from '../plan/periodsRead.ts';
import { type Places, snapshotPlace } from '../sql/places.ts';
import type { BuildContext } from './buildCube.ts';
import type { Holding } from './parts.ts';

type StoreContext = Pick<BuildContext, 'snapshotStore' | 'verified'>;

/** Checks every snapshot file before the engine opens it, and says where it lies. */
export async function inputPlaces(
  inputs: readonly EditionInput[],
  context: StoreContext,
  held: Places['held'] = () => [],
): Promise<Checked<Places>> {
  const diagnostics: Diagnostic[] = [];
  for (const { snapshots } of inputs) {
    for (const ref of snapshots) {
      diagnostics.push(...(await verifiedPath(context.snapshotStore, ref, context.verified)).diagnostics);
    }
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  const fileOf = (ref: ObjectRef) => context.snapshotStore.localPath(objectPath(ref));
  const value: Places = {
    snapshot: (source) =>
      inputs
        .filter((input) => input.source === source)
        .flatMap((input) => input.snapshots.map((ref) => snapshotPlace(fileOf(ref), ref))),
    held,
    cells: () => [],
    structure: () => '',
  };
  return { value, diagnostics };
}

/** The snapshots that hold something of what is read; the others are neither checked nor opened. */
export function inputsRead(
  inputs: readonly EditionInput[],
  holding: Holding,
  read: PeriodsRead,
): EditionInput[] {
  return inputs.flatMap((input) => {
    if (!read.has(input.source)) return [];
    const periods = read.get(input.source) ?? null;
    if (periods === null) return [input];
    const files = new Set(periods.map((period) => holding.get(input.source)?.get(period)));
    const snapshots = input.snapshots.filter(({ sha256 }) => files.has(sha256));
    // Where no wanted period has come a statement still needs columns to read.
    return [{ ...input, snapshots: snapshots.length > 0 ? snapshots : input.snapshots.slice(-1) }];
  });
}
