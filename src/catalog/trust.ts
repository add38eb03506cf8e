import { createPublicKey } from 'node:crypto';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { parsedJson } from './canonicalJson.ts';
import { sha256 } from './hash.ts';
import { hasShape, orNull, type Shape } from './shape.ts';
import type { SigningKey } from './signingKey.ts';

/**
 * Whose signatures count: `trust.json` at the root of a workspace, outside the store. Whoever can write to the
 * store must not be able to write here; readers get it from the publisher, by another way than the editions.
 */
export interface TrustRoot {
  /** False where there is no file: then nobody is trusted. */
  readonly exists: boolean;
  /** Oldest first. */
  readonly keys: readonly TrustedKey[];
}

export interface TrustedKey {
  readonly name: string;
  /** SHA-256 of the public half. */
  readonly keyid: string;
  /** Base64 of SPKI DER. */
  readonly publicKey: string;
  /** ISO time. */
  readonly from: string;
  /** From then on it signs nothing; null: no end is set. */
  readonly to: string | null;
  readonly revoked: { readonly at: string; readonly reason: string } | null;
  /**
   * Of a key that is out of use: the last record of each series that is still good, `befolkning/editions` to
   * its number and hash. Those before it are pinned by the chain. Null while the key is in use.
   */
  readonly vouches: Readonly<Record<string, Vouched>> | null;
}

export interface Vouched {
  readonly number: number;
  readonly sha256: string;
}

export const trustFile = 'trust.json';

export const nobody: TrustRoot = { exists: false, keys: [] };

const shape: Shape = {
  format: 'number',
  keys: [
    {
      name: 'text',
      keyid: 'text',
      publicKey: 'text',
      from: 'text',
      to: orNull('text'),
      revoked: orNull({ at: 'text', reason: 'text' }),
      vouches: orNull('any'),
    },
  ],
};

/** A trust root that cannot be read is told of, never taken for none. */
export function trustIn(bytes: Uint8Array | null): Checked<TrustRoot> {
  if (bytes === null) return { value: nobody, diagnostics: [] };
  const parsed = parsedJson(bytes);
  if (hasShape(parsed, shape)) {
    const { format, keys } = parsed as { readonly format: number; readonly keys: readonly TrustedKey[] };
    if (format === 1 && keys.every(isSound)) return { value: { exists: true, keys }, diagnostics: [] };
  }
  const hint = 'take it back from version control, or from the publisher; flis keys writes it';
  return {
    diagnostics: [
      diagnostic('trust-root-damaged', `${trustFile} is not the trust root it should be.`, { hint }),
    ],
  };
}

function isSound({ keyid, publicKey, from, to, vouches }: TrustedKey): boolean {
  const times = [from, ...(to === null ? [] : [to])];
  if (times.some((time) => Number.isNaN(Date.parse(time)))) return false;
  const pins = Object.values(vouches ?? {});
  if (!pins.every((pin) => hasShape(pin, { number: 'number', sha256: 'text' }))) return false;
  const spki = Buffer.from(publicKey, 'base64');
  try {
    return (
      sha256(spki) === keyid &&
      createPublicKey({ key: spki, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519'
    );
  } catch {
    return false;
  }
}

export const trustRecord = ({ keys }: TrustRoot): object => ({ format: 1, keys });

export function trusting(
  trust: TrustRoot,
  key: SigningKey,
  more: { from: Date; to?: Date | null; name?: string },
): TrustRoot {
  const trusted: TrustedKey = {
    name: more.name ?? nameOf(key.keyid),
    keyid: key.keyid,
    publicKey: key.publicKey,
    from: more.from.toISOString(),
    to: more.to?.toISOString() ?? null,
    revoked: null,
    vouches: null,
  };
  return { exists: true, keys: [...trust.keys, trusted] };
}

export const nameOf = (keyid: string): string => `publisher-${keyid.slice(0, 8)}`;

/** Whether a key may sign something new. Its `from` is no condition: a clock that stands wrong stops nobody. */
export function maySign({ to, revoked, vouches }: TrustedKey, now: Date): boolean {
  return revoked === null && vouches === null && (to === null || now.getTime() < Date.parse(to));
}
