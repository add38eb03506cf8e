import { editionFiles, restrictedFiles } from '../catalog/editionFiles.ts';
import { giveBack, type HeldLease, takeLease } from '../catalog/leases.ts';
import { keepsPeople } from '../catalog/peopleKey.ts';
import type { EditionManifest } from '../catalog/types.ts';
import type { Workspace } from '../serve/workspace.ts';

/** What keeps the files of an edition from being collected while it is open. */
export interface EditionLease {
  /** Takes the leases anew before they run out. */
  readonly renew: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
}

type Stores = Pick<Workspace, 'editionStore' | 'snapshotStore' | 'restrictedStore' | 'holder' | 'now'>;

/** On the edition's own files, those of its restricted part, and the snapshots that base rows are read from. */
export async function leaseOn(
  { editionStore, snapshotStore, restrictedStore, holder, now }: Stores,
  manifest: EditionManifest,
): Promise<EditionLease> {
  const wanted = [
    { store: editionStore, objects: editionFiles(manifest).map(({ file }) => file.sha256) },
    {
      store: snapshotStore,
      objects: manifest.inputs.flatMap(({ snapshots }) => snapshots.map(({ sha256 }) => sha256)),
    },
    ...((await keepsPeople(restrictedStore))
      ? [{ store: restrictedStore, objects: restrictedFiles(manifest).map(({ file }) => file.sha256) }]
      : []),
  ];
  const take = () =>
    Promise.all(
      wanted.map(async ({ store, objects }) => ({
        store,
        lease: await takeLease(store, holder, { purpose: 'read', objects }).catch(nullWhereReadOnly),
      })),
    );
  let held = await take();
  const giveAllBack = async (leases: typeof held) => {
    for (const { store, lease } of leases) if (lease) await giveBack(store, lease);
  };
  return {
    renew: async () => {
      const soonest = Math.min(
        ...held.map(({ lease }) => (lease ? Date.parse(lease.lease.expires) : Infinity)),
      );
      if (soonest - now().getTime() > renewBefore) return;
      const before = held;
      held = await take();
      await giveAllBack(before);
    },
    giveBack: () => giveAllBack(held),
  };
}

const renewBefore = 12 * 60 * 60 * 1000;

/** A store that cannot be written to has no collector either. */
function nullWhereReadOnly(error: unknown): HeldLease | null {
  if (error instanceof Error && 'code' in error && readOnly.has(String(error.code))) return null;
  throw error;
}

const readOnly = new Set(['EROFS', 'EACCES', 'EPERM']);
