import { type SigningKey, signingKeyIn } from '../../src/catalog/signingKey.ts';
import { nobody, type TrustRoot, trusting } from '../../src/catalog/trust.ts';

/** A key for tests, the same for the same number in every process, and a trust root that knows it. */
export function testSigning(number = 1): { readonly signer: SigningKey; readonly trust: TrustRoot } {
  const signer = signingKeyIn(pemOf(Buffer.alloc(32, number)));
  if (!signer) throw new Error('a seed of 32 bytes is a key');
  return { signer, trust: trusting(nobody, signer, { from: new Date('2026-01-01T00:00:00Z') }) };
}

/** PKCS#8 of Ed25519 is a fixed head and the seed. */
function pemOf(seed: Uint8Array): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}
