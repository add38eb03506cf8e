import type { EditionManifest } from '../catalog/types.ts';
import type { WhichEdition } from '../catalog/visible.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Chosen, chooseWhich, visibilityOf } from '../pipeline/opened.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { Workspace } from '../serve/workspace.ts';
import type { HeldEdition, OpenEditions } from './openEditions.ts';

/** The edition that answers, and how it stands among the others. */
export interface Standing {
  readonly held: HeldEdition;
  readonly edition: OpenEdition;
  /** The same for two standings that give the same answers. */
  readonly key: string;
  /** Said beside every answer: that an edition was taken back. */
  readonly said: readonly Diagnostic[];
}

/** Follows which edition of a cube answers. */
export interface Follower {
  /** Null where no edition may answer, for the reasons in `trouble`. */
  readonly standing: () => Standing | null;
  /** The same where no look is due, else null. */
  readonly current: () => Standing | null;
  readonly trouble: () => readonly Diagnostic[];
  /** Looks where the last look is too old; a newer edition is opened while the older one answers. */
  readonly lookInTime: () => Promise<void>;
  /** Looks now, and waits until what it found answers. */
  readonly refresh: () => Promise<readonly Diagnostic[]>;
  readonly switches: () => number;
  readonly close: () => Promise<void>;
}

interface Following {
  readonly workspace: Workspace;
  readonly editions: OpenEditions;
  /** Brings into memory of an edition what the one before has there, so that its first question finds it. */
  readonly warm: (next: HeldEdition, before: HeldEdition) => Promise<void>;
  readonly refreshSeconds: number;
}

export function follow(
  { workspace, editions, warm, refreshSeconds }: Following,
  cube: string,
  which: WhichEdition,
): Follower {
  let standing: Standing | null = null;
  let trouble: readonly Diagnostic[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let switching: Promise<void> | null = null;
  let switches = 0;
  let isClosed = false;

  const become = async (next: Standing | null, said: readonly Diagnostic[]) => {
    const before = standing;
    standing = next;
    trouble = said;
    if (before && before.held !== next?.held) await before.held.release();
  };

  /** The older edition answers until the newer one is open and warm. */
  const switchTo = async ({ manifest, ...beside }: Chosen, key: string, said: readonly Diagnostic[]) => {
    const { value: held, diagnostics } = await editions.hold(manifest);
    if (!held) return become(null, diagnostics);
    if (standing) {
      await warm(held, standing.held);
      switches += 1;
    }
    if (isClosed) return held.release();
    await become({ held, edition: { ...held.opened, ...beside }, key, said }, []);
  };

  const look = async (): Promise<void> => {
    lookedAt = workspace.now().getTime();
    const { value: chosen, diagnostics } = await chooseWhich(workspace, cube, which);
    // Whoever asks once is refused now, and so is whoever has it open.
    if (!chosen) return become(null, diagnostics);
    const { manifest, ...beside } = chosen;
    const { retractions } = await visibilityOf(workspace, cube);
    // Who asks the newest is told what was passed over for it, and who names the same edition is not.
    const told = [retractions, beside.passedOver ?? []].map((each) => each.map(({ number }) => number));
    const key = [cube, manifest.id, ...told].join('/');
    const now = standing;
    if (now && isSame(now.edition.manifest, manifest)) {
      await now.held.renewLease();
      const same = { ...now, edition: { ...now.edition, ...beside }, key, said: diagnostics };
      return isClosed ? undefined : become(same, []);
    }
    switching ??= switchTo(chosen, key, diagnostics).finally(() => {
      switching = null;
    });
    const isNewer = standing !== null && manifest.number > standing.edition.manifest.number;
    if (!isNewer) return switching;
    // What goes wrong in it is met again by the next look; meanwhile the older edition answers.
    switching.catch(() => undefined);
  };

  const lookOnce = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };

  const isDue = () => {
    const age = workspace.now().getTime() - lookedAt;
    // A clock that was set back says nothing of how long ago that was.
    return age < 0 || age >= refreshSeconds * 1000;
  };

  return {
    standing: () => standing,
    current: () => (isDue() ? null : standing),
    trouble: () => trouble,
    lookInTime: async () => {
      if (isDue() || standing === null) await lookOnce();
    },
    refresh: async () => {
      // What is on its way may have begun before that which is looked for.
      await looking;
      await switching;
      await lookOnce();
      await switching;
      return [...trouble, ...(standing?.said ?? [])];
    },
    switches: () => switches,
    close: async () => {
      isClosed = true;
      await become(null, []);
    },
  };
}

const isSame = (one: EditionManifest, other: EditionManifest): boolean => one.id === other.id;
