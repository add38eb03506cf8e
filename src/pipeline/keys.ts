import { editionSeries, publishedCubes } from '../catalog/editions.ts';
import { sha256 } from '../catalog/hash.ts';
import { createTrust, readKeys, readTrust, replaceTrust, writeKey } from '../catalog/keyFolder.ts';
import { renewClaim } from '../catalog/newest.ts';
import { manifestPath, type Place } from '../catalog/numbered.ts';
import { retractionSeries } from '../catalog/retractions.ts';
import { lastOf } from '../catalog/signedSeries.ts';
import { newSigningKey, type Signer, type SigningKey } from '../catalog/signingKey.ts';
import {
  maySign,
  nameOf,
  nobody,
  type TrustedKey,
  type TrustRoot,
  trusting,
  type Vouched,
} from '../catalog/trust.ts';
import { timeAsked } from '../catalog/visible.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Workspace } from '../serve/workspace.ts';
import { signedEditionsOf } from './opened.ts';
import { hintOf, type Outcome, type Outside, withWorkspace } from './outside.ts';

/** A key of the trust root as a publisher wants to see it. */
export interface ListedKey {
  readonly name: string;
  readonly keyid: string;
  readonly from: string;
  readonly to: string | null;
  readonly state: 'in use' | 'expired' | 'out of use' | 'revoked';
  /** Why it was revoked. */
  readonly reason: string | null;
  /** Whether the private half lies here, and whether it is what would sign now. */
  readonly here: boolean;
  readonly signs: boolean;
  /** What a key that is out of use still vouches for: `befolkning/editions` to the last number. */
  readonly vouches: Readonly<Record<string, number>>;
}

/** What a change of keys did. */
export interface ChangedKeys {
  readonly made: string | null;
  /** Names of keys that sign no more, replaced or revoked. */
  readonly ended: readonly string[];
  readonly revoked: string | null;
  /** Where private halves lie. */
  readonly folder: string;
  /** Cubes of which it was said anew, with the key that signs now, what is the newest. */
  readonly renewed: readonly string[];
}

/** Keys that this workspace trusts, oldest first. */
export async function listKeys(outside: Outside): Promise<Outcome<readonly ListedKey[]>> {
  return withWorkspace(outside, async (workspace) => {
    const trust = await readTrust(workspace.keys);
    if (!trust.value) return { diagnostics: trust.diagnostics, texts: noTexts };
    const here = new Set((await readKeys(workspace.keys)).map(({ keyid }) => keyid));
    const now = outside.now();
    const signing = trust.value.keys.findLast((key) => maySign(key, now) && here.has(key.keyid));
    const value = trust.value.keys.map(
      (key): ListedKey => ({
        name: key.name,
        keyid: key.keyid,
        from: key.from,
        to: key.to,
        state: stateOf(key, now),
        reason: key.revoked?.reason ?? null,
        here: here.has(key.keyid),
        signs: key === signing,
        vouches: Object.fromEntries(
          Object.entries(key.vouches ?? {}).map(([series, { number }]) => [series, number]),
        ),
      }),
    );
    return { value, diagnostics: [], texts: noTexts };
  });
}

const noTexts: ReadonlyMap<string, string> = new Map();

function stateOf(key: TrustedKey, now: Date): ListedKey['state'] {
  if (key.revoked !== null) return 'revoked';
  if (key.vouches !== null) return 'out of use';
  return maySign(key, now) ? 'in use' : 'expired';
}

export interface NewKeyOptions {
  /** Name of the new key; null: from its own hash. */
  readonly name: string | null;
  /** A date or time from which on it signs nothing; null: no end. */
  readonly to: string | null;
}

/** A further key, which signs from now on; those before it stay good. */
export const newKey = (outside: Outside, options: NewKeyOptions): Promise<Outcome<ChangedKeys>> =>
  changing(outside, options, async (workspace, trust, to) => {
    const made = makeKey(trust, options.name, to, outside.now());
    if (!made.value) return { diagnostics: made.diagnostics };
    const { key, name, trust: next } = made.value;
    await writeKey(workspace.keys, name, key);
    if (!trust.exists) await createTrust(workspace.keys, next);
    else await replaceTrust(workspace.keys, next);
    return changed(outside, { made: name, ended: [], revoked: null, renewed: [] });
  });

