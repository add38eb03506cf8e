import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sha256 } from './hash.ts';

/** Somebody who signs. The private half stays inside. */
export interface Signer {
  readonly keyid: string;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

export interface SigningKey extends Signer {
  /** Base64 of the public half as SPKI DER: what trust roots hold. */
  readonly publicKey: string;
  /** The private half, PKCS#8 PEM. */
  readonly pem: string;
}

/** Ed25519: short keys, short signatures, nothing to choose and so nothing to choose wrongly. */
export const newSigningKey = (): SigningKey => fromKeyObject(generateKeyPairSync('ed25519').privateKey);

/** Null where the text is no private Ed25519 key. */
export function signingKeyIn(pem: string): SigningKey | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? fromKeyObject(key) : null;
  } catch {
    return null;
  }
}

function fromKeyObject(key: KeyObject): SigningKey {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    keyid: sha256(spki),
    publicKey: spki.toString('base64'),
    pem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}
