import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { orNull, writeDurably } from './durably.ts';
import { type SigningKey, signingKeyIn } from './signingKey.ts';
import { type TrustRoot, trustFile, trustIn, trustRecord } from './trust.ts';

/** Where keys and trust lie: by themselves, never in the store that they guard. */
export interface KeyPlaces {
  /** The workspace, which holds `trust.json`. */
  readonly root: string;
  /** The folder of private keys; nobody but its owner may look into it. */
  readonly folder: string;
}

export const readTrust = async ({ root }: Pick<KeyPlaces, 'root'>): Promise<Checked<TrustRoot>> =>
  trustIn(await orNull(readFile(join(root, trustFile))));

/** Private keys of the folder, by file name; what is no key is left alone. */
export async function readKeys({ folder }: KeyPlaces): Promise<readonly SigningKey[]> {
  const names = (await orNull(readdir(folder))) ?? [];
  const keys: SigningKey[] = [];
  for (const name of names.filter((each) => each.endsWith('.pem')).sort()) {
    const pem = await orNull(readFile(join(folder, name), 'utf8'));
    const key = pem === null ? null : signingKeyIn(pem);
    if (key) keys.push(key);
  }
  return keys;
}

/** Names of key files that others than their owner may read. */
export async function readableKeys({ folder }: KeyPlaces): Promise<readonly string[]> {
  const names = ((await orNull(readdir(folder))) ?? []).filter((each) => each.endsWith('.pem'));
  const modes = await Promise.all(names.map(async (name) => (await orNull(stat(join(folder, name))))?.mode));
  return names.filter((_, at) => ((modes[at] ?? 0) & 0o077) !== 0).sort();
}

/** Keeps a private key for its owner alone: `keys/publisher-3fa9c1d2.pem`. */
export async function writeKey({ folder }: KeyPlaces, name: string, key: SigningKey): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, `${name}.pem`), new TextEncoder().encode(key.pem), 'link', 0o600);
}

export async function removeKey({ folder }: KeyPlaces, name: string): Promise<void> {
  await orNull(unlink(join(folder, `${name}.pem`)));
}

/** The first trust root of a workspace; false where another process has made one meanwhile. */
export const createTrust = ({ root }: KeyPlaces, trust: TrustRoot): Promise<boolean> =>
  writeDurably(join(root, trustFile), canonicalBytes(trustRecord(trust)), 'link', 0o644);

export async function replaceTrust({ root }: KeyPlaces, trust: TrustRoot): Promise<void> {
  await writeDurably(join(root, trustFile), canonicalBytes(trustRecord(trust)), 'rename', 0o644);
}
