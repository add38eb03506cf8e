import { publishedCubes } from '../catalog/editions.ts';
import { createTrust, readableKeys, readKeys, readTrust, removeKey, writeKey } from '../catalog/keyFolder.ts';
import type { Memory } from '../catalog/seen.ts';
import { newSigningKey, type Signer } from '../catalog/signingKey.ts';
import { maySign, nameOf, nobody, type TrustedKey, type TrustRoot, trusting } from '../catalog/trust.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Workspace } from '../serve/workspace.ts';

/** Who signs here, and whose signatures count. */
export interface Signing {
  readonly trust: TrustRoot;
  readonly signer: Signer;
  readonly memory: Memory;
  /** Name of the key that was just made, as the workspace had none. */
  readonly made: string | null;
}

/**
 * The key to sign with. A workspace that has published nothing and trusts nobody gets one, so that the first
 * `flis publish` needs no preparation. Where there is something published, a trust root that is gone is a
 * fault: making another would hide it.
 */
export async function signingOf(workspace: Workspace, now: Date): Promise<Checked<Signing>> {
  const read = await readTrust(workspace.keys);
  if (!read.value) return { diagnostics: read.diagnostics };
  if (read.value.exists) return chooseKey(workspace, read.value, now);
  if ((await publishedCubes(workspace.editionStore)).length > 0) {
    const hint = 'take trust.json back from a backup or from version control';
    const message = 'There are editions, but no trust.json that says whose signatures count.';
    return { diagnostics: [diagnostic('no-trust-root', message, { hint })] };
  }
  return makeFirstKey(workspace, now);
}

async function makeFirstKey(workspace: Workspace, now: Date): Promise<Checked<Signing>> {
  const { keys: places, memory } = workspace;
  const [found] = await readKeys(places);
  const key = found ?? newSigningKey();
  const name = nameOf(key.keyid);
  if (!found) await writeKey(places, name, key);
  const trust = trusting(nobody, key, { from: now });
  // Of several that publish first at once, the one that writes the trust root is right.
  if (await createTrust(places, trust))
    return { value: { trust, signer: key, memory, made: name }, diagnostics: [] };
  const read = await readTrust(places);
  if (!read.value) return { diagnostics: read.diagnostics };
  if (!found && !read.value.keys.some(({ keyid }) => keyid === key.keyid)) await removeKey(places, name);
  return chooseKey(workspace, read.value, now);
}

/** The newest key that may sign and whose private half is here. */
async function chooseKey(
  { keys: places, memory }: Workspace,
  trust: TrustRoot,
  now: Date,
): Promise<Checked<Signing>> {
  const here = new Map((await readKeys(places)).map((key) => [key.keyid, key]));
  const good = trust.keys.filter((key) => maySign(key, now));
  const signer = good.map(({ keyid }) => here.get(keyid)).findLast((key) => key !== undefined);
  const key = good.findLast(({ keyid }) => keyid === signer?.keyid);
  if (signer) {
    const diagnostics = [...endsSoon(key, now), ...(await readableKeys(places)).map(readable)];
    return { value: { trust, signer, memory, made: null }, diagnostics };
  }
  return { diagnostics: [noSigningKey(good)] };
}

const readable = (name: string): Diagnostic =>
  diagnostic('key-readable', `Others than its owner may read the private key ${name}.`, {
    hint: `chmod 600 ${name}; if others could have taken it, flis keys revoke`,
  });

const soon = 60 * 24 * 60 * 60 * 1000;

/** Told while there is still time: a key that has ended signs nothing, whoever waits for the figures. */
function endsSoon(key: TrustedKey | undefined, now: Date): readonly Diagnostic[] {
  if (!key || key.to === null || Date.parse(key.to) - now.getTime() > soon) return [];
  const message = `The key "${key.name}" signs only until ${key.to.slice(0, 10)}.`;
  return [diagnostic('key-ends-soon', message, { hint: 'replace it in time: flis keys rotate' })];
}

function noSigningKey(good: readonly TrustedKey[]) {
  if (good.length === 0) {
    const message =
      'Every key of trust.json is revoked, replaced or out of its time, so nothing can be signed.';
    return diagnostic('no-signing-key', message, { hint: 'make one: flis keys new' });
  }
  const names = good.map(({ name }) => `"${name}"`).join(', ');
  const message = `The private half of ${names} is not here, so nothing can be signed.`;
  const hint = 'put it into keys/, or name its folder with FLIS_KEYS; only the publisher has it';
  return diagnostic('no-signing-key', message, { hint });
}

/** A key for a dry run: known to nobody, and gone with it. */
export async function passingSigning(workspace: Workspace, now: Date): Promise<Checked<Signing>> {
  const read = await readTrust(workspace.keys);
  if (!read.value) return { diagnostics: read.diagnostics };
  const key = newSigningKey();
  const memory: Memory = { recall: workspace.memory.recall, remember: async () => [] };
  const trust = trusting(read.value, key, { from: now });
  return { value: { trust, signer: key, memory, made: null }, diagnostics: [] };
}
