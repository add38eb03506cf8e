import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import { type HeldLease, type Holder, hasExpired, liveLeases, withLease } from './leases.ts';
import type { Reach } from './reach.ts';
import type { Store } from './store.ts';
import { type StoredObject, storedObjects } from './storedObjects.ts';

export interface Collection {
  readonly store: string;
  readonly outcome: 'collected' | 'busy';
  /** Who writes, where the store was busy: `process 4711 on bison`. */
  readonly busy: readonly string[];
  /** Paths that are gone now; in a dry run those that would be. */
  readonly removed: readonly string[];
  readonly kept: { readonly reached: number; readonly leased: number; readonly young: number };
}

export interface CollectOptions {
  /** Nothing that was written within so many milliseconds is touched. */
  readonly retention: number;
  readonly dryRun: boolean;
}

/**
 * Removes objects that no manifest reaches, that are older than the retention, and that nobody holds by a lease.
 * Where a manifest cannot be read nothing is removed: it may be the one that needs them.
 */
export function collect(
  store: Store,
  reach: () => Promise<Reach>,
  holder: Holder,
  options: CollectOptions,
): Promise<Checked<Collection>> {
  return withLease(store, holder, { purpose: 'collect', objects: null }, async (own) => {
    const others = (await liveLeases(store, holder)).filter(({ path }) => path !== own.path);
    const writers = others.filter(({ lease }) => lease.purpose === 'write');
    const nothing = { removed: [], kept: { reached: 0, leased: 0, young: 0 } };
    if (writers.length > 0) {
      const busy = writers.map(({ lease }) => `process ${lease.process} on ${lease.host}`);
      return { value: { store: store.name, outcome: 'busy', busy, ...nothing }, diagnostics: [] };
    }
    // Manifests are read only now: nobody writes another until the lease is given back.
    const { value: reached, diagnostics } = await reach();
    if (!reached || hasErrors(diagnostics)) return { diagnostics };
    const needed = new Set(reached.map(({ file }) => file.sha256));
    const swept = await sweepObjects(store, needed, others, own, holder, options);
    return { value: { store: store.name, outcome: 'collected', busy: [], ...swept }, diagnostics };
  });
}

async function sweepObjects(
  store: Store,
  needed: ReadonlySet<string>,
  leases: readonly HeldLease[],
  own: HeldLease,
  holder: Holder,
  { retention, dryRun }: CollectOptions,
): Promise<Pick<Collection, 'removed' | 'kept'>> {
  const kept = { reached: 0, leased: 0, young: 0 };
  const removed: string[] = [];
  for (const object of (await storedObjects(store)).objects) {
    if (!object.isPutAside && needed.has(object.sha256)) kept.reached += 1;
    else if (isLeased(object, leases)) kept.leased += 1;
    else if (await isYoung(store, object, holder.now(), retention)) kept.young += 1;
    // Whoever waits for this lease to end may have gone on by then.
    else if (hasExpired(own.lease, holder.now())) break;
    else {
      if (!dryRun) await store.remove(object.path);
      removed.push(object.path);
    }
  }
  return { removed, kept };
}

const isLeased = ({ sha256 }: StoredObject, leases: readonly HeldLease[]): boolean =>
  leases.some(
    ({ lease }) => lease.purpose === 'read' && (lease.objects === null || lease.objects.includes(sha256)),
  );

/** A clock that stands before the file was written makes it young: what is kept too long harms nobody. */
async function isYoung(store: Store, { path }: StoredObject, now: Date, retention: number): Promise<boolean> {
  const written = await store.modified(path);
  return written === null || now.getTime() - written.getTime() <= retention;
}
