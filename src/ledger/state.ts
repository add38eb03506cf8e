import { periodsOf } from '../build/inputs.ts';
import type { EditionInput, Snapshot } from '../catalog/types.ts';
import { comparePeriods } from '../model/periods.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import type { OpenEdition } from '../serve/openEdition.ts';

/**
 * What a version of a cube is made of. The ledger goes from one edition to another over states that take
 * more and more of their making from the second.
 */
export interface LedgerState {
  readonly model: SemanticModel;
  readonly cube: Cube;
  /** Newest month: where as-is looks at the hierarchy. */
  readonly period: string;
  readonly inputs: readonly EditionInput[];
}

export type SnapshotRef = EditionInput['snapshots'][number];
export type SnapshotsBySource = ReadonlyMap<string, readonly Snapshot[]>;

export const stateOf = ({ model, cube, manifest }: OpenEdition): LedgerState => ({
  model,
  cube,
  period: manifest.period,
  inputs: manifest.inputs,
});

/** Which snapshot says each period of an input. */
export function refsByPeriod(
  input: EditionInput | undefined,
  snapshots: SnapshotsBySource,
): ReadonlyMap<string, SnapshotRef> {
  const refs = new Map<string, SnapshotRef>();
  for (const ref of input?.snapshots ?? []) {
    const held = periodsOf(
      { source: input?.source ?? '', synthetic: false, snapshots: [ref] },
      snapshots.get(input?.source ?? '') ?? [],
    );
    for (const period of held) refs.set(period, { ...ref, periods: null });
  }
  return refs;
}

/** The input that says each period by the snapshot given for it; oldest receipt first. */
export function inputOf(
  source: string,
  refs: ReadonlyMap<string, SnapshotRef>,
  synthetic: boolean,
): EditionInput | null {
  const bySnapshot = new Map<string, { ref: SnapshotRef; periods: string[] }>();
  for (const [period, ref] of refs) {
    const known = bySnapshot.get(ref.sha256);
    if (known) known.periods.push(period);
    else bySnapshot.set(ref.sha256, { ref, periods: [period] });
  }
  if (bySnapshot.size === 0) return null;
  const parts = [...bySnapshot.values()].sort((a, b) => a.ref.number - b.ref.number);
  return {
    source,
    synthetic,
    snapshots: parts.map(({ ref, periods }) => ({ ...ref, periods: periods.sort(comparePeriods) })),
  };
}

/** The inputs with one of them in place of what was there of its source; null takes it away. */
export function withInput(
  inputs: readonly EditionInput[],
  source: string,
  input: EditionInput | null,
): readonly EditionInput[] {
  const others = inputs.filter((each) => each.source !== source);
  return [...others, ...(input ? [input] : [])].sort((a, b) => (a.source < b.source ? -1 : 1));
}