/** A new key in place of those in use: each of them vouches for what there is now, and for nothing after it. */
export const rotateKey = (outside: Outside, options: NewKeyOptions): Promise<Outcome<ChangedKeys>> =>
  changing(outside, options, async (workspace, trust, to) => {
    const now = outside.now();
    // What a key vouches for is looked at once more before it cannot be said any more.
    const diagnostics: Diagnostic[] = [];
    for (const cube of await publishedCubes(workspace.editionStore))
      diagnostics.push(...(await signedEditionsOf(workspace, cube)).diagnostics);
    if (hasErrors(diagnostics)) return { diagnostics };
    const made = makeKey(trust, options.name, to, now);
    if (!made.value) return { diagnostics: made.diagnostics };
    const { key, name } = made.value;
    const vouches = await everythingNow(workspace);
    const isReplaced = (each: TrustedKey) =>
      each.keyid !== key.keyid && each.revoked === null && each.vouches === null;
    const next = changeKeys(made.value.trust, (each) =>
      isReplaced(each) ? { ...each, to: earlier(each.to, now), vouches } : each,
    );
    await writeKey(workspace.keys, name, key);
    await replaceTrust(workspace.keys, next);
    const ended = made.value.trust.keys.filter(isReplaced).map((each) => each.name);
    const renewed = await renewClaims(workspace, key, now);
    return changed(outside, { made: name, ended, revoked: null, renewed });
  });

export interface RevokeOptions {
  /** Name of the key, or the beginning of its id. */
  readonly key: string;
  readonly reason: string;
  /** Cube to the number of the last edition that is still good; a cube that is not named is good as it is. */
  readonly last: ReadonlyMap<string, number>;
}

/** Takes the word of a key away, from a number on; where no other key may sign, a new one is made. */
export const revokeKey = (outside: Outside, options: RevokeOptions): Promise<Outcome<ChangedKeys>> =>
  changing(outside, { to: null }, async (workspace, trust) => {
    const now = outside.now();
    const found = namedKey(trust, options.key);
    if (!found.value) return { diagnostics: found.diagnostics };
    const { keyid, name } = found.value;
    const vouched = await lastGood(workspace, found.value, options.last);
    if (!vouched.value) return { diagnostics: vouched.diagnostics };
    const vouches = vouched.value;
    const without = changeKeys(trust, (key) =>
      key.keyid === keyid
        ? {
            ...key,
            to: earlier(key.to, now),
            revoked: key.revoked ?? { at: now.toISOString(), reason: options.reason },
            vouches,
          }
        : key,
    );
    const here = new Map((await readKeys(workspace.keys)).map((key) => [key.keyid, key]));
    const other = without.keys.filter((key) => maySign(key, now)).findLast((key) => here.has(key.keyid));
    const signing = other && here.get(other.keyid);
    const made = signing ? null : makeKey(without, null, null, now).value;
    if (made) await writeKey(workspace.keys, made.name, made.key);
    await replaceTrust(workspace.keys, made?.trust ?? without);
    const signer = signing ?? made?.key;
    const renewed = signer ? await renewClaims(workspace, signer, now) : [];
    return changed(outside, { made: made?.name ?? null, ended: [name], revoked: name, renewed });
  });

/** Reads the trust root and the time that was asked for; what is done with them is told by name. */
async function changing(
  outside: Outside,
  { to }: Pick<NewKeyOptions, 'to'>,
  change: (workspace: Workspace, trust: TrustRoot, to: Date | null) => Promise<Checked<ChangedKeys>>,
): Promise<Outcome<ChangedKeys>> {
  const texts = new Map([['--to', to ?? '']]);
  return withWorkspace(outside, async (workspace) => {
    const read = await readTrust(workspace.keys);
    if (!read.value) return { diagnostics: read.diagnostics, texts };
    const editions = await publishedCubes(workspace.editionStore);
    if (!read.value.exists && editions.length > 0) {
      const hint = 'take trust.json back from a backup or from version control';
      const message = 'There are editions, but no trust.json that says whose signatures count.';
      return { diagnostics: [diagnostic('no-trust-root', message, { hint })], texts };
    }
    const time = to === null ? null : timeAsked('--to', to, 'first');
    if (time && time.value === undefined) return { diagnostics: time.diagnostics, texts };
    const end = time?.value === undefined ? null : new Date(time.value);
    return { ...(await change(workspace, read.value ?? nobody, end)), texts };
  });
}

