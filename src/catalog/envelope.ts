import { createPublicKey, verify } from 'node:crypto';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalBytes, parsedJson } from './canonicalJson.ts';
import { hasShape, type Shape } from './shape.ts';
import type { Signer } from './signingKey.ts';
import type { TrustedKey, TrustRoot } from './trust.ts';

/**
 * What is signed, and by whom: a DSSE envelope (github.com/secure-systems-lab/dsse). The signature is over
 * the payload's type and bytes together, so that one kind of record never passes for another.
 */
interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export interface Opened {
  readonly payload: Uint8Array;
  readonly key: TrustedKey;
}

const shape: Shape = {
  payloadType: 'text',
  payload: 'text',
  signatures: [{ keyid: 'text', sig: 'text' }],
};

export function sealEnvelope(payloadType: string, payload: Uint8Array, signer: Signer): Uint8Array {
  const sig = signer.sign(signedBytes(payloadType, payload));
  const envelope: Envelope = {
    payloadType,
    payload: base64(payload),
    signatures: [{ keyid: signer.keyid, sig: base64(sig) }],
  };
  return canonicalBytes(envelope);
}

/**
 * The payload of an envelope that a key of the trust root has signed. Nothing is believed of a file before:
 * its bytes must be the one way to write the envelope, so that no changed bit goes unseen.
 */
export function openEnvelope(
  bytes: Uint8Array,
  payloadType: string,
  file: string,
  trust: TrustRoot,
): Checked<Opened> {
  const parsed = parsedJson(bytes);
  if (parsed === undefined) return refused(damaged(file));
  if (!hasShape(parsed, shape)) return refused(isPlainRecord(parsed) ? notSigned(file) : damaged(file));
  const { payloadType: type, payload, signatures } = parsed as Envelope;
  const rewritten: Envelope = {
    payloadType: type,
    // Base64 has spare bits at its end, which decoding drops.
    payload: base64(Buffer.from(payload, 'base64')),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: base64(Buffer.from(sig, 'base64')) })),
  };
  if (!sameBytes(canonicalBytes(rewritten), bytes)) return refused(damaged(file));
  if (signatures.length === 0) return refused(notSigned(file));
  if (!trust.exists) return refused(noTrustRoot(file));
  const known = signatures.flatMap(({ keyid, sig }) => {
    const key = trust.keys.find((each) => each.keyid === keyid);
    return key ? [{ key, sig }] : [];
  });
  if (known.length === 0) return refused(unknownSigner(file, signatures[0]?.keyid ?? ''));
  const content = Buffer.from(payload, 'base64');
  const signed = signedBytes(type, content);
  const good = known.find(({ key, sig }) => isSignedBy(key, signed, sig));
  if (!good) return refused(signatureInvalid(file));
  // Signed, but as something else: a record that was moved here.
  if (type !== payloadType) return refused(signatureInvalid(file));
  return { value: { payload: content, key: good.key }, diagnostics: [] };
}

/** The payload without a word on who signed it: for records that are pinned by their hash. */
export function payloadOf(bytes: Uint8Array): unknown {
  const envelope = parsedJson(bytes);
  if (!hasShape(envelope, shape)) return undefined;
  return parsedJson(Buffer.from((envelope as Envelope).payload, 'base64'));
}

/** DSSE's "pre-authentication encoding". */
function signedBytes(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, 'utf8'), payload]);
}

function isSignedBy({ publicKey }: TrustedKey, signed: Uint8Array, sig: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, signed, key, Buffer.from(sig, 'base64'));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** What earlier versions wrote, and what somebody writes who has no key. */
function isPlainRecord(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && ('format' in parsed || 'cube' in parsed);
}

const refused = (why: Diagnostic): Checked<never> => ({ diagnostics: [why] });

const damaged = (file: string): Diagnostic =>
  diagnostic('manifest-damaged', `The manifest ${file} is not the manifest it should be.`, {
    hint: 'restore the file from a backup; until then nothing new is added after it',
  });

const notSigned = (file: string): Diagnostic =>
  diagnostic('not-signed', `The file ${file} is not signed, so nothing is read from it.`, {
    hint: 'editions of before signatures are made again from their snapshots: move cubes/published away, and run flis publish',
  });

const noTrustRoot = (file: string): Diagnostic =>
  diagnostic('no-trust-root', `There is no trust.json, so nobody can say who signed ${file}.`, {
    hint: 'take trust.json from the publisher, or back from a backup',
  });

const unknownSigner = (file: string, keyid: string): Diagnostic =>
  diagnostic(
    'unknown-signer',
    `The file ${file} is signed with a key that trust.json does not know: ${keyid.slice(0, 16)}.`,
    {
      hint: 'if the publisher has a new key, take the new trust.json from the publisher; if not, somebody else has written the file',
    },
  );

const signatureInvalid = (file: string): Diagnostic =>
  diagnostic('signature-invalid', `The signature of ${file} does not fit what the file says.`, {
    hint: 'it was changed after it was signed, or is not what its name says: restore the file from a backup',
  });
