import { canonicalBytes, parsedJson } from './canonicalJson.ts';
import { hasShape, orNull, type Shape } from './shape.ts';
import type { Store } from './store.ts';

/**
 * What nobody may take away for now. A writer needs all that lies in the store, since it relies on files that
 * no manifest names yet; a reader may name the files that it has open; a collector removes files. Each writes its
 * lease and only then looks at the leases of others, so of a writer and a collector one always sees the other:
 * the collector gives way, the writer waits.
 */
export interface Lease {
  readonly format: 1;
  readonly purpose: 'write' | 'read' | 'collect';
  readonly host: string;
  readonly process: number;
  /** ISO time; after it the lease is none, whoever held it. */
  readonly expires: string;
  /** SHA-256 of the objects that it protects; null: all. */
  readonly objects: readonly string[] | null;
}

/** Who takes leases, and how it finds out about others. */
export interface Holder {
  readonly host: string;
  readonly own: number;
  /** Of a process of this host. */
  readonly isAlive: (id: number) => boolean;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface HeldLease {
  readonly path: string;
  readonly lease: Lease;
}

const folder = '.leases';
const shape: Shape = {
  format: 'number',
  purpose: 'text',
  host: 'text',
  process: 'number',
  expires: 'text',
  objects: orNull(['text']),
};

const minute = 60 * 1000;
/** A publisher or reader that is killed is known by its process; on another host only this helps. */
const lasting: Readonly<Record<Lease['purpose'], number>> = {
  write: 24 * 60 * minute,
  read: 24 * 60 * minute,
  collect: 10 * minute,
};
const between = 50;

/** Does some work under a lease, and gives it back whatever happens. */
export async function withLease<T>(
  store: Store,
  holder: Holder,
  what: Pick<Lease, 'purpose' | 'objects'>,
  work: (held: HeldLease) => Promise<T>,
): Promise<T> {
  const held = await takeLease(store, holder, what);
  try {
    return await work(held);
  } finally {
    await giveBack(store, held);
  }
}

/** Takes a lease; whoever is no collector waits until nobody collects any more. */
export async function takeLease(
  store: Store,
  holder: Holder,
  { purpose, objects }: Pick<Lease, 'purpose' | 'objects'>,
): Promise<HeldLease> {
  const expires = new Date(holder.now().getTime() + lasting[purpose]).toISOString();
  const lease: Lease = { format: 1, purpose, host: holder.host, process: holder.own, expires, objects };
  const held = { path: await write(store, holder, lease), lease };
  if (purpose !== 'collect') await untilNobodyCollects(store, holder);
  return held;
}

export const giveBack = (store: Store, { path }: HeldLease): Promise<void> => store.remove(path);

async function write(store: Store, { host, own }: Holder, lease: Lease): Promise<string> {
  const name = `${host.replaceAll(/[^A-Za-z0-9]/g, '-')}-${own}`;
  for (let count = 1; ; count += 1) {
    const path = `${folder}/${name}-${count}.json`;
    if (await store.createExclusive(path, canonicalBytes(lease))) return path;
  }
}

async function untilNobodyCollects(store: Store, holder: Holder): Promise<void> {
  while ((await liveLeases(store, holder)).some(({ lease }) => lease.purpose === 'collect'))
    await holder.wait(between);
}

/** Leases that hold: not expired, and not of a process of this host that is gone. */
export const liveLeases = async (store: Store, holder: Holder): Promise<readonly HeldLease[]> =>
  (await leasesOf(store)).filter(({ lease }) => isLive(lease, holder));

/** Leases that do not hold any more, for whoever tidies up. */
export const deadLeases = async (store: Store, holder: Holder): Promise<readonly HeldLease[]> =>
  (await leasesOf(store)).filter(({ lease }) => !isLive(lease, holder));

/** Removes what killed processes left; returns how many. */
export async function sweepLeases(store: Store, holder: Holder): Promise<number> {
  const dead = await deadLeases(store, holder);
  for (const { path } of dead) await store.remove(path);
  return dead.length;
}

export const hasExpired = ({ expires }: Lease, now: Date): boolean => now.getTime() >= Date.parse(expires);

function isLive(lease: Lease, holder: Holder): boolean {
  const isGone = lease.host === holder.host && !holder.isAlive(lease.process);
  return !isGone && !hasExpired(lease, holder.now());
}

async function leasesOf(store: Store): Promise<readonly HeldLease[]> {
  const found: HeldLease[] = [];
  for (const name of await store.list(folder)) {
    const path = `${folder}/${name}`;
    const bytes = await store.read(path);
    const lease = bytes === null ? undefined : parsedJson(bytes);
    // Given back meanwhile, or no lease of ours.
    if (hasShape(lease, shape)) found.push({ path, lease: lease as Lease });
  }
  return found;
}