const changed = (outside: Outside, change: Omit<ChangedKeys, 'folder'>): Checked<ChangedKeys> => ({
  value: { ...change, folder: outside.keys ?? 'keys' },
  diagnostics: [],
});

interface MadeKey {
  readonly key: SigningKey;
  readonly name: string;
  readonly trust: TrustRoot;
}

/** A key and the trust root with it; nothing is written yet. */
function makeKey(trust: TrustRoot, asked: string | null, to: Date | null, from: Date): Checked<MadeKey> {
  const key = newSigningKey();
  const name = asked ?? nameOf(key.keyid);
  const taken = trust.keys.some((each) => each.name === name);
  if (!taken && /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(name))
    return { value: { key, name, trust: trusting(trust, key, { from, to, name }) }, diagnostics: [] };
  const message = taken
    ? `There is a key named "${name}" already.`
    : `"${name}" is no name for a key, which is also the name of its file.`;
  const hint = 'write letters, digits, - and _, at most 64 of them';
  return { diagnostics: [diagnostic('bad-key-name', message, taken ? {} : { hint })] };
}

function namedKey({ keys: all }: TrustRoot, asked: string): Checked<TrustedKey> {
  const exact = all.filter(({ name, keyid }) => name === asked || keyid === asked);
  const begun = all.filter(({ keyid }) => asked.length >= 8 && keyid.startsWith(asked));
  const [found, another] = exact.length > 0 ? exact : begun;
  if (found && !another) return { value: found, diagnostics: [] };
  const names = all.map(({ name }) => name);
  const near = didYouMean(asked, names) ?? (names.length > 0 ? `there are ${names.join(', ')}` : undefined);
  return {
    diagnostics: [diagnostic('no-such-key', `There is no key named "${asked}".`, hintOf(near))],
  };
}

const changeKeys = (trust: TrustRoot, change: (key: TrustedKey) => TrustedKey): TrustRoot => ({
  ...trust,
  keys: trust.keys.map(change),
});

/** A key that had ended before does not end later. */
const earlier = (to: string | null, now: Date): string =>
  to !== null && Date.parse(to) < now.getTime() ? to : now.toISOString();

const seriesOf = (cube: string): readonly Place[] => [editionSeries(cube), retractionSeries(cube)];

/** The last record of everything that is signed in the store. */
async function everythingNow(workspace: Workspace): Promise<Record<string, Vouched>> {
  const vouches: Record<string, Vouched> = {};
  for (const cube of await publishedCubes(workspace.editionStore)) {
    for (const series of seriesOf(cube)) {
      const last = await lastOf(workspace.editionStore, series);
      if (last) vouches[series.folder] = last;
    }
  }
  return vouches;
}

/** What a revoked key may still have said: what it vouched for before, or what there is, up to the numbers named. */
async function lastGood(
  workspace: Workspace,
  key: TrustedKey,
  named: RevokeOptions['last'],
): Promise<Checked<Record<string, Vouched>>> {
  const vouches = { ...(key.vouches ?? (await everythingNow(workspace))) };
  for (const [cube, number] of named) {
    const { folder } = editionSeries(cube);
    const known = vouches[folder];
    const bytes =
      number === 0 ? null : await workspace.editionStore.read(manifestPath(editionSeries(cube), number));
    if (number > 0 && (bytes === null || known === undefined || number > known.number)) {
      const message = `The key "${key.name}" does not vouch for an edition ${number} of "${cube}".`;
      return { diagnostics: [diagnostic('unknown-edition', message, { hint: `flis editions ${cube}` })] };
    }
    if (bytes === null) delete vouches[folder];
    else vouches[folder] = { number, sha256: sha256(bytes) };
  }
  return { value: vouches, diagnostics: [] };
}

/** Says anew what is the newest of every cube, since nobody believes the old key any more. */
async function renewClaims(workspace: Workspace, signer: Signer, now: Date): Promise<readonly string[]> {
  const cubes = await publishedCubes(workspace.editionStore);
  for (const cube of cubes) await renewClaim(workspace.editionStore, cube, signer, now);
  return cubes;
}
