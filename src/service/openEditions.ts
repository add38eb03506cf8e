import type { EditionManifest } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { editionCells } from '../serve/editionCells.ts';
import { editionPeople } from '../serve/editionPeople.ts';
import { type HotQuestions, hotQuestions } from '../serve/hot/questions.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import type { Workspace } from '../serve/workspace.ts';
import { type EditionLease, leaseOn } from './leases.ts';
import type { InMemory, Tables } from './tables.ts';

/** The editions of a service that are open: one for all that ask it, as long as anybody uses it. */
export interface OpenEditions {
  /** Opens an edition, or finds it open; whoever gets it uses it. */
  readonly hold: (manifest: EditionManifest) => Promise<Checked<HeldEdition>>;
  readonly count: () => number;
}

/** An edition for one user of it. */
export interface HeldEdition {
  readonly opened: OpenEdition;
  readonly inMemory: InMemory;
  /** What is asked most, in columns. */
  readonly hot: () => Promise<HotQuestions>;
  /** Takes its leases anew before they run out. */
  readonly renewLease: () => Promise<void>;
  /** One more uses it, who holds it on their own. */
  readonly share: () => HeldEdition;
  /** This user needs it no more; with the last one its tables and leases go. */
  readonly release: () => Promise<void>;
}

interface Entry {
  readonly opening: Promise<Checked<Parts>>;
  users: number;
}

interface Parts {
  readonly opened: OpenEdition;
  readonly inMemory: InMemory;
  readonly hot: () => Promise<HotQuestions>;
  readonly lease: EditionLease;
}

export function openEditions(workspace: Workspace, tables: Tables): OpenEditions {
  const entries = new Map<string, Entry>();

  const leave = async (key: string, entry: Entry): Promise<void> => {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (entries.get(key) === entry) entries.delete(key);
    const { value } = await entry.opening;
    if (!value) return;
    tables.forget(value.inMemory);
    await value.lease.giveBack();
  };

  const heldBy = (key: string, entry: Entry, { opened, inMemory, hot, lease }: Parts): HeldEdition => {
    let isOver = false;
    return {
      opened,
      inMemory,
      hot,
      renewLease: lease.renew,
      share: () => {
        entry.users += 1;
        return heldBy(key, entry, { opened, inMemory, hot, lease });
      },
      release: async () => {
        if (isOver) return;
        isOver = true;
        await leave(key, entry);
      },
    };
  };

  return {
    hold: async (manifest) => {
      const key = `${manifest.cube}/${manifest.id}`;
      const entry = entries.get(key) ?? { opening: open(workspace, manifest), users: 0 };
      entries.set(key, entry);
      entry.users += 1;
      const { value, diagnostics } = await entry.opening;
      if (value) return { value: heldBy(key, entry, value), diagnostics };
      await leave(key, entry);
      return { diagnostics };
    },
    count: () => entries.size,
  };
}

async function open(workspace: Workspace, manifest: EditionManifest): Promise<Checked<Parts>> {
  // First the lease and then the files, so that none of them goes in between.
  const lease = await leaseOn(workspace, manifest);
  const { value: opened, diagnostics } = await openEdition(manifest, workspace);
  if (opened) {
    const cells = editionCells(opened, workspace, () => workspace.engine('ask'));
    const inMemory = { cells, people: editionPeople(opened, workspace) };
    let made: Promise<HotQuestions> | null = null;
    const hot = () => {
      made ??= workspace.parser().then((parse) => hotQuestions(opened, workspace, parse));
      return made;
    };
    return { value: { opened, inMemory, hot, lease }, diagnostics };
  }
  await lease.giveBack();
  return { diagnostics };
}
