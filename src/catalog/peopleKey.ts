import { randomBytes } from 'node:crypto';
import { sha256 } from './hash.ts';
import type { Store } from './store.ts';

/**
 * The key that people of a cube are put in order by, 64 hex digits. Whoever has it, the rows and this program makes
 * the same sets; without it an ordinal says nothing of a person.
 */
export interface PeopleKey {
  readonly secret: string;
  /** Tells one key from another and gives none away. */
  readonly id: string;
}

const pathOf = (cube: string): string => `keys/${cube}`;

/** Whether a store is where somebody keeps this, and not the empty place of a copy that has none of it. */
export const keepsPeople = async (store: Store): Promise<boolean> => (await store.list('keys')).length > 0;

/** Null where there is none, or where what lies there is none. */
export async function readPeopleKey(store: Store, cube: string): Promise<PeopleKey | null> {
  const bytes = await store.read(pathOf(cube));
  const secret = bytes && new TextDecoder().decode(bytes).trim();
  if (!secret || !/^[0-9a-f]{64}$/.test(secret)) return null;
  return { secret, id: sha256(new TextEncoder().encode(`people key ${secret}`)) };
}

/** The key of a cube, made where there is none yet; of two that make one at once the first one's counts. */
export async function peopleKey(store: Store, cube: string): Promise<PeopleKey | null> {
  const known = await readPeopleKey(store, cube);
  if (known) return known;
  await store.createExclusive(pathOf(cube), new TextEncoder().encode(`${randomBytes(32).toString('hex')}\n`));
  return readPeopleKey(store, cube);
}
